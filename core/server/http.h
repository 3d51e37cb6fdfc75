/* http.h: requests in flight: the curl multi loop.
 *
 * A call is one request and its answer; it belongs to its user, is started,
 * comes back from http_next when it is over, and may then be started again.
 * Connections are kept and shared between calls. The body is sent from where
 * it stands and must not change until the call is over. Certificates are
 * always verified, redirects never followed. One thread, but for http_wake. */
#ifndef FASTSYNC_HTTP_H
#define FASTSYNC_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "auth.h"
#include "base/buf.h"
#include "base/err.h"
#include "reply.h"

struct config;
struct http;

struct http_call {
    void *easy;               /* curl's; NULL before the first start */
    void *headers;            /* of the request on its way */
    struct buf answer;        /* its body */
    size_t answer_most;       /* bytes of an answer at most; 0: 1 MiB */
    bool overflow;            /* it had more, and was broken off */
    char trouble[256];        /* curl's text */
    char after[64];           /* the Retry-After header, "" where none */
    char date[64];            /* the Date header */
    struct http_facts *facts; /* filled where given; the user's own */
    struct exchange exchange; /* filled when it is over */
    void *owner;              /* the user's own */
    double until;             /* when it is broken off */
    struct http_call *beside; /* among those on their way */
    struct http_call *next;   /* among those that are over */
};

/* What is learned of the connection on the way, as far as libcurl says it. */
struct http_facts {
    char proxy[64];   /* the variable that names the proxy, "" where none */
    char tls[128];    /* "TLSv1.3 / TLS_AES_256_GCM_SHA384" */
    char address[64]; /* that was connected to */
    long port;
    double connected, secured, answered; /* seconds from the start; 0: not */
    int version;                         /* 10, 11, 20, 30: of HTTP; 0: ? */
    char subject[160], issuer[160];      /* of the server's certificate */
    time_t until;                        /* its end; -1: not known */
};

struct http *http_new(const struct config *config, struct err *err);
void http_free(struct http *http); /* NULL is allowed; calls come first */

/* Sends `body` to the server's `path` ("/api/SyncData"), with the token's
 * header where `auth` is given; without it the answer may hold a secret.
 * `records` goes into the exchange. */
bool http_start(struct http *http, struct http_call *call, const char *path,
                const struct buf *body, const struct auth *auth,
                unsigned records, struct err *err);
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
