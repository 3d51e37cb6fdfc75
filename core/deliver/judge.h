/* judge.h: what becomes of each mapped record before anything is sent: new,
 * unchanged, a duplicate, or a conflict with an earlier one.
 *
 * Run and check judge by the same code, and so the same records make the same
 * batches. It writes chunks' rejects and conflicts to the rejects file, in
 * the order of the rows, and keeps the ledger; a record that is to be sent
 * counts as pending until its outcome is known. Sender's thread. */
#ifndef FASTSYNC_JUDGE_H
#define FASTSYNC_JUDGE_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger.h"
#include "record.h"
#include "rejects/rejects.h"
#include "script/script.h"
#include "seen.h"

struct judge {
    struct seen *seen;
    struct rejects *rejects; /* borrowed, as the rest */
    struct ledger *ledger;
    const char *key_name; /* of the field: for "same CustomerCode" */
    const char *own_name; /* of the form's own key */
    struct seen *own;     /* those, where the mapping names another; or NULL */
    bool supersede;       /* duplicates = "last" */

    const struct input **inputs; /* met so far, by their numbers */
    unsigned input_count;
};

void judge_init(struct judge *judge, const struct mapping *mapping,
                struct rejects *rejects, struct ledger *ledger);
void judge_release(struct judge *judge);

/* Takes a record that is to be sent; `again`: its key came before in this run.
 * False: no more are wanted; those that follow stay pending. */
typedef bool judge_new(void *owner, const struct chunk *chunk,
                       const struct record *record, bool again,
                       struct err *err);

/* Judges all of a chunk. On failure everything in it is counted all the same.
 */
bool judge_chunk(struct judge *judge, const struct chunk *chunk,
                 judge_new *take, void *owner, struct err *err);

#endif
