/* stream.h: an XML document as a stream of events, over expat.
 *
 * The text is decoded first (feed.h), so every encoding that is known anywhere
 * is: one that is said, or marked, or declared in the first line. Document
 * types, entities that are declared, and what lies outside of the text are
 * refused by name; depth, attributes and the length of what must be held are
 * bounded: EXIT_INPUT with line and column, without the input's name. One
 * owner, one thread. */
#ifndef FASTSYNC_DECODE_TREE_XML_STREAM_H
#define FASTSYNC_DECODE_TREE_XML_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "decode/feed.h"

struct XML_ParserStruct;

struct stream_limits {
    unsigned max_depth;      /* elements that stand in each other */
    unsigned max_attributes; /* of one element */
    size_t max_element;      /* bytes of a tag, or of a row */
};

/* What hears the events; names and texts are borrowed until it returns.
 * `attributes`: name, value, name, value, NULL. */
struct stream_listener {
    void (*start)(void *self, const char *name, const char **attributes);
    void (*end)(void *self);
    void (*text)(void *self, const char *text, size_t len);
    void *self;
};

struct stream {
    struct feed feed;
    struct stream_limits limits;
    struct stream_listener listener;
    struct XML_ParserStruct *parser;
    struct buf piece;
    uint64_t fed;
    unsigned depth;
    bool paused, ended, failed;
    struct err err;     /* of failed */
    char encoding[64];  /* as it declares, or is said; "": neither */
    const char *untrue; /* what it declares and is not, or NULL */
    char doctype[64];   /* its name, while it is read */
};

/* Bytes that are read at a time; tests alone set another number. */
extern size_t stream_piece;

/* `encoding`: what is said, or NULL. The source is at its first byte. */
bool stream_open(struct stream *stream, struct source *source,
                 const char *encoding, const struct stream_limits *limits,
                 const struct stream_listener *listener, struct err *err);
void stream_close(struct stream *stream); /* a zero one is allowed */
/* Goes on by a piece, or after a pause; stream->ended once it was the last. */
bool stream_read(struct stream *stream, struct err *err);

/* A handler's ways out: stream_read answers at once, and goes on from here the
 * next time; or fails with this, for line and column are put before it. */
void stream_pause(struct stream *stream);
void stream_refuse(struct stream *stream, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* Of the event: its line, and its first byte. */
uint64_t stream_line(const struct stream *stream);
uint64_t stream_at(const struct stream *stream);

#endif
