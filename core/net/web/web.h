/* web.h: a source whose bytes are fetched over HTTP, a page after the other.
 *
 * A page is fetched whole before any of it is read (spill.h): one that ends too
 * early is fetched again, and no row of half a page is mapped. The next page is
 * asked for as soon as one is there, and comes while that one is read.
 * Redirects are followed by hand: never to a host that is not granted, and
 * never with a header of ours to another one. One owner at a time, as any
 * source. */
#ifndef FASTSYNC_NET_WEB_WEB_H
#define FASTSYNC_NET_WEB_WEB_H

#include "base/buf.h"
#include "source/source.h"

struct http;
struct page;
struct web_marks;

/* How hosts are come to: made of the settings, borrowed by sources. */
struct web {
    const char *hosts;      /* that scripts may fetch from, one a line */
    const char *logins;     /* login.h, one a line */
    const char *sql_logins; /* the same, of databases (LOGIN_USER) */
    bool insecure;          /* http:// to another machine */
    unsigned timeout;       /* seconds a request */
    unsigned retry_for;     /* seconds a page is tried */
    bool patient; /* somebody has said so: also where nothing answers */
    struct http *(*connect)(const struct web *web, const char *url,
                            unsigned timeout, struct err *err);
    char *(*secret)(const char *name, const char *path, struct err *err);
    const void *owner;       /* of these two */
    struct web_marks *marks; /* mark.h; NULL: nothing is kept for a next run,
                                and nothing of an earlier one counts */
};

enum web_next {
    NEXT_NONE,   /* there is one page */
    NEXT_LINK,   /* the answer's Link header, rel="next" */
    NEXT_CURSOR, /* what stands in the body at `path` */
    NEXT_PAGE,   /* a number that grows by one */
    NEXT_OFFSET, /* by `step` */
    NEXT_CALL,   /* what `call` answers; then all pages are fetched, into a
                    temporary file, before web_open returns */
};

/* The page after this one (next.h): STEP_ITEM with its URL in `to`, STEP_END,
 * or STEP_FAIL with err. */
typedef enum step web_call(const void *owner, const struct page *page,
                           struct buf *to, struct err *err);

/* What is asked for; zeroed it is a GET of one page. The source copies its
 * texts. */
struct web_request {
    const char *method;  /* NULL: GET, or POST where there is a body */
    const char *body;    /* that is sent; or NULL */
    const char *headers; /* lines, each with its end; or NULL */
    const char *since;   /* what {since} in the URL, the body and the headers
                            is where no run has come to its end; or NULL */
    bool if_changed;     /* what is as the last run read it is not read */
    enum web_next next;
    const char *path;      /* NEXT_CURSOR: of the cursor; else of the number of
                              pages or rows there are, or NULL: until one is
                              empty */
    const char *parameter; /* of the query; NULL: the cursor is a URL */
    const char *list;      /* of JSON, where its rows are; or NULL */
    bool bare_end;         /* the last page may have null, or nothing, there */
    bool lines;            /* NDJSON: each line is a row */
    web_call *call;        /* NEXT_CALL: only while the source is opened */
    const void *call_owner;
    uint64_t first, step;
    uint64_t max_page;  /* bytes; 0: 256 MiB, of one page 4 GiB */
    unsigned max_pages; /* 0: 100000 */
    unsigned timeout;   /* 0: web->timeout */
    unsigned rate;      /* requests a second; 0: no bound */
};

/* Opens it, and fetches the first page. NULL: err, or (web->marks->unchanged)
 * there is nothing new. `script`: who names the URL, and so
 * needs the host granted. */
struct source *web_open(const struct web *web, const char *url,
                        const struct web_request *request, bool script,
                        struct err *err);

#endif
