/* fast.h: what the sandbox's own files share: a request and an answer without
 * HTTP's machinery, and what answers depend on.
 *
 * From below: members.c and check.c read bodies; token.c hands out tokens,
 * store.c keeps things, page.c and table.c show them; answer.c makes what all
 * answers have, sync.c and get.c the calls', play.c does what fault.c has
 * drawn; api.c turns a request into an answer; send.c sends it or breaks it
 * off; server.c carries HTTP and owns the threads. */
#ifndef FASTSYNC_SANDBOX_FAST_H
#define FASTSYNC_SANDBOX_FAST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "fault.h"
#include "store.h"
#include "token.h"

/* Codes of Fast's documentation, as they stand in a body; where a code is one
 * of HTTP's as well, answer.c says whether the status shows it. */
enum fast_code {
    FAST_OK = 200,
    FAST_NO_FORM = 201,
    FAST_NO_DATA = 202,
    FAST_INVALID = 400,
    FAST_NO_TOKEN = 401,
    FAST_NO_RIGHT = 403,
    FAST_NOT_FOUND = 404,
    FAST_BAD_METHOD = 405,
    FAST_TOO_LARGE = 413,
    FAST_BROKEN = 500,
    FAST_STRUCTURE = 601,
};

/* What answers depend on; immutable but for what locks itself. */
struct fast {
    char *username, *password, *deny;
    unsigned max_batch;
    struct tokens tokens;
    struct fault_dice faults;
    struct store *store;
};

/* A request as api.c sees it; borrowed. */
struct fast_request {
    const char *method;        /* "POST" */
    const char *path;          /* "/api/SyncData" */
    const char *authorization; /* the header, or NULL */
    const char *body;
    size_t len;
    const struct fault_draw *fault; /* its fault, or NULL */
};

struct fast_answer {
    unsigned status;      /* of HTTP */
    bool page;            /* HTML for people: no latency */
    enum fault_end end;   /* how it is sent, if at all */
    char retry_after[32]; /* the header's value; "": none */
    struct buf body;
};

#endif
