/* http.c: one curl multi handle, and the calls on their way and over.
 *
 * Calls that are over stand in a list in the order they ended, so that
 * somebody who waits for one of them can put the others back as they were. */
#include "http.h"

#include <curl/curl.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/mem.h"
#include "call.h"

static const double grace = 5; /* seconds after the time-out */

struct http {
    struct http_options options;
    CURLM *multi;
    struct tls tls;
    struct http_call *over, **over_end; /* by `next` */
    struct http_call *flying;           /* by `beside` */
};

static bool open_multi(struct http *http, struct err *err)
{
    http->multi = curl_multi_init();
    if (http->multi == NULL)
        return err_set(err, EXIT_FAULT, "libcurl cannot be used");
    curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS,
                      (long)http->options.connections);
    return true;
}

struct http *http_new(const struct http_options *options, struct err *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        err_set(err, EXIT_FAULT, "libcurl cannot be used");
        return NULL;
    }
    struct http *http = mem_zero(1, sizeof *http);
    http->options = *options;
    http->over_end = &http->over;
    if (tls_open(&http->tls, &options->tls, err) && open_multi(http, err))
        return http;
    http_free(http);
    return NULL;
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

static bool failed(CURLMcode code, struct err *err)
{
    return err_set(err, EXIT_FAULT, "libcurl: %s", curl_multi_strerror(code));
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

bool http_start(struct http *http, struct http_call *call,
                const struct http_request *request, struct err *err)
{
    if (!call_prepare(call, &http->options, &http->tls, request))
        return err_set(err, EXIT_FAULT, "libcurl is out of memory");
    CURLMcode code = curl_multi_add_handle(http->multi, call->easy);
    if (code != CURLM_OK)
        return failed(code, err);
    call->until = clock_now() + (double)http->options.timeout + grace;
    call->beside = http->flying;
    http->flying = call;
    if (http_turn(http, 0, err))
        return true;
    take_off(http, call);
    curl_multi_remove_handle(http->multi, call->easy);
    return false;
}

/* A call has ended: it goes to those that are over. */
static void finish(struct http *http, CURL *easy, CURLcode result)
{
    struct http_call *call;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &call);
    call_end(call, (int)result);
    curl_multi_remove_handle(http->multi, easy);
    take_off(http, call);
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
        return failed(code, err);
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
        return failed(code, err);
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
    if (call->easy != NULL)
        curl_multi_remove_handle(http->multi, call->easy);
    call_release(call);
}
