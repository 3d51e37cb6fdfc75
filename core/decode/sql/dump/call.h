/* call.h: what a dump may call where a literal cannot say it: for this
 * room's files alone. Both answer NULL, or what is wrong. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_CALL_H
#define FASTSYNC_DECODE_SQL_DUMP_CALL_H

#include "base/mem.h"
#include "value.h"

struct operand {
    struct value value; /* in the arena */
    bool bytes;         /* it was X'…' or 0x…, and is its digits */
};

/* A function with its arguments. */
const char *dump_call(struct arena *arena, const char *name,
                      struct operand *args, unsigned count,
                      struct operand *answer);
/* What it is as that type (its first word). */
const char *dump_cast(struct arena *arena, const char *type,
                      struct operand *operand);

#endif
