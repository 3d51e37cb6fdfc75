/* screen.h: what was found, for people, on standard output. */
#ifndef FASTSYNC_CMD_INSPECT_SCREEN_H
#define FASTSYNC_CMD_INSPECT_SCREEN_H

#include "gather.h"

void screen_print(const struct gather *gather);

#endif
