/* sending.c: a batch is sent as soon as the transfer takes it; waiting for that
 * is what bounds memory. While it waits, answers come, and with them the
 * outcomes of records. */
#include "sending.h"

#include <stdlib.h>

#include "again.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "replacing.h"

bool delivery_stop(struct delivery *delivery, const struct err *err)
{
    if (!delivery->stopped)
        delivery->stop = *err;
    delivery->stopped = delivery->transfer.ending = true;
    return false;
}

void delivery_count(struct delivery *delivery, const struct batch *batch)
{
    delivery->sink.ledger.batches++;
    delivery->sink.ledger.bytes += batch->body.len;
}

bool delivery_is_guarded(const struct delivery *delivery)
{
    return delivery->stopped && delivery->stop.code == EXIT_GUARD;
}

/* An earlier run's record is unchanged from here on if it comes again. */
static void remember(struct delivery *delivery, const struct outcome *outcome)
{
    const struct batch *batch = outcome->batch;
    if (!batch->resumed || delivery->config->full)
        return;
    for (uint32_t i = outcome->from; i < outcome->upto; i++)
        seen_accept(delivery->deduplicator.seen, batch->entries[i].key_hash,
                    batch->entries[i].content);
}

/* One of an earlier run may come again in this one, and is tried anew then:
 * whether it is reported is decided at the end. */
static bool reject(struct delivery *delivery, const struct outcome *outcome,
                   struct err *err)
{
    const struct batch *batch = outcome->batch;
    const struct batch_entry *entry = &batch->entries[outcome->from];
    char *key = mem_text_n(batch->texts.at + entry->key, entry->key_len);
    const struct fault fault = {.field = "", .text = outcome->reason};
    const struct reject reject = {
        .place = entry->place,
        .key = key,
        .origin =
            origin_text(batch->texts.at + entry->source, entry->source_len),
        .faults = &fault,
        .count = 1,
    };
    if (batch->resumed) {
        unreported_add(&delivery->unreported, batch, entry, outcome->reason,
                       outcome->failed);
        free(key);
        return true;
    }
    delivery->sink.ledger.pending--;
    delivery->sink.ledger.rejected++;
    bool good =
        rejects_add(delivery->deduplicator.rejects, entry->input, &reject, err);
    free(key);
    return good;
}

static bool take_outcome(struct delivery *delivery,
                         const struct outcome *outcome, struct err *err)
{
    if (outcome->what == OUTCOME_ACCEPTED)
        remember(delivery, outcome);
    return outcome->what != OUTCOME_REJECTED || reject(delivery, outcome, err);
}

/* Before anything is waited for. */
static bool settle_down(struct delivery *delivery, struct err *err)
{
    return transfer_send(&delivery->transfer, true, err) &&
           outbox_commit(&delivery->outbox, err);
}

/* Outcomes are not committed once an answer: mostly the next batch is posted at
 * once, and one write serves both. But they are before anything is waited for,
 * and where a turn brings no more of them. */
bool delivery_turn(struct delivery *delivery, double seconds, struct err *err)
{
    struct outcome outcome;
    enum step step;
    bool any = false;
    if ((seconds > 0 && !settle_down(delivery, err)) ||
        !transfer_wait(&delivery->transfer, seconds, err))
        return false;
    while ((step = transfer_next(&delivery->transfer, &outcome, err)) ==
           STEP_ITEM) {
        any = true;
        if (!take_outcome(delivery, &outcome, err))
            return false;
    }
    return step == STEP_END && transfer_send(&delivery->transfer, false, err) &&
           ((any && transfer_is_busy(&delivery->transfer)) ||
            outbox_commit(&delivery->outbox, err));
}

/* Whether there is still something to wait for. */
static bool is_draining(struct delivery *delivery)
{
    struct transfer *transfer = &delivery->transfer;
    struct err err;
    if (atomic_load(&interrupted))
        transfer->ending = true;
    if (transfer->ending &&
        !transfer_drop_waiting(
            transfer, delivery_is_guarded(delivery) && !delivery->replaces,
            &err))
        delivery_stop(delivery, &err);
    return transfer_is_busy(transfer);
}

/* A turn that fails stops the run, and then only answers are waited for. */
void delivery_drain(struct delivery *delivery)
{
    struct err err;
    unsigned tries = 100;
    while (tries > 0 && is_draining(delivery)) {
        if (delivery_turn(delivery, DELIVERY_TURN, &err))
            continue;
        if (delivery->stopped) /* libcurl itself: no answer comes any more */
            tries--;
        delivery_stop(delivery, &err);
    }
    if (!outbox_commit(&delivery->outbox, &err))
        delivery_stop(delivery, &err);
}

/* Waits until the transfer takes the batch; false: the run ends instead. */
static bool await_room(struct delivery *delivery, const struct batch *batch,
                       struct err *err)
{
    for (;;) {
        if (atomic_load(&interrupted))
            return err_set(err, EXIT_INTERRUPTED,
                           "interrupted; run again to send the rest");
        if (transfer_takes(&delivery->transfer, batch))
            return true;
        if (!delivery_turn(delivery, DELIVERY_TURN, err))
            return false;
    }
}

bool delivery_leave(struct delivery *delivery, struct batch *batch,
                    struct err *err)
{
    bool good = true;
    if (delivery_is_guarded(delivery))
        outbox_drop(&delivery->outbox, batch);
    else
        good = delivery->guarding
                   ? outbox_post_guarded(&delivery->outbox, batch, err)
                   : outbox_leave(&delivery->outbox, batch, err);
    batch_pool_give(&delivery->pool, batch);
    return good;
}

/* The newer versions of all that were taken so far are in the outbox. */
static bool leave_formed(struct delivery *delivery, struct batch *batch,
                         struct err *err)
{
    delivery->replaced_posted = delivery->replaced_count;
    return delivery_leave(delivery, batch, err);
}

bool delivery_send_forming(struct delivery *delivery, struct err *err)
{
    struct batch *batch = delivery->forming;
    struct blocked *blocked = &delivery->blocked;
    batch_close(batch);
    delivery_count(delivery, batch);
    delivery->forming = batch_pool_take(&delivery->pool);
    if (delivery->guarding || delivery->transfer.ending)
        return leave_formed(delivery, batch, err);
    if (!await_room(delivery, batch, err) ||
        !replacing_apply(delivery, delivery->replaced_count, err)) {
        struct err late;
        delivery_stop(delivery, err);
        leave_formed(delivery, batch, &late);
        return false;
    }
    if (!blocked_meets(blocked, batch))
        return transfer_start(&delivery->transfer, batch, err);
    blocked_add(blocked, batch);
    return leave_formed(delivery, batch, err);
}

/* A batch that is in the outbox already. */
static bool send_posted(struct delivery *delivery, struct batch *batch,
                        struct err *err)
{
    struct blocked *blocked = &delivery->blocked;
    bool lost = false;
    bool good = await_room(delivery, batch, err);
    if (good) {
        lost = again_is_lost(&delivery->transfer, batch);
        good = lost || replacing_posted(delivery, batch, err);
    }
    if (good && !lost && !blocked_meets(blocked, batch))
        return transfer_start(&delivery->transfer, batch, err);
    if (good && !lost)
        blocked_add(blocked, batch);
    if (good && !batch->resumed)
        outbox_leave_posted(&delivery->outbox, batch);
    batch_pool_give(&delivery->pool, batch);
    return good;
}

/* The first batch after number `after` that is in the outbox, which the caller
 * gets. Of those of an earlier run keys may stand in the one before. */
static enum step next_posted(struct delivery *delivery, int64_t after,
                             struct batch **posted, struct err *err)
{
    struct batch *batch = batch_pool_take(&delivery->pool);
    enum step step = outbox_next(&delivery->outbox, after, batch, err);
    batch->resumed = batch->again = batch->posted <= delivery->resumed_last;
    if (step != STEP_ITEM)
        batch_pool_give(&delivery->pool, batch);
    *posted = batch;
    return step;
}

/* One batch in memory at a time, besides those on their way. */
bool delivery_send_outbox(struct delivery *delivery, int64_t after,
                          struct err *err)
{
    struct batch *batch;
    enum step step;
    while ((step = next_posted(delivery, after, &batch, err)) == STEP_ITEM) {
        after = batch->posted;
        if (batch->resumed)
            delivery_count(delivery, batch);
        if (!send_posted(delivery, batch, err))
            return false;
    }
    return step == STEP_END;
}

/* What has had its time in this run stays, and its keys are blocked. */
static bool leave_again(struct delivery *delivery, struct batch *batch)
{
    if (batch->resumed || outbox_is_left(&delivery->outbox, batch))
        return false;
    blocked_add(&delivery->blocked, batch);
    batch_pool_give(&delivery->pool, batch);
    return true;
}

bool delivery_send_again(struct delivery *delivery, struct err *err)
{
    struct batch *batch;
    enum step step;
    int64_t after = 0;
    blocked_clear(&delivery->blocked);
    while ((step = next_posted(delivery, after, &batch, err)) == STEP_ITEM) {
        after = batch->posted;
        batch->again = true;
        if (!leave_again(delivery, batch) && !send_posted(delivery, batch, err))
            return false;
    }
    return step == STEP_END;
}
