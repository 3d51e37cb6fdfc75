/* target.h: what is accepted belongs to a form on a server: that pair has a
 * number. For the journal's files alone, but for journal_server. */
#ifndef FASTSYNC_JOURNAL_TARGET_H
#define FASTSYNC_JOURNAL_TARGET_H

#include "db.h"

/* The number of a form at a URL's server, which gets one if it has none. */
bool target_claim(struct db *db, const char *form, const char *url,
                  int64_t *target, struct err *err);
/* The same without a change: 0 where it has none. */
bool target_find(struct db *db, const char *form, const char *url,
                 int64_t *target, struct err *err);

#endif
