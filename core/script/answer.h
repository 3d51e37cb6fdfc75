/* answer.h: what `map` answered, taken apart. Mapper's thread. */
#ifndef FASTSYNC_SCRIPT_ANSWER_H
#define FASTSYNC_SCRIPT_ANSWER_H

#include "state.h"

/* All that was answered stands from stack index `at` on: a record, a list of
 * records, or nil and why the row is skipped. Records and rejects go into the
 * chunk, also for what is none of these. OUTCOME_FAIL: no value at all, or a
 * table that was answered before; the script is at fault. */
enum outcome script_answer(struct script *script, struct chunk *chunk,
                           const struct row *row, int at);
/* While the script is opened, in a protected call. Raises. */
void script_answer_open(lua_State *L, struct script *script);

#endif
