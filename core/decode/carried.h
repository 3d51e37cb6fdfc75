/* carried.h: what the `_key` of a line says: what was wrong with the row's key
 * and the key itself, as "taken KH1". It goes with the row from file to file
 * until the row is taken, whatever else is wrong with it meanwhile. Pure. */
#ifndef FASTSYNC_DECODE_CARRIED_H
#define FASTSYNC_DECODE_CARRIED_H

#include <stdbool.h>

#include "base/buf.h"
#include "record.h"

struct carried {
    enum reject_key about;
    const char *key; /* within the text; "": none, or not known */
};

/* False: it says nothing. */
bool carried_read(const char *text, struct carried *carried);
/* Appends what stands in the cell of a reject. */
void carried_put(struct buf *out, const struct reject *reject);

#endif
