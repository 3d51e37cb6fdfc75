/* join.h: may a page stand behind the ones before it, as one run of bytes?
 *
 * Lines of text may, where each page begins with the same header, which a
 * decoder leaves out when it comes again: another one would put values into the
 * wrong columns. Values of JSON may. Nothing else: of a page of HTML, or of a
 * text of UTF-16, decoders would see the first one alone, or rubbish. Pure. */
#ifndef FASTSYNC_NET_WEB_JOIN_H
#define FASTSYNC_NET_WEB_JOIN_H

#include "base/buf.h"
#include "next.h"

/* Zeroed: no page has come. */
struct join {
    bool begun, json;  /* a page has come, and is JSON */
    struct buf header; /* the first page's first line */
    struct buf hashes; /* of all pages of a number */
    bool fewer;        /* it had fewer rows than were asked for */
    bool listed;       /* the first page has its list */
};

/* Bytes of the byte order mark that the page begins with. */
size_t join_mark(const char *body, size_t len);
/* The next page, whose first byte order mark is passed where it has one; fills
 * in what it is beside the others. False: EXIT_INPUT, it is none of them. */
bool join_page(struct join *join, const struct web_request *request,
               struct page *page, struct err *err);
/* May others follow this one? */
bool join_others(const struct page *page, struct err *err);

#endif
