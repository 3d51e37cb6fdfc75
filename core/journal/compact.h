/* compact.h: entries that later ones have superseded, dropped. For the
 * journal's files alone. */
#ifndef FASTSYNC_JOURNAL_COMPACT_H
#define FASTSYNC_JOURNAL_COMPACT_H

#include "db.h"

/* In all answers about a target. */
bool compact(struct db *db, int64_t target, struct err *err);

#endif
