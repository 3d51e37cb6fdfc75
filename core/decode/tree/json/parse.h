/* parse.h: JSON as values (value.h), checked as strictly as RFC 8259 allows,
 * depth and parts bounded. Three things are flaws, of which the first is kept,
 * as they hide nothing of what comes after them: in a text half of a surrogate
 * pair and bytes that are no UTF-8 (the value is what stands before);
 * and a name that stands twice in an object, where its values are not the same
 * (else it counts once).
 *
 * A string without escapes stays where it stands in the text, of which
 * PARSE_SLACK more bytes must be readable; what has to be written lies in the
 * arena. Numbers are integers where an int64_t prints the same digits, decimals
 * else. Texts have their flags, and are not made ready (ready.h) yet; `unready`
 * says whether any of them needs it, and PARSE_UNREADY which: a flag of such a
 * text, and of a list or a map that holds one. One thread. */
#ifndef FASTSYNC_DECODE_TREE_JSON_PARSE_H
#define FASTSYNC_DECODE_TREE_JSON_PARSE_H

#include "parser.h"

/* One value, from its first byte; white space before it is passed over. */
bool parse_value(struct parser *parser, struct value *value);
/* After a value: takes ',' (*more) or the bracket that closes. */
bool parse_next(struct parser *parser, char close, bool *more);
extern const char parse_twins[]; /* the flaw of a name with two values */
/* Do both say the same, digit by digit? */
bool parse_same(const struct value *one, const struct value *other);

#endif
