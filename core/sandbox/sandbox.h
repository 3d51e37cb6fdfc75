/* sandbox.h: a local Fast server, to rehearse without credentials.
 *
 * It serves getToken, SyncData and GetData as Fast's documentation says, checks
 * requests by the form tables with its own reading of them, keeps customers
 * and requests in SQLite, answers a SyncData body that it has seen before as
 * it did the first time, plays faults (fault.h), and shows all it has as a page
 * on `/`. It runs in threads of its own; every function here may be called from
 * any thread between start and stop. forms_load comes first. */
#ifndef FASTSYNC_SANDBOX_SANDBOX_H
#define FASTSYNC_SANDBOX_SANDBOX_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "fault.h"

enum { SANDBOX_TOKEN_TTL = 24 * 60 * 60 };
#define SANDBOX_LISTEN   "127.0.0.1:8787"
#define SANDBOX_USER     "sandbox"
#define SANDBOX_PASSWORD "sandbox"

/* All borrowed for the time of sandbox_start. Zero is a private sandbox on a
 * free port with everything at its default. */
struct sandbox_options {
    const char *listen;   /* "127.0.0.1:8787"; NULL: loopback, any free port */
    const char *file;     /* the SQLite file; NULL: in memory */
    const char *username; /* NULL: SANDBOX_USER, SANDBOX_PASSWORD */
    const char *password;
    const char *deny;   /* answer 403 for this form, or NULL */
    unsigned latency;   /* milliseconds before each answer of the API */
    unsigned token_ttl; /* seconds a token lives; 0: SANDBOX_TOKEN_TTL */
    unsigned max_batch; /* records a request; more is 413; 0: no limit */
    uint64_t seed;      /* of tokens and faults; 0: unpredictable ones */
    const struct sandbox_fault *faults;
    unsigned fault_count;
};

struct sandbox_counts {
    uint64_t customers;  /* stored, of all forms */
    uint64_t requests;   /* SyncData requests that came in */
    uint64_t duplicates; /* of these, answered as an earlier one was */
    uint64_t refused;    /* of these, refused as the documentation says */
    uint64_t faults;     /* played, in requests of any call */
};

struct sandbox;

/* EXIT_USAGE: the address, the file or the faults cannot be used. */
struct sandbox *sandbox_start(const struct sandbox_options *options,
                              struct err *err);
/* Ends its threads, waiting for answers under way (not for latency, nor for
 * who hangs). NULL is allowed. */
void sandbox_stop(struct sandbox *sandbox);

const char *sandbox_url(const struct sandbox *sandbox); /* no final slash */
const char *sandbox_username(const struct sandbox *sandbox);
const char *sandbox_password(const struct sandbox *sandbox);
struct sandbox_counts sandbox_counts(struct sandbox *sandbox);
/* Number of records stored. */
uint64_t sandbox_customers(struct sandbox *sandbox);
/* Appends the first `max` customers, in the order of their codes, as a table
 * for people. */
void sandbox_table(struct sandbox *sandbox, unsigned max, struct buf *out);

#endif
