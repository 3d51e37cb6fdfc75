/* check.h: is the journal as it should be? Looked at without being
 * changed, and without the lock, so that it may be asked during a run. */
#ifndef FASTSYNC_JOURNAL_CHECK_H
#define FASTSYNC_JOURNAL_CHECK_H

#include <stdbool.h>

#include "base/err.h"

/* False where DIR/journal.db is broken, cannot be read, or is no journal of
 * this version; the err says how to mend it. A journal that is not there yet
 * is a good one. */
bool journal_check(const char *dir, struct err *err);

#endif
