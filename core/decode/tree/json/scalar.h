/* scalar.h: what parse.h reads that has no parts. For its files. */
#ifndef FASTSYNC_DECODE_TREE_JSON_SCALAR_H
#define FASTSYNC_DECODE_TREE_JSON_SCALAR_H

#include "parse.h"

/* At a number's first byte, or at what is none. */
bool parse_number(struct parser *parser, struct value *number);

/* At '"': passes over a string of which nothing but its end is asked. */
bool parse_skip_string(struct parser *parser);

#endif
