/* doubt.h: the warnings of a row: from its list into the chunk, or, where they
 * are strict, among its faults. Mapper's thread. */
#ifndef FASTSYNC_SCRIPT_DOUBT_H
#define FASTSYNC_SCRIPT_DOUBT_H

#include "state.h"

/* Begins a row: an empty list, and what the decoder said of its columns, those
 * that no field reads left out. */
void script_doubt_begin(struct script *script, const struct row *row);
/* A corrected row that was rejected for its key and has another one now. */
void script_doubt_key(struct script *script, const struct row *row,
                      const struct value *key);
/* Those of strict kinds become faults. True: there are some. */
bool script_doubt_strict(struct script *script);
/* The record was taken: its warnings go to the chunk, and the list is empty. */
void script_doubt_keep(struct script *script, struct chunk *chunk,
                       const struct record *record);

#endif
