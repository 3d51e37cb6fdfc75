/* discard.h: pending records taken out of the outbox by hand. Each leaves it
 * as a rejected one does: its row goes into the rejects file, and it is due
 * again when it comes again, as nobody knows what the server holds. One thread.
 */
#ifndef FASTSYNC_DELIVER_DISCARD_H
#define FASTSYNC_DELIVER_DISCARD_H

#include "batch/pool.h"
#include "journal/journal.h"
#include "journal/seen.h"
#include "rejects/rejects.h"

enum { DISCARD_NAMED = 5, DISCARD_KEY = 64 };

/* What is to be discarded, and what was found of it. */
struct discard {
    struct journal *journal; /* borrowed, of one form and server */
    struct batch_pool *pool; /* borrowed */
    const char *const *keys; /* borrowed; as records spell them */
    unsigned key_count;      /* 0: all that is pending */
    bool *met;               /* borrowed; set for each key that is pending */

    uint64_t pending;  /* records in all */
    uint64_t records;  /* to be discarded */
    uint64_t unsure;   /* of them, those that the server may hold */
    uint64_t which;    /* differs where other records are to be */
    uint64_t older;    /* of them, those whose key is pending again: of a key */
                       /* the last version has its row */
    struct seen *last; /* what is known of each; the caller's, empty at first */
    char names[DISCARD_NAMED][DISCARD_KEY]; /* the first ones, cut */
};

/* Fills in what is found; changes nothing. */
bool discard_look(struct discard *discard, struct err *err);
/* Takes them out; the caller finishes the rejects. */
bool discard_all(struct discard *discard, struct rejects *rejects,
                 struct err *err);

#endif
