/* expression.h: the values of a row: literals, and what the servers' own
 * programs write in their place where a literal cannot say it: 'a' || CHR(10)
 * || 'b', replace('a\nb','\n',char(10)), TO_DATE('…','…'), CAST(N'…' AS
 * DateTime). Nothing else is computed. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_EXPRESSION_H
#define FASTSYNC_DECODE_SQL_DUMP_EXPRESSION_H

#include "call.h"
#include "token.h"

/* The value that stands next; the token behind it is the next one then. NULL,
 * or what is wrong with it, in the arena. */
const char *dump_value(struct lexer *lexer, struct arena *arena, unsigned depth,
                       struct operand *operand);

#endif
