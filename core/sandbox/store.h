/* store.h: what a sandbox keeps, in SQLite: records by form and key, and every
 * request with its outcome.
 *
 * store_begin takes the store for one thread and opens a transaction; all else
 * is called between it and store_end. Failures are EXIT_FAULT. */
#ifndef FASTSYNC_SANDBOX_STORE_H
#define FASTSYNC_SANDBOX_STORE_H

#include <stdbool.h>

#include "sandbox.h"

struct store;

struct store *store_open(const char *file, struct err *err); /* NULL: memory */
void store_close(struct store *store); /* NULL is allowed */

bool store_begin(struct store *store, struct err *err);
/* Ends the transaction, with what was written or without it. */
bool store_end(struct store *store, bool keep, struct err *err);

/* Merges a record's JSON with what is there under its key: fields that it
 * leaves out keep what they hold. `request` is the number of the request that
 * it came with: the record's row says which one stored it last (`request`) and
 * how many have stored it (`stored`). */
bool store_put(struct store *store, const char *form, const char *key,
               size_t key_len, const char *json, size_t json_len,
               uint64_t request, struct err *err);

/* A request, to be written down; texts may be NULL. */
struct store_request {
    const char *path;
    const char *form;
    const char *fkey;
    const char *fault;        /* that was played, or NULL */
    const struct buf *answer; /* kept for repetitions; NULL: do not */
    uint64_t hash[2];         /* of the body; 0 where it holds a secret */
    uint64_t records;
    uint64_t repeats; /* number of the request that this one repeats, or 0 */
    int code;         /* of the answer; 0: it was not processed */
};

bool store_log(struct store *store, const struct store_request *request,
               struct err *err);
/* The number that store_log will give the next request. */
uint64_t store_next(struct store *store);
/* Was this body answered before? True: `first` is what was written down, and
 * `answer` has that answer appended. Its texts are not filled. */
bool store_repeated(struct store *store, const uint64_t hash[2],
                    struct store_request *first, struct buf *answer);

/* The records with this Id, or all changed in these days. */
struct store_query {
    const char *form;
    const char *id; /* NULL: any */
    size_t id_len;
    const char *from, *to; /* YYYY-MM-DD; "": open */
};

/* Appends their JSON with ',' between. */
bool store_get(struct store *store, const struct store_query *query,
               struct buf *out, uint64_t *count, struct err *err);

struct sandbox_counts store_counts(struct store *store);

/* Rows for people: records by key (form, key, changed, JSON), requests newest
 * first (number, time, path, form, records, code, fkey, repeats,
 * fault). The cells live for the call. */
typedef void store_visit(void *out, const char *const *cells);
void store_records(struct store *store, unsigned max, store_visit *visit,
                   void *out);
void store_requests(struct store *store, unsigned max, store_visit *visit,
                    void *out);

#endif
