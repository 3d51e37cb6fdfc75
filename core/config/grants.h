/* grants.h: what the command line and the configuration grant to scripts. */
#ifndef FASTSYNC_CONFIG_GRANTS_H
#define FASTSYNC_CONFIG_GRANTS_H

#include "config.h"
#include "source/reach.h"

/* After config_load; borrows from the configuration. `inputs` are the files of
 * the command line. A folder that is not there is warned of: what it would
 * grant is refused later. */
void grants_make(struct grants *grants, const struct config *config,
                 const char *const *inputs, unsigned count);

#endif
