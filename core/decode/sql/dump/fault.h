/* fault.h: what is wrong with a row, as the person reads it: for this
 * room's files alone. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_FAULT_H
#define FASTSYNC_DECODE_SQL_DUMP_FAULT_H

#include "base/mem.h"

/* Lives as long as the arena. */
const char *dump_fault(struct arena *arena, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));

#endif
