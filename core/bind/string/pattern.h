/* pattern.h: Lua patterns with every step counted.
 *
 * Lua's own matcher can take years over a short text and no hook runs in it.
 * This one has the same language and answers, and stops when its steps are
 * used up; so string.find and its kin count against a row's budget, and a
 * plan's `match` needs no Lua at all. A compiled pattern is one block of
 * memory that its user provides. Pure; any thread. */
#ifndef FASTSYNC_BIND_STRING_PATTERN_H
#define FASTSYNC_BIND_STRING_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PATTERN_CAPTURES = 32, CAPTURE_OPEN = -1, CAPTURE_PLACE = -2 };

struct pattern; /* compile.h */

struct capture {
    const char *at;
    ptrdiff_t len; /* or CAPTURE_PLACE: its place is what it captures */
};

/* A match over one subject; set subject, len and steps. */
struct match {
    const char *subject;
    size_t len;
    uint64_t steps;          /* left; 0 after a search: it was given up */
    const char *trouble;     /* misuse met while matching, or NULL */
    const char *start, *end; /* where it matched */
    unsigned count;
    struct capture captures[PATTERN_CAPTURES];
    unsigned depth;
    /* A letter that is not ASCII, in the last try (letters.h): a class for
     * letters refused it; a class for other than letters took it. */
    bool refused, taken;
};

/* Looks for the pattern at `from` (a byte of the subject, or its end), alone
 * or also after it. False: there is none, or no steps are left, or trouble. */
bool pattern_at(const struct pattern *pattern, struct match *match,
                const char *from);
bool pattern_search(const struct pattern *pattern, struct match *match,
                    const char *from);
bool pattern_is_anchored(const struct pattern *pattern);

#endif
