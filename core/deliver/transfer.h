/* transfer.h: batches carried to the server: requests in flight, when each may
 * go, and the token that all of them carry.
 *
 * Given a batch, it puts it into the outbox, sends it, sends it again, and
 * looks for the bad records of one that is refused, until each record has its
 * outcome or the batch is given up: then it stays in the outbox, and its keys
 * are blocked. Outcomes are taken with transfer_next. Sender's thread, but for
 * transfer_wake. */
#ifndef FASTSYNC_DELIVER_TRANSFER_H
#define FASTSYNC_DELIVER_TRANSFER_H

#include "outcome.h"

/* What it is made of; all borrowed until it is closed. */
struct transfer_options {
    const struct config *config; /* one that config_connect has accepted */
    struct batch_pool *pool;
    struct outbox *outbox;
    struct blocked *blocked;
    struct ledger *ledger;
};

bool transfer_open(struct transfer *transfer,
                   const struct transfer_options *options, struct err *err);
void transfer_close(struct transfer *transfer); /* of a zeroed one as well */

/* Whether a batch can be taken now: one can be carried, and no batch under way
 * has a key of it that may overtake. */
bool transfer_takes(const struct transfer *transfer, const struct batch *batch);
/* Takes it, and sends it, now or with those that come next. False: the run
 * stops; the batch is in the outbox, as far as that was possible. */
bool transfer_start(struct transfer *transfer, struct batch *batch,
                    struct err *err);

/* Lets all requests go on, for `seconds` at most. */
bool transfer_wait(struct transfer *transfer, double seconds, struct err *err);
/* The next answer: what became of records. STEP_END: there is none now. */
enum step transfer_next(struct transfer *transfer, struct outcome *outcome,
                        struct err *err);
/* Sends what may go by now; after transfer_next. One wait for the disk serves
 * all that go together, so few ones stay for some milliseconds, unless `idle`:
 * there is nothing else to do meanwhile. */
bool transfer_send(struct transfer *transfer, bool idle, struct err *err);
void transfer_wake(struct transfer *transfer);

/* Something flies or waits. */
bool transfer_is_busy(const struct transfer *transfer);
/* Gives up the batches that wait: they stay pending. `unwanted`: those that
 * were never sent are not to be, and leave the outbox. */
bool transfer_drop_waiting(struct transfer *transfer, bool unwanted,
                           struct err *err);

#endif
