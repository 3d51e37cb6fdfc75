/* outputs.h: that nothing a command writes goes over something it reads, or
 * over another of its outputs, or to what is no place for it: looked at before
 * anything is done.
 *
 * To add an output: a row in outputs.c. */
#ifndef FASTSYNC_CMD_JOB_OUTPUTS_H
#define FASTSYNC_CMD_JOB_OUTPUTS_H

#include "cmd/job.h"

/* For all mappings of the script, before the first begins; and again for one
 * whose script has been set up, as that may have read lookups. EXIT_USAGE names
 * the option, the file and what it is. */
bool outputs_check(const struct job *job, struct err *err);

#endif
