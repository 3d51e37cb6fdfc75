/* inputs.h: the inputs of the mapping at hand, opened. */
#ifndef FASTSYNC_CMD_JOB_INPUTS_H
#define FASTSYNC_CMD_JOB_INPUTS_H

#include "cmd/job.h"

/* None, and job->unchanged: there is nothing new in its only source. */
bool inputs_open(struct job *job, bool describe, struct err *err);

#endif
