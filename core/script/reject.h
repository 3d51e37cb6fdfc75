/* reject.h: what is wrong with a row's record, as a reject of its chunk.
 * Mapper's thread. */
#ifndef FASTSYNC_SCRIPT_REJECT_H
#define FASTSYNC_SCRIPT_REJECT_H

#include "state.h"

/* Adds script->faults to the chunk as one reject, in the form's order;
 * `with_key`: with the key that script->values hold, where they do. */
void script_reject(struct script *script, struct chunk *chunk,
                   const struct row *row, bool with_key);
/* Says beside each fault from number `from` on which column feeds its field. */
void script_name_columns(struct script *script, unsigned from);

#endif
