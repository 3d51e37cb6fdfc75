/* probe.h: one look at the way to the server: the token's request, and one
 * that reads a customer that is not there. Nothing is sent to be stored, and
 * nothing is tried again. For `fastsync doctor`. One thread. */
#ifndef FASTSYNC_PROBE_H
#define FASTSYNC_PROBE_H

#include <stdbool.h>
#include <time.h>

#include "auth.h"
#include "base/buf.h"
#include "base/err.h"
#include "net/http.h"
#include "reply.h"

struct config;

struct probe {
    const struct config *config; /* borrowed */
    struct http *http;
    struct auth auth;
    struct http_call call;   /* the last one */
    struct http_facts facts; /* of the connection */
    struct reply reply;      /* what the last answer means */
    bool granted;            /* it held a token */
    time_t at;               /* when it came */
};

/* The configuration must be one that config_connect has accepted. */
bool probe_open(struct probe *probe, const struct config *config,
                struct err *err);
void probe_close(struct probe *probe); /* of a zeroed one as well */

/* Each fills call, facts and reply, whatever the answer is; false only where
 * nothing can be asked at all. */
bool probe_token(struct probe *probe, struct err *err);
bool probe_read(struct probe *probe, const char *form, struct err *err);

/* Appends the addresses of the URL's host, as this machine knows them; false
 * where it knows none. */
bool probe_addresses(const char *url, struct buf *out);

#endif
