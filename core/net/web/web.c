/* web.c: pages, one after the other, as one run of bytes (join.h). A byte order
 * mark counts once. */
#include "web.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "base/mem.h"
#include "fetch.h"
#include "join.h"
#include "mark.h"
#include "net/http.h"
#include "next.h"
#include "source/spool.h"

enum { PAGES_MAX = 100000 };
static const uint64_t page_max = UINT64_C(256) << 20, only_max = UINT64_C(4)
                                                                 << 30;

struct web_source {
    struct source source;
    struct web web;
    struct web_request request;
    struct arena memory; /* its texts */
    struct mark_asked said;
    struct web_url home;
    struct http *http;
    struct fetch fetches[2]; /* the page at hand, and the one after it */
    unsigned at;             /* which of them is at hand */
    const char *body;
    size_t len, taken;
    unsigned number; /* of the page at hand, from 1 */
    bool more;       /* the next one is asked for */
    struct join join;
    struct buf seen; /* hashes of the URLs that were asked for */
    struct buf next; /* a URL */
    double asked;    /* when a page was asked for last */
    int copy;        /* after a spool; -1: none */
};

/* A URL that was asked for before leads round and round. */
static bool is_new(struct web_source *web, const char *url)
{
    uint64_t own = XXH3_64bits(url, strlen(url)), other;
    for (size_t i = 0; i < web->seen.len; i += sizeof other) {
        memcpy(&other, web->seen.at + i, sizeof other);
        if (other == own)
            return false;
    }
    buf_add(&web->seen, &own, sizeof own);
    return true;
}

/* A page that the one at hand leads to. */
static bool may_lead(struct web_source *web, const struct web_url *from,
                     const struct web_url *to, struct err *err)
{
    bool down = web_url_opens(from, to);
    if (!down && is_new(web, to->text))
        return true;
    return err_set(err, EXIT_INPUT, "%.200s: page %u leads %s %.200s%s",
                   web->source.path, web->number, down ? "to" : "back to",
                   to->shown, down ? ", which is not https://" : "");
}

static bool ask(struct web_source *web, unsigned which, const char *url,
                struct err *err)
{
    struct fetch *fetch = &web->fetches[which];
    double now = clock_now(), due = now;
    double tried = web->fetches[1 - which].due; /* for the last time */
    if (web->asked < tried)
        web->asked = tried;
    if (web->asked > 0)
        due = web->asked + fetch->pause;
    web->asked = due > now ? due : now;
    /* Relative to the page that names it. */
    const struct web_url *base =
        web->number > 0 ? &web->fetches[web->at].url : &web->home;
    struct web_url whole;
    if (!web_url_open(&whole, base->text, url, err)) {
        err->code = EXIT_INPUT; /* a page's mistake: the first is one */
        return err_prefix(err, "%.300s: page %u", base->shown, web->number);
    }
    bool good = may_lead(web, base, &whole, err) &&
                fetch_begin(fetch, whole.text, web->asked, err);
    web_url_close(&whole);
    return good;
}

/* A path or a rule that is wrong would look like this. */
static void tell_one(const struct web_source *web, const struct page *page)
{
    const struct web_request *request = &web->request;
    if (next_silent(request, page))
        log_note("%s: one page: %s%s", web->source.path,
                 request->next == NEXT_LINK
                     ? "its answer has no Link with rel=\"next\""
                     : "nothing stands where the next one is looked for, at ",
                 request->next == NEXT_LINK ? "" : request->path);
}

/* The page at hand has come: what of it is read, and what comes after it. */
static bool take_page(struct web_source *web, struct err *err)
{
    struct fetch *fetch = &web->fetches[web->at];
    unsigned max = web->request.max_pages ? web->request.max_pages : PAGES_MAX;
    web->body = fetch->page;
    web->len = fetch->page_len;
    web->number++;
    size_t mark = join_mark(web->body, web->len);
    web->taken = web->number > 1 ? mark : 0;
    struct page page = {.url = fetch->url.text,
                        .shown = fetch->url.shown,
                        .headers = &fetch->heads,
                        .body = web->body + mark,
                        .len = web->len - mark,
                        .number = web->number};
    if (!join_page(&web->join, &web->request, &page, err))
        return false;
    enum step step =
        next_page(&web->request, web->home.text, &page, &web->next, err);
    web->more = step == STEP_ITEM;
    if (web->number == 1 && step == STEP_END)
        tell_one(web, &page);
    if (step != STEP_ITEM)
        return step == STEP_END;
    if (!join_others(&page, err))
        return false;
    if (web->number == max)
        return err_set(err, EXIT_INPUT,
                       "%.300s: has more than %u pages; max_pages allows more",
                       web->source.path, max);
    return ask(web, 1 - web->at, buf_text(&web->next), err);
}

/* Pages of a text end in a line's end; a JSON value in any white space. */
static bool ends_line(const struct web_source *web)
{
    return web->len == 0 || web->body[web->len - 1] == '\n';
}

static bool turn_page(struct web_source *web, struct err *err)
{
    struct fetch *fetch = &web->fetches[1 - web->at];
    if (fetch_go(fetch, true, web->source.stop, err) != STEP_ITEM)
        return false;
    fetch->met = true;
    web->at = 1 - web->at;
    web->fetches[1 - web->at].met = true;
    return take_page(web, err);
}

/* The next page goes on coming while this one is read. */
static bool meanwhile(struct web_source *web, struct err *err)
{
    struct fetch *fetch = &web->fetches[1 - web->at];
    return !web->more || !fetch->flying || http_turn(web->http, 0, err);
}

static bool read_copy(struct web_source *web, struct source *source, void *into,
                      size_t len, uint64_t at, size_t *got, struct err *err)
{
    ssize_t count = pread(web->copy, into, len, (off_t)at);
    *got = count > 0 ? (size_t)count : 0;
    return count >= 0 || source_refuse(source->path, err);
}

static bool web_read(struct source *source, void *into, size_t len, size_t *got,
                     struct err *err)
{
    struct web_source *web = (struct web_source *)source;
    *got = 0;
    if (web->copy >= 0) {
        bool good = read_copy(web, source, into, len, web->taken, got, err);
        web->taken += *got;
        return good;
    }
    while (web->taken == web->len && web->more) {
        bool ends = ends_line(web);
        if (!turn_page(web, err))
            return false;
        if (!ends && len > 0) {
            *(char *)into = '\n';
            *got = 1;
            return true;
        }
    }
    *got = web->len - web->taken < len ? web->len - web->taken : len;
    if (*got > 0)
        memcpy(into, web->body + web->taken, *got);
    web->taken += *got;
    return meanwhile(web, err);
}

static bool web_read_at(struct source *source, uint64_t offset, void *into,
                        size_t len, size_t *got, struct err *err)
{
    struct web_source *web = (struct web_source *)source;
    if (web->copy >= 0)
        return read_copy(web, source, into, len, offset, got, err);
    uint64_t left = offset < web->len ? web->len - offset : 0;
    *got = left < len ? (size_t)left : len;
    if (*got > 0)
        memcpy(into, web->body + offset, *got);
    return true;
}

static bool web_seek(struct source *source, uint64_t offset, struct err *err)
{
    (void)err;
    ((struct web_source *)source)->taken = (size_t)offset;
    return true;
}

/* One page is in memory whole. */
static bool web_spool(struct source *source, struct err *err)
{
    struct web_source *web = (struct web_source *)source;
    if (web->request.next == NEXT_NONE || web->copy >= 0)
        return true;
    int copy = spool_copy(source, err);
    if (copy < 0)
        return false;
    web->copy = copy;
    web->taken = source->head_len;
    return true;
}

static void web_close(struct source *source)
{
    struct web_source *web = (struct web_source *)source;
    for (unsigned i = 0; i < 2; i++)
        fetch_release(&web->fetches[i]);
    http_free(web->http);
    if (web->copy >= 0)
        close(web->copy);
    web_url_close(&web->home);
    arena_release(&web->memory);
    mark_asked_release(&web->said);
    buf_release(&web->join.header);
    buf_release(&web->join.hashes);
    buf_release(&web->seen);
    buf_release(&web->next);
}

static const struct source_kind web_kind = {
    .read = web_read,
    .read_at = web_read_at,
    .seek = web_seek,
    .spool = web_spool,
    .close = web_close,
};

/* What the first answer says for the next run; false: and for this one, that
 * there is nothing. */
static bool note_first(struct web_source *web, struct err *err)
{
    struct fetch *fetch = &web->fetches[0];
    struct web_marks *marks = web->web.marks;
    const struct exchange *exchange = &fetch->call.exchange;
    bool blank = page_blanks(fetch->page, fetch->page_len) == fetch->page_len;
    bool nothing =
        exchange->status == 304 || (web->request.since != NULL && blank);
    if (marks == NULL || web->said.mark.source == 0)
        return true;
    marks->unchanged = nothing;
    if (exchange->status != 304)
        mark_learn(marks, &web->request, &web->said.mark, &fetch->heads,
                   fetch->call.date, web->source.path);
    return !nothing ||
           err_set(err, EXIT_INPUT, "%s: has nothing new", web->source.path);
}

static bool first_page(struct web_source *web, struct err *err)
{
    char *url = next_first(&web->request, web->home.text);
    bool good =
        ask(web, 0, url, err) &&
        fetch_go(&web->fetches[0], true, web->source.stop, err) == STEP_ITEM;
    free(url);
    if (!good || !note_first(web, err) || !take_page(web, err))
        return false;
    if (web->request.next == NEXT_NONE)
        web->source.size = web->len;
    web->fetches[1].met = true;
    /* Later the script is mapping, and can say nothing of pages. */
    return web->request.next != NEXT_CALL || web_spool(&web->source, err);
}

static bool begin(struct web_source *web, bool script, struct err *err)
{
    unsigned timeout =
        web->request.timeout ? web->request.timeout : web->web.timeout;
    if (!web_url_open(&web->home, NULL, buf_text(&web->said.url), err) ||
        (script && !web_url_granted(&web->home, web->web.hosts, err)))
        return false;
    double pause = web->request.rate > 0 ? 1.0 / web->request.rate : 0;
    web->http = web->web.connect(&web->web, web->home.text, timeout, err);
    if (web->http == NULL)
        return false;
    for (unsigned i = 0; i < 2; i++)
        web->fetches[i] =
            (struct fetch){.web = &web->web,
                           .request = &web->request,
                           .http = web->http,
                           .home = &web->home,
                           .script = script,
                           .pause = pause,
                           .conditional = web->said.conditional,
                           .chance = XXH3_64bits(web->home.text, i + 8)};
    return first_page(web, err);
}

/* Each text, as who says it may be gone before the last page is read. */
static void keep_request(struct web_source *web,
                         const struct web_request *request)
{
    struct web_request *own = &web->request;
    const char **const texts[] = {&own->body, &own->headers,   &own->method,
                                  &own->path, &own->parameter, &own->list,
                                  &own->since};
    arena_init(&web->memory);
    *own = *request;
    own->body = request->body ? buf_text(&web->said.body) : NULL;
    own->headers =
        web->said.headers.len > 0 ? buf_text(&web->said.headers) : NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] != NULL) {
            size_t size = strlen(*texts[i]) + 1;
            *texts[i] =
                memcpy(arena_alloc(&web->memory, size), *texts[i], size);
        }
}

struct source *web_open(const struct web *given, const char *url,
                        const struct web_request *request, bool script,
                        struct err *err)
{
    struct web_source *web = mem_zero(1, sizeof *web);
    web->source.kind = &web_kind;
    web->source.path = web_url_shown(url);
    web->source.stop = &interrupted; /* also while it is opened */
    web->web = *given;
    mark_ask(&web->said, web->web.marks, url, request);
    keep_request(web, request);
    web->copy = -1;
    if (web->request.max_page == 0)
        web->request.max_page =
            request->next == NEXT_NONE ? only_max : page_max;
    if (begin(web, script, err))
        return &web->source;
    source_close(&web->source);
    return NULL;
}
