/* letters.h: what Lua's string functions do to letters that are not ASCII.
 * Pure; any thread. */
#ifndef FASTSYNC_BIND_STRING_LETTERS_H
#define FASTSYNC_BIND_STRING_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct match;
struct pattern;

/* Does a part of valid UTF-8 begin or end inside a character? */
bool letters_cut(const char *part, size_t len);
/* Does the byte at `at` belong to a letter that is not ASCII? `start`: of the
 * text. (Other signs than letters are told from them by their first byte.) */
bool letters_wide(const char *start, const char *at);

/* What a set of bytes, 256 bits, makes of letters. */
enum letters {
    LETTERS_ALIKE,  /* it treats all letters alike */
    LETTERS_KNOWN,  /* takes ASCII's alone: %a, [A-Z], [%w_] */
    LETTERS_OTHERS, /* takes all others for something else: %W, [^%w%s] */
};

enum letters letters_of(const uint32_t set[8]);

/* What is doubtful about the answer of a search. */
enum letters_doubt {
    LETTERS_SURE,
    LETTERS_CUT,     /* a match or a capture cuts a character */
    LETTERS_STOPPED, /* a class stopped at a letter, or began behind one */
    LETTERS_TAKEN,   /* a class took a letter for something else */
};

enum letters_doubt letters_doubt(const struct pattern *pattern,
                                 const struct match *match, bool found);
/* The same, but that a cut character does not matter. */
enum letters_doubt letters_doubt_of_classes(const struct pattern *pattern,
                                            const struct match *match,
                                            bool found);

#endif
