/* value.h: the values of a row: literals, and what the servers' own programs
 * write in their place where a literal cannot say it: 'a' || CHR(10) || 'b',
 * replace('a\nb','\n',char(10)), TO_DATE('…','…'), CAST(N'…' AS DateTime).
 * Nothing else is computed. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_VALUE_H
#define FASTSYNC_DECODE_SQL_DUMP_VALUE_H

#include "base/mem.h"
#include "token.h"
#include "value.h"

struct operand {
    struct value value; /* in the arena */
    bool bytes;         /* it was X'…' or 0x…, and is its digits */
};

/* The value that stands next; the token behind it is the next one then. NULL,
 * or what is wrong with it, in the arena. */
const char *dump_value(struct lexer *lexer, struct arena *arena, unsigned depth,
                       struct operand *operand);

/* For this room's values alone. */
const char *dump_fault(struct arena *arena, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* A function with its arguments; NULL, or what is wrong. */
const char *dump_call(struct arena *arena, const char *name,
                      struct operand *args, unsigned count,
                      struct operand *answer);
/* What it is as that type (its first word). */
const char *dump_cast(struct arena *arena, const char *type,
                      struct operand *operand);
/* A date in Oracle's way or MySQL's, as ISO writes it. */
const char *dump_date(struct arena *arena, const struct value *text,
                      const struct value *format, struct value *answer);
/* SQL Server's days and ticks in hexadecimal digits. */
const char *dump_moment(struct arena *arena, const char *type,
                        const struct value *digits, struct value *answer);

#endif
