/* state.h: where a mapping's state folder is, and that it is made. */
#ifndef FASTSYNC_CMD_JOB_STATE_H
#define FASTSYNC_CMD_JOB_STATE_H

#include "config/config.h"

/* `.fastsync/STEM` beside the mapping, or what --state names; `number` of the
 * script's mappings from 0. STEM is the script's name without its ending; where
 * that leaves nothing but dots, which lead elsewhere, the whole name. The
 * caller frees it. */
char *job_state(const struct config *config, const char *script_path,
                unsigned number);
/* Makes it, with the folders on the way, each for its owner alone. EXIT_USAGE:
 * it cannot be made, a link stands in its place, or it is not ours alone
 * (own.h). */
bool state_make(const struct config *config, const char *path, struct err *err);
/* The folder that all state folders of a script lie in, or are, if it is there
 * and ours alone; with `make` it is made. NULL: there is none, and state_make
 * says why. The caller frees it. */
char *state_root(const struct config *config, const char *script_path,
                 bool make);
/* The same, whoever owns it, or the nearest folder above it that is there. */
char *state_root_or_above(const struct config *config, const char *script_path);
/* The nearest folder that is there, from `path` upwards. The caller frees it.
 */
char *state_nearest(const char *path);
/* ".2" for the second mapping of a script. */
void state_suffix(unsigned number, char suffix[16]);

#endif
