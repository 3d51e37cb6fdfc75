/* folder.h: what one state folder's journal tells of itself: the last runs,
 * what is pending, what was rejected, and how old all that is. */
#ifndef FASTSYNC_CMD_FOLDER_H
#define FASTSYNC_CMD_FOLDER_H

#include <stdbool.h>

#include "base/err.h"

/* Prints it on standard output, for people or as a JSON object a line. *found:
 * there is a journal in that folder; without one nothing is printed, and that
 * is no failure. May be called while a run is going on. */
bool folder_tell(const char *dir, bool json, bool *found, struct err *err);

#endif
