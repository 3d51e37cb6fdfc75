/* exchange.h: what came back of one HTTP request, and what was learned of the
 * connection on the way: plain values, for whoever decides what they mean.
 * Texts are borrowed from the call, until it starts again. */
#ifndef FASTSYNC_NET_EXCHANGE_H
#define FASTSYNC_NET_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

struct exchange {
    int transport;        /* a CURLcode; 0: a whole answer came */
    const char *trouble;  /* curl's text about it, or NULL */
    bool sent;            /* the request had begun to go out */
    bool secret;          /* the answer may hold a secret: it is not shown */
    bool overflow;        /* the answer was too long, and was broken off */
    bool proxy_untrusted; /* the certificate that is refused is the proxy's */
    long tunnel; /* a proxy's HTTP status in the server's place, or 0 */
    long status; /* HTTP; 0: none came */
    const char *redirect; /* where a 3xx points, or NULL */
    const char *body;
    size_t len;
};

/* As far as libcurl says it. */
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

#endif
