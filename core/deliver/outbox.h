/* outbox.h: what is written down about batches on their way: each before it is
 * sent, and its outcome after it.
 *
 * Where there is no journal nothing is remembered, and every call is good.
 * What was accepted counts in the ledgers when it is committed, so that no
 * ledger ever says more than the journal knows. Sender's thread. */
#ifndef FASTSYNC_DELIVER_OUTBOX_H
#define FASTSYNC_DELIVER_OUTBOX_H

#include "batch/batch.h"
#include "journal/journal.h"
#include "ledger.h"

struct outbox {
    struct journal *journal;   /* borrowed; NULL: none */
    struct ledger *ledgers[2]; /* borrowed; [1]: of what earlier runs left */
    uint64_t uncommitted[2];   /* records accepted since the last commit, */
    uint64_t replaced;         /* and those of [1] that newer ones replace */
    uint64_t undone;           /* journal_undone as of then */
    int64_t *left;             /* numbers of batches that this run has put */
    size_t left_count;         /* there, and does not send */
    uint64_t dropped;          /* records that a guard kept from being sent */
};

void outbox_init(struct outbox *outbox, struct journal *journal,
                 struct ledger *ledger, struct ledger *resumed);
void outbox_release(struct outbox *outbox);

/* A closed batch enters, if it is not there yet. */
bool outbox_post(struct outbox *outbox, struct batch *batch, struct err *err);
/* It may not be sent before outbox_send_guarded, and goes with its process. */
bool outbox_post_guarded(struct outbox *outbox, struct batch *batch,
                         struct err *err);
/* It enters for a later run; outbox_withdraw_left can take it out again. */
bool outbox_leave(struct outbox *outbox, struct batch *batch, struct err *err);
/* A batch that is there already is left for a later run as well. */
void outbox_leave_posted(struct outbox *outbox, const struct batch *batch);
bool outbox_is_left(const struct outbox *outbox, const struct batch *batch);

/* Out again, as they were never sent and are not to be: one; those left. */
bool outbox_withdraw(struct outbox *outbox, const struct batch *batch,
                     struct err *err);
bool outbox_withdraw_left(struct outbox *outbox, struct err *err);

/* What was guarded may be sent from here on. */
bool outbox_send_guarded(struct outbox *outbox, struct err *err);

/* Before a request: whether such a body (its hash) was answered before; and the
 * batch is safe even from a power cut. */
bool outbox_knows(struct outbox *outbox, uint64_t body, bool *known,
                  struct err *err);
bool outbox_sync(struct outbox *outbox, const struct batch *batch,
                 struct err *err);

/* Fills an empty batch with the first one after number `after` that is there
 * and may be sent. */
enum step outbox_next(struct outbox *outbox, int64_t after, struct batch *batch,
                      struct err *err);

/* After an answer; batch->part is what comes next. */
bool outbox_accepted(struct outbox *outbox, struct batch *batch, uint32_t from,
                     uint32_t upto, const struct journal_answer *answer,
                     struct err *err);
bool outbox_refused(struct outbox *outbox, struct batch *batch, uint32_t index,
                    const char *reason, const struct journal_answer *answer,
                    struct err *err);
bool outbox_part(struct outbox *outbox, struct batch *batch, struct err *err);
/* `rest` is what remains of an earlier run's batch without `count` records,
 * which newer ones replace. */
bool outbox_replace(struct outbox *outbox, const struct batch *rest,
                    uint32_t count, struct err *err);

/* Writes down; what was accepted counts from here on. */
bool outbox_commit(struct outbox *outbox, struct err *err);
/* A closed batch that is not to be sent, and is not there. */
void outbox_drop(struct outbox *outbox, const struct batch *batch);
/* A guard has stopped the run: what the ledger calls pending and does not wait
 * in the outbox is held, and maps again in the next run. */
bool outbox_hold(struct outbox *outbox, struct err *err);
/* Records without an outcome: in the journal or, without one, as the ledger
 * has them. */
bool outbox_pending(struct outbox *outbox, uint64_t *records, struct err *err);

#endif
