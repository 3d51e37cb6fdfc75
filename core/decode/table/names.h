/* names.h: what is to be said of a header's names. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TABLE_NAMES_H
#define FASTSYNC_DECODE_TABLE_NAMES_H

#include "base/buf.h"
#include "decode/spec.h"
#include "value.h"

/* Appends it, each after "; ". */
void names_tell(const struct value *cells, unsigned width,
                const struct wanted_columns *wanted, struct buf *told);

#endif
