/* outputs.h: that nothing a command writes goes over something it reads, or
 * over another of its outputs, or to what is no place for it: looked at before
 * anything is done.
 *
 * To add an output: a row in outputs.c. */
#ifndef FASTSYNC_CMD_JOB_OUTPUTS_H
#define FASTSYNC_CMD_JOB_OUTPUTS_H

#include "cmd/job.h"

/* For all mappings of the script, before the first begins: notes what they
 * read, and checks. EXIT_USAGE names the option, the file and what it is. */
bool outputs_begin(const struct job *job, struct err *err);
/* Once more: a script that was set up may have read lookups, and a folder that
 * was made has another path to it. */
bool outputs_check(const struct job *job, struct err *err);

#endif
