/* deduplicate.h: what becomes of each mapped record before anything is sent:
 * new, unchanged, a duplicate, superseded by a later one (last.h), or a
 * conflict with an earlier one.
 *
 * Run and check do it by the same code, and so the same records make the same
 * batches. It writes chunks' rejects and conflicts to the rejects file, in the
 * order of the rows, and keeps the ledger; a record that is to be sent counts
 * as pending until its outcome is known. Sender's thread. */
#ifndef FASTSYNC_DELIVER_DEDUPLICATE_H
#define FASTSYNC_DELIVER_DEDUPLICATE_H

#include <stdbool.h>

#include "base/err.h"
#include "corrected.h"
#include "earlier.h"
#include "journal/seen.h"
#include "last.h"
#include "ledger.h"
#include "met.h"
#include "record.h"
#include "rejects/rejects.h"
#include "script/script.h"

struct config;

struct deduplicator {
    struct seen *seen;
    struct rejects *rejects; /* borrowed, as the rest */
    struct ledger *ledger;
    const struct form *form;
    unsigned key;         /* the mapping's, in the form */
    const char *key_name; /* of that field: for "same CustomerCode" */
    const char *own_name; /* of the form's own key */
    const char *own_wire;
    struct seen *own;  /* those, where the mapping names another; or NULL */
    struct last *last; /* duplicates = "last"; or NULL */
    struct corrections corrections;
    struct met inputs;
    struct earlier earlier; /* what the run's first records said */
};

void deduplicator_init(struct deduplicator *deduplicator,
                       const struct mapping *mapping, struct last *last,
                       struct rejects *rejects, struct ledger *ledger);
/* Whose keys are known: for rows of rejects files (corrected.h). `state` and
 * the configuration are borrowed. */
void deduplicator_ask(struct deduplicator *deduplicator, const char *state,
                      const struct config *config);
void deduplicator_release(struct deduplicator *deduplicator);

/* A chunk on its way through. */
struct pass {
    struct deduplicator *of;
    const struct chunk *chunk;
    uint32_t at;      /* the next record */
    uint32_t rejects; /* written so far */
    unsigned input;
};

/* False: the chunk is not to be taken; pass_end counts it all the same. */
bool pass_begin(struct pass *pass, struct deduplicator *deduplicator,
                const struct chunk *chunk, struct err *err);
/* The next record that is to be sent: no key comes twice. */
enum step pass_next(struct pass *pass, const struct record **record,
                    struct err *err);
/* The chunk's remaining rejects are written. Where not all its records were
 * taken (a failure; `good` is false) the others are counted all the same, as
 * pending. False if it was, or if that fails. */
bool pass_end(struct pass *pass, bool good, struct err *err);

#endif
