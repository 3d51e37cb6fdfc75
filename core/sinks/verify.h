/* verify.h: the sink that reads back: is what the server accepted what it
 * holds now?
 *
 * The journal keeps a hash of each accepted record and not the record, so the
 * inputs are mapped again: a record whose hash is the accepted one is compared
 * with what the server gives back, field by field; any other is counted only.
 * Accepted keys that the inputs hold no longer must still be on the server.
 * Sends nothing but GetData. At most 80 bytes a key, whatever the inputs'
 * size (and what last.h says). Sender's thread. */
#ifndef FASTSYNC_VERIFY_H
#define FASTSYNC_VERIFY_H

#include "compare.h"
#include "config/config.h"
#include "deliver/last.h"
#include "script/script.h"
#include "sink.h"

struct view;

/* Something that is not as it was sent. The texts live for the call. */
struct finding {
    const char *key; /* as the record spells it */
    size_t key_len;
    const struct difference *difference; /* NULL: there is no such record */
    const char *reason;                  /* what the server said, or NULL */
};

typedef void verify_visit(void *owner, const struct finding *finding);

/* All borrowed until the sink is freed. */
struct verify_options {
    const struct config *config; /* one that config_connect has accepted */
    const struct mapping *mapping;
    struct last *last;   /* duplicates = "last", its first pass done before */
                         /* rows come; or NULL */
    struct view *view;   /* of the journal; NULL: there is none */
    uint64_t sample;     /* compare so many only; 0: all */
    bool each;           /* ask for one record at a time */
    verify_visit *visit; /* in the order of the input */
    void *owner;
};

/* In records. */
struct verify_counts {
    uint64_t same, differing, missing; /* accepted, and compared */
    uint64_t unread;                   /* asked for, and refused */
    uint64_t left_out;                 /* accepted, and not in the sample */
    uint64_t changed;                  /* other content than was accepted */
    uint64_t unaccepted;
    uint64_t pending;      /* in the outbox */
    uint64_t gone;         /* accepted, and no longer in the inputs */
    uint64_t gone_missing; /* of these, no longer on the server */
    uint64_t gone_unread;  /* of these, asked for, and refused */
    uint64_t rejected;     /* rows that are no record */
};

/* NULL: err. EXIT_USAGE: the form cannot be read back. Later: EXIT_RIGHTS,
 * EXIT_USAGE, EXIT_PENDING as session_ask; EXIT_BUSY when differences may be
 * those of a run that has begun meanwhile. */
struct sink *verify_new(const struct verify_options *options, struct err *err);
const struct verify_counts *verify_counts(const struct sink *sink);
/* What it asked of the server. */
const struct ledger *verify_requests(const struct sink *sink);

#endif
