/* parser.h: where a parser of JSON stands in its text (parse.h), and what it
 * has met there. */
#ifndef FASTSYNC_DECODE_TREE_JSON_PARSER_H
#define FASTSYNC_DECODE_TREE_JSON_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/mem.h"
#include "value.h"

enum { PARSE_SLACK = 64, PARSE_UNREADY = 0x80 };

struct parser {
    const char *at, *end;
    struct arena *arena;
    unsigned max_depth;
    bool skim;    /* values are passed over, and checked another time */
    bool unready; /* set where a text is not NFC, or has blanks at its ends */
    const char *error; /* why it is no JSON, or NULL: static text */
    const char *wrong; /* where */
    const char
        *flaw; /* what nobody can use of sound JSON, the first; or NULL */
    const char *flawed; /* why: static text */
    unsigned depth;
    struct value *parts; /* of the lists and maps that are open */
    uint32_t count, cap;
    struct buf scratch;
};

/* Answers false. */
bool parse_fail(struct parser *parser, const char *error);
/* What is at `at` cannot be used; parsing goes on. */
void parse_flaw(struct parser *parser, const char *at, const char *error);
/* The next byte that is no white space, or -1 at the end; not taken. */
static inline int parse_peek(struct parser *parser)
{
    const char *at = parser->at, *end = parser->end;
    while (at < end &&
           (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    parser->at = at;
    return at < end ? (unsigned char)*at : -1;
}
void parse_release(struct parser *parser);

#endif
