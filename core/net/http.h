/* http.h: HTTP requests in flight: the curl multi loop. It knows no server.
 *
 * A call is one request and its answer; it belongs to its user, is started,
 * comes back from http_next when it is over, and may then be started again.
 * Connections are kept and shared between calls. The body is sent from where
 * it stands and must not change until the call is over. Certificates are
 * always verified, redirects never followed. No packed answer is asked for, but
 * one that comes (gzip, deflate) is unpacked. One thread, but for http_wake.
 */
#ifndef FASTSYNC_NET_HTTP_H
#define FASTSYNC_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "exchange.h"
#include "tls.h"

struct http;
struct spill;

/* The texts are borrowed for as long as the http lives. */
struct http_options {
    const char *proxy;    /* its URL; "": none; NULL: the environment's */
    unsigned timeout;     /* seconds for a whole call */
    unsigned connections; /* that are kept open */
    struct tls_options tls;
};

/* One request. All is borrowed for http_start, but the body for the call. */
struct http_request {
    const char *url;
    const char *method;         /* NULL: GET, or with a body POST */
    const struct buf *body;     /* that is sent; or NULL */
    const char *const *headers; /* lines, up to a NULL */
    bool secret; /* the answer may hold one: it is wiped, and not shown */
};

struct http_call {
    void *easy;          /* curl's; NULL before the first start */
    void *headers;       /* of the request on its way */
    struct buf answer;   /* its body */
    struct spill *spill; /* takes an answer that is large; NULL: none is */
    size_t answer_max;   /* bytes of an answer, unpacked; 0: 1 MiB */
    bool raw; /* answers come as they are, as one could not be unpacked */
    struct buf *heads; /* takes the last answer's header lines, at most 64 KiB
                          of them; NULL: nobody wants them */
    size_t headed;     /* bytes of header lines so far */
    char trouble[256]; /* curl's text */
    char after[64];    /* the Retry-After header, "" where none */
    char date[64];     /* the Date header */
    struct http_facts *facts; /* filled where given; the user's own */
    struct exchange exchange; /* filled when it is over */
    void *owner;              /* the user's own */
    double until;             /* when it is broken off */
    struct http_call *beside; /* among those on their way */
    struct http_call *next;   /* among those that are over */
};

/* NULL: err. EXIT_USAGE for what the TLS options name. */
struct http *http_new(const struct http_options *options, struct err *err);
void http_free(struct http *http); /* NULL is allowed; calls come first */

bool http_start(struct http *http, struct http_call *call,
                const struct http_request *request, struct err *err);
/* Lets all calls go on; waits for one of them, for http_wake, or for
 * `seconds` to pass (0: not at all). */
bool http_turn(struct http *http, double seconds, struct err *err);
/* A call that is over, or NULL. */
struct http_call *http_next(struct http *http);
/* Puts calls that were taken, a list by `next`, back in front. */
void http_return(struct http *http, struct http_call *calls);
void http_wake(struct http *http);
/* Breaks it off if it is on its way; frees what it holds. `http` may be NULL
 * where it was never started. */
void http_call_release(struct http *http, struct http_call *call);

#endif
