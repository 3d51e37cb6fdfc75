/* pieces.h: a document read as plain XML (markup.h), piece after piece: its
 * tags match, it has one root, and it stays within the limits. What is not so
 * is MARKUP_ODD, and the document is for expat then, from its first byte on.
 * One owner, one thread. */
#ifndef FASTSYNC_DECODE_TREE_XML_PIECES_H
#define FASTSYNC_DECODE_TREE_XML_PIECES_H

#include "markup.h"
#include "stream.h"

struct pieces {
    struct feed *feed; /* borrowed */
    struct stream_limits limits;
    struct markup markup;
    struct buf text;  /* that is not taken yet, or kept */
    size_t checked;   /* of it */
    uint64_t base;    /* bytes before it, */
    uint64_t line;    /* and its first line */
    uint64_t token;   /* where the token begins */
    uint64_t keep;    /* from here on it is kept; UINT64_MAX: nothing is */
    struct buf names; /* of the elements that are open, */
    size_t *ends;     /* where each ends in it, */
    unsigned depth;   /* so many of them */
    bool begun, rooted;
};

void pieces_open(struct pieces *pieces, struct feed *feed,
                 const struct stream_limits *limits);
void pieces_close(struct pieces *pieces); /* a zero one is allowed */

/* The next token; an element that has no end tag is open for none. MARKUP_ODD
 * and MARKUP_MORE are the last: this is reading that failed, with err. */
enum markup_kind pieces_next(struct pieces *pieces, struct err *err);
/* After a start tag: is all that the element holds a text, and here? Takes it
 * and the end tag (markup_leaf). */
bool pieces_leaf(struct pieces *pieces);

/* Where the token ends. */
uint64_t pieces_after(const struct pieces *pieces);
/* The line of a place that is kept. */
uint64_t pieces_line(const struct pieces *pieces, uint64_t at);
/* Bytes from that place on, which is kept. */
const char *pieces_text(const struct pieces *pieces, uint64_t at);

#endif
