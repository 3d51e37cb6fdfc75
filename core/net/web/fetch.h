/* fetch.h: one page: asked for again until it is whole, or it is over. */
#ifndef FASTSYNC_NET_WEB_FETCH_H
#define FASTSYNC_NET_WEB_FETCH_H

#include <stdatomic.h>

#include "net/http.h"
#include "net/spill.h"
#include "packed.h"
#include "url.h"
#include "web.h"

/* Begins zeroed but for what is borrowed; must not move. */
struct fetch {
    const struct web *web;
    const struct web_request *request;
    struct http *http;
    const struct web_url *home; /* whose headers are ours; granted */
    bool script;                /* other hosts must be granted */
    bool conditional;           /* 304 is an answer */
    bool met;                   /* something has answered already */
    uint64_t chance;

    struct web_url url; /* of the page, where redirects have led */
    struct http_call call;
    struct spill spill;
    struct packed_page plain; /* the page, where it came packed */
    const char *page;         /* the page, when it is there */
    size_t page_len;
    struct buf heads; /* the answer's header lines */
    struct buf body;  /* that is posted */
    bool flying;
    bool bare; /* a redirect has made it a GET */
    unsigned attempt, redirects;
    double pause;    /* between two requests, by `rate` */
    double due, end; /* of the next try or the one on its way; of the last */
};

/* The page is asked for from `due` on. */
bool fetch_begin(struct fetch *fetch, const char *url, double due,
                 struct err *err);
/* STEP_ITEM: it is there: heads, page. STEP_END: not yet, which only
 * comes without `wait`. EXIT_INTERRUPTED: *stop was set. */
enum step fetch_go(struct fetch *fetch, bool wait, const atomic_bool *stop,
                   struct err *err);
void fetch_release(struct fetch *fetch);

#endif
