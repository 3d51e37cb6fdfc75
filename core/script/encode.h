/* encode.h: from one value for each field to an encoded record of the chunk:
 * its JSON, its key, its hashes. Mapper's thread. */
#ifndef FASTSYNC_SCRIPT_ENCODE_H
#define FASTSYNC_SCRIPT_ENCODE_H

#include "state.h"

/* Encodes script->values after the records that the chunk has; false, with
 * script->faults, leaves the chunk as it was. */
bool script_encode(struct script *script, struct chunk *chunk,
                   const struct row *row);
/* The text of a key's field, trimmed, as the record says it; false where there
 * is none. It lives as long as the row. */
bool script_key_text(struct script *script, unsigned field, struct value *key);
/* A copy of a text in the chunk, with NUL after it. */
const char *chunk_keep(struct chunk *chunk, const char *text, size_t len);

#endif
