/* walk.h: a mapping's rows one by one, with what each of them becomes: for
 * commands that show rows rather than send them. */
#ifndef FASTSYNC_CMD_WALK_H
#define FASTSYNC_CMD_WALK_H

#include "job.h"
#include "row.h"

/* Takes a row; its records, rejects or skip stand alone in the chunk, for the
 * time of the call. */
typedef void walk_visit(void *out, const struct chunk *chunk,
                        const struct row *row);
/* Walks through the job's inputs (job_inputs), at most `max` rows of them. */
bool walk_rows(struct job *job, uint64_t max, walk_visit *visit, void *out,
               struct err *err);

#endif
