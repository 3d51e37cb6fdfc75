/* fault.h: what is wrong with a row, as the person reads it: for this
 * room's files alone. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_FAULT_H
#define FASTSYNC_DECODE_SQL_DUMP_FAULT_H

#include "base/mem.h"
#include "decode/sql/names.h"

/* Lives as long as the arena. */
const char *dump_fault(struct arena *arena, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* The same with the column that it is of, from 0; names may have no names. */
const char *dump_fault_of(struct arena *arena, const struct sql_names *names,
                          unsigned column, const char *fault)
    __attribute__((cold));

#endif
