/* unseen.h: characters that nobody sees: what they are called, and what they
 * do to a text.
 *
 * They come with copies from web pages, chats and address books, make two codes
 * of one that look the same, and break searches. Pure; any thread. */
#ifndef FASTSYNC_BASE_UNSEEN_H
#define FASTSYNC_BASE_UNSEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum unseen_sort {
    UNSEEN_CONTROL, /* C0, DEL and C1: commands to a terminal of old */
    UNSEEN_WIDTH,   /* of no width, or turning the direction of writing */
    UNSEEN_FAINT,   /* seen by some programs alone, or by none: U+00AD, U+FE0F,
                       U+FFFC, private use */
};

struct unseen {
    int32_t first, last; /* code points */
    enum unseen_sort sort;
    const char *name; /* "ZERO WIDTH SPACE" */
};

/* What the character is, or NULL where it can be seen. Tab, line feed and
 * white space are seen. */
const struct unseen *unseen_find(int32_t rune);

/* ASCII that is seen: at both ends, as most texts have it, nothing goes. */
static inline bool unseen_is_ink(char byte)
{
    return byte > 0x20 && byte < 0x7F;
}

int32_t unseen_trim_ends(const char **start,
                         const char **end); /* unseen_trim's slow half */

/* Narrows [*start, *end) of valid UTF-8 by white space and unseen characters
 * (but control characters) at both ends; answers one of these that went, or
 * 0. */
static inline int32_t unseen_trim(const char **start, const char **end)
{
    return *start < *end && unseen_is_ink(**start) && unseen_is_ink((*end)[-1])
               ? 0
               : unseen_trim_ends(start, end);
}

#endif
