/* matching.h: glob(3), which ends.
 *
 * A folder may be made so that a pattern finds millions of names in it: twenty
 * links to itself are twenty names, and in them as many again. So after
 * MATCHING_MAX names that were looked at it stops. Any thread. */
#ifndef FASTSYNC_DECODE_PATHS_MATCHING_H
#define FASTSYNC_DECODE_PATHS_MATCHING_H

#include <glob.h>
#include <stdbool.h>

enum { MATCHING_MAX = 100000 };

/* Beside what was found. */
struct matching {
    bool many;    /* it was given up */
    char *unread; /* the first folder that could not be read, or NULL; owned */
    int why;      /* its errno, or 0 */
    char *kept;   /* a folder that the confinement keeps from us, with a '/'
                     behind it, or NULL; owned */
};

/* Fills `found` and `matching`, which the caller frees whatever is answered
 * (globfree). False: nothing is of that name. */
bool matching_find(const char *pattern, glob_t *found,
                   struct matching *matching);

#endif
