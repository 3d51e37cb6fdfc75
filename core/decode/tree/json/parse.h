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
    const char *twin;  /* a name, or an object, with two values; or NULL */
    unsigned depth;
    struct value *parts; /* of the lists and maps that are open */
    uint32_t count, cap;
    struct buf scratch;
};

/* Answers false. */
bool parse_fail(struct parser *parser, const char *error);
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
/* One value, from its first byte; white space before it is passed over. */
bool parse_value(struct parser *parser, struct value *value);
/* At '"': a string, which is what it is with `skim` as well. */
bool parse_string(struct parser *parser, struct value *text);
/* After a value: takes ',' (*more) or the bracket that closes. */
bool parse_next(struct parser *parser, char close, bool *more);
/* Do both say the same, digit by digit? */
bool parse_same(const struct value *one, const struct value *other);
void parse_release(struct parser *parser);

#endif
