/* encode.h: from one value for each field to an encoded record of the chunk:
 * its JSON, its key, its hashes. Mapper's thread. */
#ifndef FASTSYNC_SCRIPT_ENCODE_H
#define FASTSYNC_SCRIPT_ENCODE_H

#include "state.h"

/* Encodes script->values after the records that the chunk has, and keeps what
 * is doubtful about it; false, with script->faults, leaves the chunk as it was,
 * and the list as it was before. */
bool script_encode(struct script *script, struct chunk *chunk,
                   const struct row *row);
/* The text of a key's field, trimmed, as the record says it; false where there
 * is none. It lives as long as the row. */
bool script_key_text(struct script *script, unsigned field, struct value *key);

#endif
