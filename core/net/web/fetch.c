/* fetch.c: what an answer means for a page, in one table of HTTP's own words:
 * 200 is one, 3xx leads elsewhere, what passes by itself is asked for again as
 * in delivery (retry.h), all else is told. */
#include "fetch.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "login.h"
#include "net/retry.h"
#include "net/scrub.h"
#include "net/secrets.h"
#include "whole.h"

/* Seconds: for what does not answer, and a wait that is told. */
enum { REDIRECTS = 10, UNMET = 15, LONG = 5 };

/* Until when it is tried, from a time on. */
static double end_after(const struct fetch *fetch, double from)
{
    unsigned seconds = fetch->web->retry_for;
    bool brief = !fetch->web->patient && !fetch->met && seconds > UNMET;
    return from + (brief ? UNMET : seconds);
}

/* As long from now on. */
static void try_longer(struct fetch *fetch)
{
    double end = end_after(fetch, clock_now());
    if (fetch->end < end)
        fetch->end = end;
}

bool fetch_begin(struct fetch *fetch, const char *url, double due,
                 struct err *err)
{
    struct web_url next;
    const char *base = fetch->url.text ? fetch->url.text : fetch->home->text;
    if (!web_url_open(&next, base, url, err))
        return false;
    web_url_close(&fetch->url);
    fetch->url = next;
    fetch->attempt = fetch->redirects = 0;
    fetch->bare = false;
    fetch->due = due;
    fetch->end = end_after(fetch, due);
    return true;
}

/* Where a secret may be read on the way. */
static bool is_open_way(const struct fetch *fetch)
{
    return strcmp(fetch->url.scheme, "http") == 0 &&
           !web_loopback(fetch->url.host);
}

static bool is_sent(const struct web_request *request)
{
    return request->body != NULL ||
           (request->method != NULL && strcmp(request->method, "GET") != 0);
}

/* What is sent goes to no other host than it was written for. */
static bool may_go(const struct fetch *fetch, struct err *err)
{
    if (is_open_way(fetch) && !fetch->web->insecure)
        return err_set(err, EXIT_USAGE,
                       "%.300s: is http://, which everyone on the way can read "
                       "and change; use https://, or set insecure_http = yes",
                       fetch->url.shown);
    if (web_url_same(&fetch->url, fetch->home))
        return true;
    if (fetch->script && !web_url_granted(&fetch->url, fetch->web->hosts, err))
        return false;
    return fetch->bare || !is_sent(fetch->request) ||
           err_set(err, EXIT_INPUT,
                   "%.300s: is another host, and what is sent goes to none",
                   fetch->url.shown);
}

/* A header's line, or what the URL is with the login in its query. */
static bool add_login(const struct fetch *fetch, struct buf *line, char **url,
                      struct err *err)
{
    struct login login;
    if (!login_find(&login, fetch->web->logins, &fetch->url))
        return true;
    char *file = mem_text_n(login.file, login.file_len);
    char *secret = fetch->web->secret("http_auth", file, err);
    free(file);
    if (secret == NULL)
        return false;
    login_header(&login, secret, line);
    if (login.kind == LOGIN_QUERY) {
        char *name = mem_text_n(login.name, login.name_len);
        *url = web_url_with(fetch->url.text, name, secret);
        free(name);
    }
    mem_wipe(secret, strlen(secret));
    free(secret);
    return true;
}

/* The lines of a text as a list; the text's line ends go. */
static void list_lines(char *text, const char **lines, unsigned *count)
{
    enum { MOST = 64 };
    while (*text != '\0' && *count < MOST) {
        char *end = text + strcspn(text, "\n");
        lines[(*count)++] = text;
        text = end + (*end != '\0');
        *end = '\0';
    }
}

/* The mapping's own headers stay with the host that they were written for. */
static bool launch(struct fetch *fetch, const char *login, const char *url,
                   struct err *err)
{
    const char *lines[64 + 2] = {NULL};
    unsigned count = 0;
    bool home = web_url_same(&fetch->url, fetch->home);
    bool posts = fetch->request->body != NULL && !fetch->bare;
    const char *own = home ? fetch->request->headers : NULL;
    char *text = mem_text(own ? own : "");
    list_lines(text, lines, &count);
    if (*login != '\0')
        lines[count++] = login;
    buf_clear(&fetch->body);
    if (posts)
        buf_puts(&fetch->body, fetch->request->body);
    const struct http_request request = {
        .url = url ? url : fetch->url.text,
        .method = fetch->bare ? NULL : fetch->request->method,
        .body = posts ? &fetch->body : NULL,
        .headers = lines};
    bool good = http_start(fetch->http, &fetch->call, &request, err);
    free(text);
    return good;
}

static bool start(struct fetch *fetch, struct err *err)
{
    struct buf login = {0};
    buf_clear(&fetch->heads);
    fetch->call.heads = &fetch->heads;
    fetch->call.answer_max = fetch->request->max_page;
    fetch->call.spill = &fetch->spill;
    fetch->call.raw = true; /* packed.h */
    fetch->spill.path = fetch->plain.spill.path = fetch->home->shown;
    fetch->attempt++;
    fetch->due = clock_now();
    char *url = NULL;
    fetch->flying = may_go(fetch, err) && add_login(fetch, &login, &url, err) &&
                    launch(fetch, buf_text(&login), url, err);
    buf_wipe(&login);
    if (url != NULL)
        mem_wipe(url, strlen(url));
    free(url);
    return fetch->flying;
}

static bool passes_by_itself(const struct exchange *exchange)
{
    switch (exchange->transport) {
    case CURLE_OK:
        return exchange->status == 408 || exchange->status == 425 ||
               exchange->status == 429 || exchange->status >= 500;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        return false;
    default:
        return !exchange->overflow;
    }
}

static void overflow(const struct fetch *fetch, struct buf *out)
{
    uint64_t max = fetch->request->max_page;
    if (fetch->spill.bomb)
        buf_addf(out, "an answer that unpacks to more than %d times its size",
                 SPILL_RATIO);
    else
        buf_addf(out, "an answer of more than %llu bytes; max_page allows more",
                 (unsigned long long)max);
}

/* What has gone wrong, in words. */
static void words(const struct fetch *fetch, struct buf *out)
{
    const struct exchange *exchange = &fetch->call.exchange;
    char line[161];
    if (exchange->overflow)
        overflow(fetch, out);
    else if (exchange->transport == CURLE_PARTIAL_FILE)
        buf_puts(out, "the answer ended before its end");
    else if (exchange->transport != CURLE_OK)
        buf_puts(out, exchange->trouble[0] != '\0'
                          ? exchange->trouble
                          : curl_easy_strerror((CURLcode)exchange->transport));
    else {
        buf_addf(out, "the server answers HTTP %ld", exchange->status);
        const char *after = fetch->call.after;
        secrets_line(line, sizeof line - 1, after, strlen(after));
        if (line[0] != '\0')
            buf_addf(out, " (Retry-After: %s)", line);
        if (exchange->len > 0) {
            secrets_line(line, sizeof line - 1, exchange->body, exchange->len);
            buf_addf(out, ": %s", line);
        }
    }
}

static bool give_up(const struct fetch *fetch, struct err *err)
{
    const struct exchange *exchange = &fetch->call.exchange;
    struct buf text = {0};
    bool rights = exchange->transport == CURLE_OK &&
                  (exchange->status == 401 || exchange->status == 403);
    bool later = passes_by_itself(exchange);
    bool standard =
        web_url_at(&fetch->url, fetch->url.host, strlen(fetch->url.host), true);
    words(fetch, &text);
    if (later && fetch->attempt > 1)
        buf_addf(&text, " (tried %u times)", fetch->attempt);
    if (rights)
        buf_addf(&text,
                 "; http_auth = %s%s%s … in a configuration file says who "
                 "we are there",
                 fetch->url.host, standard ? "" : ":",
                 standard ? "" : fetch->url.port);
    err_set(err,
            rights  ? EXIT_RIGHTS
            : later ? EXIT_PENDING
                    : EXIT_INPUT,
            "%.300s: %s", fetch->url.shown, buf_text(&text));
    secrets_scrub(err->text);
    buf_release(&text);
    return false;
}

static bool again(struct fetch *fetch, struct err *err)
{
    const struct http_call *call = &fetch->call;
    struct buf text = {0};
    double asked =
        retry_after(call->after[0] != '\0' ? call->after : NULL,
                    call->date[0] != '\0' ? call->date : NULL, time(NULL));
    double due = retry_due(clock_now(), fetch->end, fetch->attempt, asked,
                           &fetch->chance);
    if (due < 0)
        return give_up(fetch, err);
    if (due < clock_now() + fetch->pause)
        due = clock_now() + fetch->pause;
    words(fetch, &text);
    double wait = due - clock_now();
    char *line = mem_format("%s: %s; trying again in %.1f s", fetch->url.shown,
                            buf_text(&text), wait);
    secrets_scrub(line);
    if (wait < LONG)
        log_debug("%s", line);
    else
        log_note("%s", line);
    free(line);
    buf_release(&text);
    fetch->due = due;
    return true;
}

/* 303 leads to a GET, and so do 301 and 302 after a POST (RFC 9110, 15.4). */
static bool keeps_method(const struct fetch *fetch)
{
    const char *method = fetch->request->method;
    long status = fetch->call.exchange.status;
    bool posts =
        method ? strcmp(method, "POST") == 0 : fetch->request->body != NULL;
    return status == 307 || status == 308 || (status != 303 && !posts);
}

static bool follow(struct fetch *fetch, struct err *err)
{
    const struct exchange *exchange = &fetch->call.exchange;
    struct web_url next;
    if (exchange->redirect == NULL || ++fetch->redirects > REDIRECTS)
        return err_set(err, EXIT_INPUT, "%.300s: the server leads %s",
                       fetch->url.shown,
                       exchange->redirect ? "from one URL to the next"
                                          : "elsewhere, and does not say "
                                            "where");
    if (!web_url_open(&next, fetch->url.text, exchange->redirect, err)) {
        err->code = EXIT_INPUT; /* the server's mistake */
        return err_prefix(err, "%.300s: a redirect", fetch->url.shown);
    }
    if (web_url_opens(&fetch->url, &next)) {
        err_set(err, EXIT_INPUT,
                "%.200s: the server leads to %.200s, which is not https://",
                fetch->url.shown, next.shown);
        web_url_close(&next);
        return false;
    }
    fetch->bare = fetch->bare || !keeps_method(fetch);
    struct web_url from = fetch->url;
    fetch->url = next;
    fetch->due = clock_now() + fetch->pause;
    fetch->attempt = 0;
    bool good =
        may_go(fetch, err) || err_prefix(err, "%.200s: a redirect", from.shown);
    web_url_close(&from);
    return good;
}

static enum step judge(struct fetch *fetch, struct err *err)
{
    const struct exchange *exchange = &fetch->call.exchange;
    long status = exchange->status;
    if (!fetch->met && status > 0) {
        fetch->met = true;
        try_longer(fetch);
    }
    if (fetch->spill.failed) {
        *err = fetch->spill.err;
        return STEP_FAIL;
    }
    bool unchanged = status == 304 && fetch->conditional;
    bool page = status == 200 || status == 204 || unchanged;
    if (exchange->transport == CURLE_OK && page && !whole_open(fetch, err))
        return STEP_FAIL;
    if (exchange->transport == CURLE_OK && page)
        return STEP_ITEM;
    if (exchange->transport == CURLE_OK && status >= 301 && status <= 308 &&
        status != 304)
        return follow(fetch, err) ? STEP_END : STEP_FAIL;
    if (!passes_by_itself(exchange)) {
        give_up(fetch, err);
        return STEP_FAIL;
    }
    return again(fetch, err) ? STEP_END : STEP_FAIL;
}

/* One turn. STEP_END: go on. */
static enum step turn(struct fetch *fetch, bool wait, bool *idle,
                      struct err *err)
{
    static const double patience = 0.1;
    double left = fetch->due - clock_now();
    *idle = false;
    if (!fetch->flying && left > 0) {
        *idle = true;
        double most = left < patience ? left : patience;
        return http_turn(fetch->http, wait ? most : 0, err) ? STEP_END
                                                            : STEP_FAIL;
    }
    if (!fetch->flying)
        return start(fetch, err) ? STEP_END : STEP_FAIL;
    if (!http_turn(fetch->http, wait ? patience : 0, err))
        return STEP_FAIL;
    if (http_next(fetch->http) == NULL) {
        *idle = true;
        return STEP_END;
    }
    fetch->flying = false;
    return judge(fetch, err);
}

enum step fetch_go(struct fetch *fetch, bool wait, const atomic_bool *stop,
                   struct err *err)
{
    if (wait) /* while the page before it was read, nobody tried it */
        try_longer(fetch);
    for (;;) {
        bool idle;
        enum step step = turn(fetch, wait, &idle, err);
        if (step != STEP_END || (idle && !wait))
            return step;
        if (stop != NULL && atomic_load(stop)) {
            err_set(err, EXIT_INTERRUPTED, "%.300s: interrupted",
                    fetch->url.shown);
            return STEP_FAIL;
        }
    }
}

void fetch_release(struct fetch *fetch)
{
    http_call_release(fetch->http, &fetch->call);
    packed_release(&fetch->plain);
    buf_release(&fetch->heads);
    buf_release(&fetch->body);
    web_url_close(&fetch->url);
}
