/* date.h: dates as servers write them, of which ISO 8601's are made: for
 * this room's files alone. Both answer NULL, or what is wrong. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_DATE_H
#define FASTSYNC_DECODE_SQL_DUMP_DATE_H

#include "base/mem.h"
#include "value.h"

/* A date in Oracle's way or MySQL's. */
const char *dump_date(struct arena *arena, const struct value *text,
                      const struct value *format, struct value *answer);
/* SQL Server's days and ticks in hexadecimal digits. */
const char *dump_moment(struct arena *arena, const char *type,
                        const struct value *digits, struct value *answer);

#endif
