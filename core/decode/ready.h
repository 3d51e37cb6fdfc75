/* ready.h: decoded values made as a mapping sees them: texts in NFC, without
 * white space at their ends where that is wanted, with their flags; lists and
 * maps through and through, names of members in NFC alone. Pure but for its
 * memory. */
#ifndef FASTSYNC_DECODE_READY_H
#define FASTSYNC_DECODE_READY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/mem.h"
#include "value.h"

struct ready {
    struct arena *arena; /* takes what must change */
    struct buf scratch;  /* kept from value to value; the owner releases it */
    bool trim;
};

/* What needs no change still lies where it did. */
struct value ready_value(struct ready *ready, const struct value *value);

#endif
