/* granted.h: what the command line and the configuration grant to scripts. */
#ifndef FASTSYNC_CMD_GRANTED_H
#define FASTSYNC_CMD_GRANTED_H

#include "arguments.h"
#include "source/reach.h"

/* After config_load; borrows from the arguments. A folder that is not there is
 * warned of: what it would grant is refused later. */
void grants_make(struct grants *grants, const struct arguments *arguments);

#endif
