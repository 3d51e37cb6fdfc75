/* call.c: an easy handle is made once, with everything that never changes, and
 * keeps its connection's warmth; a request sets the URL, the body and the
 * headers. Bodies go out through a large buffer, so that one write takes most
 * of a batch.
 *
 * Headers may hold a token, and so may an answer: both are overwritten when
 * they are done with, and an answer that may hold one never grows in place. */
#include "call.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "facts.h"
#include "scrub.h"
#include "spill.h"

enum {
    UPLOAD_BUFFER = 256 * 1024,
    ANSWER_MAX = 1024 * 1024,
    CONNECT_MS = 15000,
    HEADED_MAX = 1024 * 1024, /* bytes of headers, of all of an answer's */
};

/* Room for more of a secret answer: growing in place would leave a copy that
 * nobody wipes. */
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

/* What is packed so well that it was packed for that is broken off. */
static bool is_bomb(const struct http_call *call, uint64_t whole)
{
    curl_off_t come = 0;
    if (call->spill == NULL || whole <= SPILL_AT)
        return false;
    curl_easy_getinfo(call->easy, CURLINFO_SIZE_DOWNLOAD_T, &come);
    call->spill->bomb = whole / SPILL_RATIO > (uint64_t)come;
    return call->spill->bomb;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *argument)
{
    struct http_call *call = argument;
    size_t len = size * count;
    uint64_t max = call->answer_max ? call->answer_max : ANSWER_MAX;
    uint64_t whole =
        call->answer.len + (call->spill ? call->spill->len : 0) + len;
    if (whole > max || is_bomb(call, whole)) {
        call->exchange.overflow = true;
        return 0; /* curl breaks off */
    }
    if (call->spill != NULL)
        return spill_add(call->spill, &call->answer, bytes, len) ? len : 0;
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

static void keep_line(struct buf *heads, const char *bytes, size_t len)
{
    enum { HEADS_MAX = 64 * 1024 };
    if (len > 5 && memcmp(bytes, "HTTP/", 5) == 0)
        buf_clear(heads);
    if (len < HEADS_MAX - heads->len)
        buf_add(heads, bytes, len);
}

/* Headers come whole, a call each, whatever pieces the network makes. A status
 * line begins another answer: the one before was a proxy's, or only an
 * interim one. */
static size_t on_header(char *bytes, size_t size, size_t count, void *argument)
{
    struct http_call *call = argument;
    call->headed += size * count;
    if (call->headed > HEADED_MAX)
        return 0; /* curl breaks off */
    if (size * count > 5 && memcmp(bytes, "HTTP/", 5) == 0)
        call->after[0] = call->date[0] = '\0';
    if (call->heads != NULL)
        keep_line(call->heads, bytes, size * count);
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

/* A proxy that is set is used always, whatever no_proxy says. */
static void choose_proxy(CURL *easy, const char *proxy)
{
    if (proxy == NULL)
        return;
    curl_easy_setopt(easy, CURLOPT_PROXY, proxy);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
}

/* All of them are given the call; so it must not move once it has a handle. */
static void set_callbacks(CURL *easy, struct http_call *call)
{
    curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->trouble);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
    if (call->facts != NULL)
        facts_wanted(easy, call->facts);
}

/* What never changes about a call. */
static CURL *make_easy(struct http_call *call,
                       const struct http_options *options,
                       const struct tls *tls)
{
    CURL *easy = curl_easy_init();
    if (easy == NULL)
        return NULL;
    only_http(easy);
    /* Without signals, as there are other threads; HTTP/2 where TLS agrees on
     * it; and no redirect: a token must not follow to another server. */
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "fastsync/" FASTSYNC_VERSION);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, (long)UPLOAD_BUFFER);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)options->timeout);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    tls_apply(tls, easy);
    choose_proxy(easy, options->proxy);
    set_callbacks(easy, call);
    return easy;
}

/* A secret answer leaves nothing for the next one to write over. */
static void drop_answer(struct http_call *call)
{
    if (call->exchange.secret)
        buf_wipe(&call->answer);
    else
        buf_clear(&call->answer);
    if (call->spill != NULL)
        spill_clear(call->spill);
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

/* libcurl would ask first whether a large body is welcome, and wait a second
 * for servers that do not answer that. */
static bool add_headers(struct http_call *call,
                        const struct http_request *request)
{
    /* libcurl unpacks only where it may ask; so it may, and does not. */
    if (!add_header(call, "Accept-Encoding:"))
        return false;
    for (const char *const *line = request->headers; line && *line; line++)
        if (!add_header(call, *line))
            return false;
    return add_header(call, "Expect:"); /* no wait for a 100 */
}

static void set_body(CURL *easy, const struct buf *body, const char *method)
{
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    if (body == NULL) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->len);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body->at);
}

bool call_prepare(struct http_call *call, const struct http_options *options,
                  const struct tls *tls, const struct http_request *request)
{
    if (call->easy == NULL)
        call->easy = make_easy(call, options, tls);
    if (call->easy == NULL || !add_headers(call, request))
        return false;
    drop_answer(call);
    call->trouble[0] = call->after[0] = call->date[0] = '\0';
    call->headed = 0;
    call->exchange = (struct exchange){.secret = request->secret};
    curl_easy_setopt(call->easy, CURLOPT_URL, request->url);
    curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
    curl_easy_setopt(call->easy, CURLOPT_HTTP_CONTENT_DECODING,
                     call->raw ? 0L : 1L);
    set_body(call->easy, request->body, request->method);
    return true;
}

/* Some servers say that an answer is packed, or give a coding that is none,
 * where it is plain: the next one is taken as it comes. One that is packed
 * after all ends that. */
static void choose_raw(struct http_call *call, int result)
{
    const struct buf *answer = &call->answer;
    if (result == CURLE_BAD_CONTENT_ENCODING)
        call->raw = true;
    else if (answer->len > 1 && memcmp(answer->at, "\x1f\x8b", 2) == 0)
        call->raw = false;
}

void call_end(struct http_call *call, int result)
{
    struct exchange *exchange = &call->exchange;
    scrub_userinfo(call->trouble); /* libcurl shows a whole proxy's URL */
    exchange->trouble = call->trouble;
    exchange->body = call->answer.at;
    exchange->len = call->answer.len;
    if (call->spill != NULL && spill_bytes(call->spill) != NULL) {
        exchange->body = spill_bytes(call->spill);
        exchange->len = call->spill->len;
    }
    facts_outcome(call->easy, result, exchange);
    choose_raw(call, result);
    if (call->facts != NULL)
        facts_take(call->easy, call->facts);
    drop_headers(call);
}

void call_release(struct http_call *call)
{
    curl_easy_cleanup(call->easy);
    drop_headers(call);
    drop_answer(call);
    buf_release(&call->answer);
    *call = (struct http_call){0};
}
