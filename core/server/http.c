/* http.c: one curl multi handle and an easy handle a call.
 *
 * An easy handle is made once, with everything that never changes, and keeps
 * its connection's warmth; a start sets the URL, the body and the headers.
 * Bodies go out through a large buffer, so that one write takes most of a
 * batch. What the answer was is put together when curl says it is over. */
#include "http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/mem.h"
#include "config/config.h"
#include "facts.h"
#include "net/scrub.h"
#include "net/tls.h"

enum {
    UPLOAD_BUFFER = 256 * 1024,
    ANSWER_MOST = 1024 * 1024,
    CONNECT_MS = 15000,
};
static const double grace = 5; /* seconds behind the time-out */

struct http {
    const struct config *config;
    CURLM *multi;
    struct tls tls;
    bool loopback;
    struct http_call *over, **over_end;
    struct http_call *flying; /* by `beside` */
};

struct http *http_new(const struct config *config, struct err *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        err_set(err, EXIT_FAULT, "libcurl cannot be used");
        return NULL;
    }
    struct http *http = mem_zero(1, sizeof *http);
    http->config = config;
    http->over_end = &http->over;
    http->loopback = config_loopback(config->url);
    if (!tls_open(&http->tls, config, err)) {
        http_free(http);
        return NULL;
    }
    http->multi = curl_multi_init();
    if (http->multi == NULL) {
        err_set(err, EXIT_FAULT, "libcurl cannot be used");
        http_free(http);
        return NULL;
    }
    curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS,
                      (long)config->concurrency + 2);
    return http;
}

void http_free(struct http *http)
{
    if (http == NULL)
        return;
    curl_multi_cleanup(http->multi);
    tls_close(&http->tls);
    curl_global_cleanup();
    free(http);
}

/* Room for more of an answer that may hold a token: growing in place would
 * leave a copy that nobody wipes. */
static void widen(struct buf *answer, size_t more)
{
    struct buf wider = {0};
    if (more <= answer->cap - answer->len)
        return;
    buf_reserve(&wider, 2 * answer->len + more + 4096);
    buf_add(&wider, answer->at, answer->len);
    buf_wipe(answer);
    *answer = wider;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *argument)
{
    struct http_call *call = argument;
    size_t len = size * count;
    size_t most = call->answer_most ? call->answer_most : ANSWER_MOST;
    if (len > most - call->answer.len) {
        call->overflow = true;
        return 0; /* curl breaks off */
    }
    if (call->exchange.secret)
        widen(&call->answer, len);
    buf_add(&call->answer, bytes, len);
    return len;
}

/* Keeps a header's value, 64 bytes with its NUL, if it is the one named. */
static void keep_header(char *value, const char *name, const char *bytes,
                        size_t len)
{
    size_t skip = strlen(name);
    if (len <= skip || strncasecmp(bytes, name, skip) != 0)
        return;
    size_t keep = len - skip;
    while (keep > 0 && (unsigned char)bytes[skip + keep - 1] <= ' ')
        keep--;
    if (keep < 64) {
        memcpy(value, bytes + skip, keep);
        value[keep] = '\0';
    }
}

static size_t on_header(char *bytes, size_t size, size_t count, void *argument)
{
    struct http_call *call = argument;
    keep_header(call->after, "retry-after:", bytes, size * count);
    keep_header(call->date, "date:", bytes, size * count);
    return size * count;
}

static void only_http(CURL *easy)
{
#if LIBCURL_VERSION_NUM >= 0x075500
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS,
                     (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

/* A proxy that is set is used always; the environment's is not asked for this
 * very machine. */
static void choose_proxy(const struct http *http, CURL *easy)
{
    if (http->config->proxy != NULL) {
        curl_easy_setopt(easy, CURLOPT_PROXY, http->config->proxy);
        curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    } else if (http->loopback) {
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
    }
}

/* What never changes about a call. */
static CURL *make_easy(const struct http *http, struct http_call *call)
{
    const struct config *config = http->config;
    CURL *easy = curl_easy_init();
    if (easy == NULL)
        return NULL;
    only_http(easy);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->trouble);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "fastsync/" FASTSYNC_VERSION);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, (long)UPLOAD_BUFFER);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)config->timeout);
    tls_apply(&http->tls, easy);
    choose_proxy(http, easy);
    if (call->facts != NULL)
        facts_wanted(easy, call->facts);
    return easy;
}

/* An answer is over: one that may hold a token leaves nothing behind. */
static void drop_answer(struct http_call *call)
{
    if (call->exchange.secret)
        buf_wipe(&call->answer);
    else
        buf_clear(&call->answer);
}

static void drop_headers(struct http_call *call)
{
    struct curl_slist *list = call->headers;
    for (struct curl_slist *at = list; at != NULL; at = at->next)
        mem_wipe(at->data, strlen(at->data));
    curl_slist_free_all(list);
    call->headers = NULL;
}

static bool add_header(struct http_call *call, const char *line)
{
    struct curl_slist *longer = curl_slist_append(call->headers, line);
    if (longer != NULL)
        call->headers = longer;
    return longer != NULL;
}

static bool add_headers(struct http_call *call, const struct auth *auth)
{
    bool good = add_header(call, "Content-Type: application/json") &&
                add_header(call, "Accept: application/json") &&
                add_header(call, "Expect:"); /* no wait for a 100 */
    if (good && auth != NULL) {
        struct buf line = {0};
        auth_header(auth, &line);
        good = add_header(call, buf_text(&line));
        buf_wipe(&line);
    }
    return good;
}

static void set_url(const struct http *http, CURL *easy, const char *path)
{
    char *url = mem_format("%s%s", http->config->url, path);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    free(url);
}

/* Takes a call out of those on their way, if it is among them. */
static void take_off(struct http *http, const struct http_call *call)
{
    struct http_call **at = &http->flying;
    while (*at != NULL && *at != call)
        at = &(*at)->beside;
    if (*at != NULL)
        *at = (*at)->beside;
}

bool http_start(struct http *http, struct http_call *call, const char *path,
                const struct buf *body, const struct auth *auth,
                unsigned records, struct err *err)
{
    if (call->easy == NULL)
        call->easy = make_easy(http, call);
    if (call->easy == NULL || !add_headers(call, auth))
        return err_set(err, EXIT_FAULT, "libcurl is out of memory");
    drop_answer(call);
    call->trouble[0] = call->after[0] = call->date[0] = '\0';
    call->exchange =
        (struct exchange){.records = records, .secret = auth == NULL};
    call->overflow = false;
    CURL *easy = call->easy;
    set_url(http, easy, path);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, call->headers);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->len);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->at);
    CURLMcode code = curl_multi_add_handle(http->multi, easy);
    if (code != CURLM_OK)
        return err_set(err, EXIT_FAULT, "libcurl: %s",
                       curl_multi_strerror(code));
    call->until = clock_now() + (double)http->config->timeout + grace;
    call->beside = http->flying;
    http->flying = call;
    if (http_turn(http, 0, err))
        return true;
    take_off(http, call);
    curl_multi_remove_handle(http->multi, easy);
    return false;
}

/* Takes down how a call ended. */
static void finish(struct http *http, CURL *easy, CURLcode result)
{
    struct http_call *call;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
    scrub_userinfo(call->trouble); /* libcurl shows a whole proxy's URL */
    call->exchange.trouble = call->trouble;
    call->exchange.body = call->answer.at;
    call->exchange.len = call->answer.len;
    facts_outcome(easy, (int)result, &call->exchange);
    if (call->facts != NULL)
        facts_take(easy, call->facts);
    curl_multi_remove_handle(http->multi, easy);
    take_off(http, call);
    drop_headers(call);
    call->next = NULL;
    *http->over_end = call;
    http->over_end = &call->next;
}

/* libcurl keeps the time-out; but some versions let a call that waits for a
 * connection wait for ever when that one breaks. */
static void break_off_late(struct http *http)
{
    double now = http->flying ? clock_now() : 0;
    struct http_call *call = http->flying;
    while (call != NULL) {
        struct http_call *beside = call->beside;
        if (now > call->until)
            finish(http, call->easy, CURLE_OPERATION_TIMEDOUT);
        call = beside;
    }
}

static bool perform(struct http *http, struct err *err)
{
    int left;
    CURLMcode code = curl_multi_perform(http->multi, &left);
    if (code != CURLM_OK)
        return err_set(err, EXIT_FAULT, "libcurl: %s",
                       curl_multi_strerror(code));
    CURLMsg *message;
    while ((message = curl_multi_info_read(http->multi, &left)) != NULL)
        if (message->msg == CURLMSG_DONE)
            finish(http, message->easy_handle, message->data.result);
    break_off_late(http);
    return true;
}

bool http_turn(struct http *http, double seconds, struct err *err)
{
    if (!perform(http, err))
        return false;
    if (seconds <= 0 || http->over != NULL)
        return true;
    int ms = seconds < 3600 ? (int)(seconds * 1000) + 1 : 3600 * 1000;
    CURLMcode code = curl_multi_poll(http->multi, NULL, 0, ms, NULL);
    if (code != CURLM_OK)
        return err_set(err, EXIT_FAULT, "libcurl: %s",
                       curl_multi_strerror(code));
    return perform(http, err);
}

struct http_call *http_next(struct http *http)
{
    struct http_call *call = http->over;
    if (call == NULL)
        return NULL;
    http->over = call->next;
    if (http->over == NULL)
        http->over_end = &http->over;
    return call;
}

void http_return(struct http *http, struct http_call *calls)
{
    if (calls == NULL)
        return;
    struct http_call *last = calls;
    while (last->next != NULL)
        last = last->next;
    last->next = http->over;
    if (http->over == NULL)
        http->over_end = &last->next;
    http->over = calls;
}

void http_wake(struct http *http)
{
    curl_multi_wakeup(http->multi);
}

/* Takes a call out of those that are over. */
static void forget(struct http *http, const struct http_call *call)
{
    struct http_call **at = &http->over;
    while (*at != NULL && *at != call)
        at = &(*at)->next;
    if (*at != NULL)
        *at = (*at)->next;
    while (*at != NULL)
        at = &(*at)->next;
    http->over_end = at;
}

void http_call_release(struct http *http, struct http_call *call)
{
    if (http == NULL)
        return;
    forget(http, call);
    take_off(http, call);
    if (call->easy != NULL) {
        curl_multi_remove_handle(http->multi, call->easy);
        curl_easy_cleanup(call->easy);
    }
    drop_headers(call);
    drop_answer(call);
    buf_release(&call->answer);
    *call = (struct http_call){0};
}
