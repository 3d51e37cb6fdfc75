/* parse.h: JSON as values (value.h), checked as strictly as RFC 8259 allows:
 * valid UTF-8, no half of a surrogate pair, depth and parts bounded. A name
 * that stands twice in an object is JSON; where its values are the same it
 * counts once, else `twin` says where nobody can tell which of them is meant.
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
/* Do both say the same, digit by digit? */
bool parse_same(const struct value *one, const struct value *other);

#endif
