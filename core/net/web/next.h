/* next.h: the page after a page. Pure. */
#ifndef FASTSYNC_NET_WEB_NEXT_H
#define FASTSYNC_NET_WEB_NEXT_H

#include "web.h"

struct buf;

/* A page as it came. */
struct page {
    const char *url;   /* that it was asked for by */
    const char *shown; /* the same, as messages have it */
    const struct buf *headers;
    const char *body;
    size_t len;
    unsigned number; /* from 1 */
    bool bare;       /* it has no row: nothing but the first page's header */
    bool fewer;      /* the one before it had fewer rows than step */
    bool listed;     /* the first one has its list where it is to be */
};

/* White space at the beginning. */
size_t page_blanks(const char *body, size_t len);
/* STEP_ITEM: the next one's URL, which may be relative, is in `to`. STEP_END:
 * the page was the last. FAIL: EXIT_INPUT, it cannot be told, or comes too
 * early. */
enum step next_page(const struct web_request *request, const char *first,
                    const struct page *page, struct buf *to, struct err *err);
/* Has the page its rows' list, or null in its place? */
bool next_lists(const struct web_request *request, const struct page *page);
/* Does the page say nothing of a next one, not even that there is none? */
bool next_silent(const struct web_request *request, const struct page *page);
/* Has the page surely fewer rows than were asked for? */
bool next_fewer(const struct web_request *request, const struct page *page);
/* The first page's own URL; the caller frees. */
char *next_first(const struct web_request *request, const char *url);

#endif
