/* look.h: a connection for looking alone. For the journal's files alone. */
#ifndef FASTSYNC_JOURNAL_LOOK_H
#define FASTSYNC_JOURNAL_LOOK_H

#include "db.h"

/* Is anything there by the journal's name? A link that leads nowhere is, and
 * look_open refuses it. db->path is set; false: errno. */
bool look_there(const struct db *db);
/* No lock, nothing is written. EXIT_USAGE where another version of fastsync
 * wrote it. db->path is set. */
bool look_open(struct db *db, struct err *err);

#endif
