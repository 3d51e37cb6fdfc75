/* change.h: is a plain file still what it was when it was opened?
 *
 * Its size and its times tell. A file that was written to, but still begins
 * with the bytes it had, has grown: that is said once, at its end, and all of
 * it is read. Anything else that was written to it makes it another file:
 * EXIT_INPUT. That it was renamed, replaced or removed does no harm: who has
 * it open reads the old one to its end. */
#ifndef FASTSYNC_SOURCE_CHANGE_H
#define FASTSYNC_SOURCE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/err.h"

struct change {
    struct stat opened; /* as it was opened */
    struct stat last;   /* as it was found last */
    char *marks;        /* bytes of its start and end; owned */
    size_t mark;        /* of each */
    bool told;          /* that it has grown */
};

void change_begin(struct change *change, int fd, const struct stat *stat);
void change_release(struct change *change);
/* False: it is another file by now, or a shorter one. */
bool change_none(struct change *change, int fd, const char *path,
                 struct err *err);
/* Reading came to an end after `at` bytes: false where there were more. */
bool change_end(struct change *change, uint64_t at, const char *path,
                struct err *err);

#endif
