/* batch.h: records put together into the body of one request.
 *
 *     {"form":"setCustomer","data":[record,record,…]}
 *
 * A body takes the records in their order until the next one would pass the
 * limit of records or of bytes; so its bytes depend on the input and the
 * script alone. A batch keeps beside the body what is needed to write down
 * each record's outcome: key and hashes for the journal, the source row for
 * rejects.csv, as the chunk they came from is used again. Where a batch is
 * refused its records go in parts, each of them a body of its own, of
 * neighbours. Batches are cleared and used again themselves: a warm one
 * allocates nothing. One owner. */
#ifndef FASTSYNC_BATCH_H
#define FASTSYNC_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "isolate.h"
#include "record.h"

struct batch_limits {
    const char *form; /* borrowed */
    uint64_t records, bytes;
    size_t frame; /* bytes of a body without any record */
};

void batch_limits(struct batch_limits *limits, const char *form,
                  uint64_t records, uint64_t bytes);

/* Whether a body with `count` records in `len` bytes takes one more of
 * `json_len`; an empty one takes any. */
static inline bool batch_fits(const struct batch_limits *limits, uint64_t count,
                              size_t len, size_t json_len)
{
    return count == 0 ||
           (count < limits->records && len + 1 + json_len <= limits->bytes);
}

/* The start of a body (of `frame` bytes less its end) and its end. */
void batch_begin(const struct batch_limits *limits, struct buf *body);
void batch_end(struct buf *body);
/* Makes the bytes of a complete body new to a server that drops what it has
 * seen before, by white space in front of the last brace: it changes no record.
 * Another salt, other bytes; 0: none. */
void batch_salt(struct buf *body, uint64_t salt);
enum { BATCH_END = 2 }; /* bytes that batch_end adds */

struct batch_entry {
    uint64_t key_hash[2], content;
    struct place place;
    const struct input *input; /* borrowed */
    size_t key, source;        /* in batch->texts */
    uint32_t key_len, source_len;
    uint32_t json, json_len; /* in batch->body */
};

struct batch {
    const struct batch_limits *limits; /* borrowed */
    struct buf body;                   /* complete after batch_close */
    struct buf texts;
    struct batch_entry *entries;
    uint32_t count, cap;
    struct isolation part; /* what goes into a request; after batch_close */
    struct buf part_body;  /* made by batch_request */
    int64_t posted;        /* its number in the journal's outbox, 0: none */
    uint64_t salt;         /* batch_salt's; 0: none */
    uint64_t sent;         /* hash of the body that was sent last, or 0 */
    uint64_t unsafe;       /* journal_sync's: safe after so many syncs */
    bool resumed;          /* an earlier run has left it there */
    bool again;            /* holds a key that an earlier batch holds */
    uint32_t failures;     /* answers to the part's bytes that say no more than
                            * that the server failed (deliver/failing.h) */
    int64_t failing_since; /* the first of them, seconds since 1970; 0: none */
    bool unknown;          /* of a request nobody knows what became */
    bool tried;            /* one of its records was stored by a trial */
    struct batch *next;    /* in a list of its owner */
};

struct batch *batch_new(const struct batch_limits *limits);
void batch_free(struct batch *batch); /* NULL is allowed */
void batch_clear(struct batch *batch);
/* Room for so many entries. */
void batch_reserve(struct batch *batch, uint32_t count);
bool batch_takes(const struct batch *batch, const struct record *record);
/* Adds a record of `chunk`; the caller has asked batch_takes. */
void batch_add(struct batch *batch, const struct chunk *chunk,
               const struct record *record);
void batch_close(struct batch *batch);
/* The body of batch->part, to be sent as it is; borrowed until the next part.
 * The same part and salt have the same bytes whichever process makes it. */
const struct buf *batch_request(struct batch *batch);
/* Fills `out` with a body of that record alone, whatever the part is. */
void batch_lone(const struct batch *batch, uint32_t index, uint64_t salt,
                struct buf *out);
bool batch_holds(const struct batch *batch, const uint64_t key[2]);
/* Whether the two have a key in common. */
bool batch_meets(const struct batch *batch, const struct batch *other);

#endif
