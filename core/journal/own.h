/* own.h: whose a state folder is. What stands in a journal is sent with the
 * user's credentials, so nobody else may have written it: folder, journal and
 * lock belong to the user who runs fastsync, or to root, and can be written by
 * nobody else. A folder that everybody can write with the sticky bit (/tmp) is
 * as good, as others cannot take away what stands in it. Root has no other
 * rule: in a folder of a user's it would send what that user made up. */
#ifndef FASTSYNC_JOURNAL_OWN_H
#define FASTSYNC_JOURNAL_OWN_H

#include <stdbool.h>

#include "base/err.h"

/* Is the folder ours alone? One that is not there is. `link`: may it be a
 * symbolic link? EXIT_USAGE: no, with whose it is and what to do. */
bool own_folder(const char *dir, bool link, struct err *err);
/* And what stands in it by the names of journal and lock: files, and no links
 * or pipes. */
bool own_state(const char *dir, struct err *err);

#endif
