/* seen.h: the keys this run has met, and what the journal accepted before.
 *
 * One open table for both questions that the sender asks of every record: did
 * this key come before in this run, and did the server accept this content
 * already? At most 40 bytes a key, whatever their number; it grows in small
 * parts so that growing needs no second copy. A key is known by 88 bits of its
 * hash: among ten million, two are the same by accident once in 10^13 runs.
 * Sender's thread. */
#ifndef FASTSYNC_SEEN_H
#define FASTSYNC_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "row.h"

struct seen;

enum seen_verdict {
    SEEN_NEW,       /* send it */
    SEEN_UNCHANGED, /* an earlier run's accepted content is the same */
    SEEN_DUPLICATE, /* the same key and content in this run */
    SEEN_CONFLICT,  /* the same key, other content, in this run */
};

struct seen *seen_new(void);
void seen_free(struct seen *seen); /* NULL is allowed */
/* So many keys more are likely to come: growing towards them can be saved. */
void seen_expect(struct seen *seen, uint64_t keys);
/* Remembers accepted content of an earlier run; later calls win. */
void seen_accept(struct seen *seen, const uint64_t key[2], uint64_t content);
/* Starts loading what seen_add will look at: call it some records ahead. */
void seen_prefetch(const struct seen *seen, const uint64_t key[2]);
/* A record of this run that has a key. */
struct seen_record {
    uint64_t content;
    struct place place; /* line and index are 0 where it is not known, */
    unsigned input;     /* and then this says nothing either */
};

/* Says what a record is, and remembers it; with SEEN_CONFLICT the first one
 * stays, and *earlier is that one. */
enum seen_verdict seen_add(struct seen *seen, const uint64_t key[2],
                           const struct seen_record *record,
                           struct seen_record *earlier);
/* Remembers a record in the place of whatever had its key. True: that was a
 * record of this run, *earlier. */
bool seen_replace(struct seen *seen, const uint64_t key[2],
                  const struct seen_record *record,
                  struct seen_record *earlier);
/* The record of this run that has the key; false: there is none. */
bool seen_record(const struct seen *seen, const uint64_t key[2],
                 struct seen_record *record);
/* What is known of a key: its content, and whether it came in this run; false:
 * nothing. */
bool seen_find(const struct seen *seen, const uint64_t key[2],
               uint64_t *content, bool *met);
/* True the first time this key is asked for. */
bool seen_first(struct seen *seen, const uint64_t key[2]);
size_t seen_count(const struct seen *seen);
size_t seen_bytes(const struct seen *seen);

#endif
