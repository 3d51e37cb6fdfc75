/* hot.h: what a crashed program left beside a database of SQLite's.
 *
 * SQLite rolls a "-journal" back when it opens the database, and such a file
 * may end in the name of another one, which is then deleted: that is how it
 * keeps several databases in step. We never open two at once, so a file that
 * names one was put there (SQLite's file format, 3, "The Super-Journal"). */
#ifndef FASTSYNC_SOURCE_HOT_H
#define FASTSYNC_SOURCE_HOT_H

#include <stdbool.h>

#include "base/err.h"

/* Before the database is opened. False: EXIT_USAGE, its journal names another
 * file, or cannot be looked into. `path` is the journal's. */
bool hot_names_none(const char *path, struct err *err);

#endif
