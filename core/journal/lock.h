/* lock.h: DIR/journal.lock keeps two runs of one mapping apart, and goes with
 * its process. Any one thread. */
#ifndef FASTSYNC_JOURNAL_LOCK_H
#define FASTSYNC_JOURNAL_LOCK_H

#include <stdbool.h>

#include "base/err.h"

/* Takes it; *fd is what to close in the end, -1: nothing. EXIT_BUSY: another
 * process has it; EXIT_USAGE: there is no such folder, or it takes no files. */
bool lock_take(const char *dir, int *fd, struct err *err);
/* The process that has DIR's lock; 0: none; -1: one that has no number here, as
 * in another container. Not for that process itself: a look at the lock is what
 * would give it up. */
long lock_holder(const char *dir);

#endif
