/* looks.h: what a column looks like, by its name and by its cells. Pure. */
#ifndef FASTSYNC_CMD_INSPECT_LOOKS_H
#define FASTSYNC_CMD_INSPECT_LOOKS_H

#include "headings.h"
#include "profile.h"

enum look look_of(const struct heading *heading, const struct profile *profile);

#endif
