/* mark.h: what is remembered of a source from one run to the next: the ETag
 * and the Last-Modified of what was read, and the time from which on rows are
 * asked for.
 *
 * The time is the server's own, by its Date header, less MARK_OVERLAP: what was
 * being written as the answer was made comes again rather than never. A mark
 * counts only once all rows of its run have their outcome: who runs keeps it
 * then. A mark is of one request of one mapping: where the mapping's text, the
 * server it sends to or what it asks for is another, there is none. */
#ifndef FASTSYNC_NET_WEB_MARK_H
#define FASTSYNC_NET_WEB_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { MARK_OVERLAP = 300, MARKS_MAX = 64 };

struct web_mark {
    uint64_t source;
    char etag[256], modified[64]; /* "": none */
    int64_t since;                /* 0: none */
};

/* Of a run: what is known, and what it has learned. */
struct web_marks {
    uint64_t seed; /* of the mapping: a part of each mark's source */
    /* Finds what is known of mark->source; false: nothing. NULL: all is asked
     * for anew. */
    bool (*find)(void *owner, struct web_mark *mark);
    void *owner;
    struct web_mark learned[MARKS_MAX];
    unsigned count;
    bool unchanged; /* the source that was opened last has nothing new, and is
                       none: web_open has answered NULL */
    bool in_part;   /* one was asked for what is new since a time */
};

/* Is it a time as {since} may have it: seconds since 1970, "2025-04-24" or
 * "2025-04-24T10:02:42Z"? So it may stand in a URL, in JSON and in a header. */
bool mark_is_time(const char *text);

/* What is asked for: the request with {since} filled in, and with what is known
 * among its headers. */
struct web_request;
struct mark_asked {
    struct buf url, body, headers;
    struct web_mark mark;
    bool conditional; /* the answer may be 304 */
};

void mark_ask(struct mark_asked *asked, const struct web_marks *marks,
              const char *url, const struct web_request *request);
void mark_asked_release(struct mark_asked *asked);

/* The first page has come, with these headers and that Date. */
void mark_learn(struct web_marks *marks, const struct web_request *request,
                const struct web_mark *asked, const struct buf *headers,
                const char *date, const char *url);

#endif
