/* scalar.h: what has no parts (parse.h): strings and numbers. */
#ifndef FASTSYNC_DECODE_TREE_JSON_SCALAR_H
#define FASTSYNC_DECODE_TREE_JSON_SCALAR_H

#include "parser.h"

/* At '"': a string, which is what it is with `skim` as well. */
bool parse_string(struct parser *parser, struct value *text);
/* The same of a name, in which a flaw is an error: it would name nothing. */
bool parse_name(struct parser *parser, struct value *name);

/* At a number's first byte, or at what is none. */
bool parse_number(struct parser *parser, struct value *number);

/* At '"': passes over a string of which nothing but its end is asked. */
bool parse_skip_string(struct parser *parser);

#endif
