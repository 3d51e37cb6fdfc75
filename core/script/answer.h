/* answer.h: what `map` answered, taken apart. Mapper's thread. */
#ifndef FASTSYNC_SCRIPT_ANSWER_H
#define FASTSYNC_SCRIPT_ANSWER_H

#include "state.h"

/* The answer stands at stack index `at`, a second one above it: a record, a
 * list of records, or nil and why the row is skipped. Records and rejects go
 * into the chunk. OUTCOME_FAIL: it is none of these. */
enum outcome script_answer(struct script *script, struct chunk *chunk,
                           const struct row *row, int at);

#endif
