/* passes.h: all rows of a job's inputs into a sink: once, or, where only the
 * last row of a key counts (duplicates = "last"), twice: a first pass that
 * notes the keys, and the one that counts. */
#ifndef FASTSYNC_CMD_PASSES_H
#define FASTSYNC_CMD_PASSES_H

#include "job.h"
#include "rejects/doubts.h"
#include "sink.h"

/* At most `limit` rows, 0: all. The sink is finished whatever happens; before
 * the first pass has come to its end it sees no row. `doubts` (NULL: nobody
 * asks) are those of the second one. */
bool passes_run(struct job *job, struct sink *sink, struct doubts *doubts,
                uint64_t limit, struct err *err);
/* The first pass alone, of all rows, for those who walk (walk.h): fills
 * job->last, where that is not NULL, and leaves the inputs at their first rows.
 */
bool passes_first(struct job *job, struct err *err);

#endif
