/* delivery.c: mapped chunks in, batches out.
 *
 * New records go into the batch being formed; a full one is sent as soon as
 * the transfer takes it, and until then the chunk waits, and with it all that
 * come after it: that is what bounds memory. When the run stops, what was
 * mapped and not sent goes into the outbox as well, so that what the ledger
 * calls pending is there; unless a guard stopped it, or had not decided yet:
 * then nothing of that is to be sent. */
#include "delivery.h"

#include <stdlib.h>

#include "base/interrupt.h"
#include "base/mem.h"
#include "base/number.h"
#include "guarding.h"
#include "replacing.h"
#include "sending.h"

/* Where it cannot be sent the run has stopped; what comes is put away. */
static void send_or_put_away(struct delivery *delivery)
{
    struct err why;
    if (!delivery_send_forming(delivery, &why))
        delivery_stop(delivery, &why);
}

/* A batch of those that wait for blocked keys: NULL, or it is full. */
static bool leave_waiting(struct delivery *delivery, struct batch *batch,
                          struct err *err)
{
    if (batch == NULL)
        return true;
    delivery_count(delivery, batch);
    return delivery_leave(delivery, batch, err);
}

/* The server has failed at it for long enough, in an earlier run's batch. */
static bool reject_failed(struct delivery *delivery, const struct chunk *chunk,
                          const struct record *record, const char *reason,
                          struct err *err)
{
    char *key = mem_text_n(record->key, record->key_len);
    const struct fault fault = {.field = "", .text = reason};
    const struct reject reject = {.place = record->place,
                                  .key = key,
                                  .origin = record->origin,
                                  .faults = &fault,
                                  .count = 1};
    delivery->sink.ledger.pending--;
    delivery->sink.ledger.rejected++;
    bool good =
        rejects_add(delivery->deduplicator.rejects, chunk->input, &reject, err);
    free(key);
    return good;
}

static bool take_record(struct delivery *delivery, const struct chunk *chunk,
                        const struct record *record, struct err *err)
{
    struct blocked *blocked = &delivery->blocked;
    const char *reason = unreported_failed(&delivery->unreported, record);
    if (reason != NULL)
        return reject_failed(delivery, chunk, record, reason, err);
    /* First, as waiting for the transfer may be what gives a batch up. */
    if (!batch_takes(delivery->forming, record))
        send_or_put_away(delivery);
    if (blocked_has(blocked, record->key_hash) &&
        !replacing_take(delivery, record))
        return leave_waiting(delivery, blocked_put(blocked, chunk, record),
                             err);
    batch_add(delivery->forming, chunk, record);
    return true;
}

static bool take_chunk(struct delivery *delivery, const struct chunk *chunk,
                       struct err *err)
{
    struct pass pass;
    const struct record *record;
    enum step step = STEP_END;
    bool good = pass_begin(&pass, &delivery->deduplicator, chunk, err);
    while (good && (step = pass_next(&pass, &record, err)) == STEP_ITEM)
        good = take_record(delivery, chunk, record, err);
    return pass_end(&pass, good && step == STEP_END, err);
}

/* After each chunk, whose rows the guards may have waited for. */
static bool take(struct sink *sink, const struct chunk *chunk, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    delivery->foretold += chunk->reject_count;
    unreported_note(&delivery->unreported, chunk);
    bool good = take_chunk(delivery, chunk, err);
    if (good && !delivery->stopped)
        good = guarding_check(delivery, err);
    if (good && !delivery->stopped && transfer_is_busy(&delivery->transfer))
        good = delivery_turn(delivery, 0, err);
    if (!good)
        return delivery_stop(delivery, err);
    if (delivery->stopped)
        *err = delivery->stop;
    return !delivery->stopped;
}

/* The pipeline has no chunk: what is on its way goes on. */
static bool wait(struct sink *sink, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    return delivery_turn(delivery, DELIVERY_TURN, err) ||
           delivery_stop(delivery, err);
}

static void wake(struct sink *sink)
{
    transfer_wake(&((struct delivery *)sink)->transfer);
}

/* The last batches, as far as they may still be sent. */
static void send_last(struct delivery *delivery)
{
    struct err err;
    if (!delivery->transfer.ending && !guarding_end(delivery, &err))
        delivery_stop(delivery, &err);
    if (delivery->forming->count > 0)
        send_or_put_away(delivery);
    leave_waiting(delivery, blocked_take(&delivery->blocked), &err);
}

/* What earlier runs left was tried first. Where the server has shown only since
 * then that it is well, or a record was taken out of what was left, it is tried
 * once more: what is in the way there may have its outcome now. */
static void send_again(struct delivery *delivery)
{
    struct err err;
    bool proven =
        !delivery->resumed_proven && delivery->transfer.success_at > 0;
    if (delivery->stopped || delivery->transfer.ending ||
        delivery->resumed.pending <= delivery->unreported.count ||
        !(proven || delivery->replaces))
        return;
    if (!delivery_send_again(delivery, &err))
        delivery_stop(delivery, &err);
    delivery_drain(delivery);
}

/* How it ended, where nothing stopped it. */
static bool conclude(struct delivery *delivery, bool cut_short, struct err *err)
{
    uint64_t pending;
    /* Rows of this run may say what is pending from another. */
    if (!outbox_pending(&delivery->outbox, &pending, err))
        return false;
    if (cut_short)
        return err_set(err, EXIT_INTERRUPTED,
                       "interrupted; run again to send the rest");
    if (pending == 0)
        return true;
    char number[NUMBER_TEXT];
    return err_set(err, EXIT_PENDING,
                   "%s: %s record%s left pending: %s; run again to send %s",
                   delivery->config->url, number_text(pending, number),
                   pending == 1 ? " is" : "s are", delivery->transfer.reason,
                   pending == 1 ? "it" : "them");
}

/* Reports and writes down what is left to; what fails stops the run. */
static void write_down(struct delivery *delivery)
{
    struct err err;
    struct sink *sink = &delivery->sink;
    struct outbox *outbox = &delivery->outbox;
    sink->unreported = !unreported_report(
        &delivery->unreported, delivery->deduplicator.seen, &delivery->resumed,
        delivery->deduplicator.rejects, &err);
    if (sink->unreported)
        delivery_stop(delivery, &err);
    if (!outbox_commit(outbox, &err) ||
        ((delivery->guarding || delivery_is_guarded(delivery)) &&
         !outbox_hold(outbox, &err)) ||
        (outbox->journal != NULL && !journal_flush(outbox->journal, &err)))
        delivery_stop(delivery, &err);
}

/* In this order: what is left to send, what is still on its way, what is to be
 * reported; and only then what all of it amounts to. The first thing that
 * stopped the run is what it ends with. */
static bool finish(struct sink *sink, bool cut_short, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    struct err late;
    delivery->transfer.ending |= cut_short;
    send_last(delivery);
    delivery_drain(delivery);
    send_again(delivery);
    write_down(delivery);
    cut_short |= atomic_load(&interrupted) && sink->ledger.pending > 0;
    if (!delivery->stopped && !conclude(delivery, cut_short, &late))
        delivery_stop(delivery, &late);
    if (!ledger_balances(&sink->ledger) || !ledger_balances(&delivery->resumed))
        return err_set(err, EXIT_FAULT,
                       "the ledger does not balance; this is a fault of "
                       "fastsync");
    if (delivery->stopped)
        *err = delivery->stop;
    return !delivery->stopped;
}

static void release(struct sink *sink)
{
    struct delivery *delivery = (struct delivery *)sink;
    transfer_close(&delivery->transfer);
    outbox_release(&delivery->outbox);
    blocked_release(&delivery->blocked);
    unreported_release(&delivery->unreported);
    deduplicator_release(&delivery->deduplicator);
    batch_free(delivery->forming);
    free(delivery->replaced);
    batch_pool_release(&delivery->pool);
    free(delivery);
}

static const struct sink_kind delivering = {take, wait, wake, finish, release};

/* Below the transfer: what needs no server. */
static void init(struct delivery *delivery,
                 const struct delivery_options *options)
{
    const struct config *config = options->config;
    struct ledger *ledger = &delivery->sink.ledger;
    delivery->sink.kind = &delivering;
    delivery->config = config;
    batch_limits(&delivery->pool.limits, options->mapping->form->name,
                 config->batch, config->batch_bytes);
    deduplicator_init(&delivery->deduplicator, options->mapping, options->last,
                      options->rejects, ledger);
    deduplicator_ask(&delivery->deduplicator, options->state, config);
    blocked_init(&delivery->blocked, &delivery->pool,
                 delivery->deduplicator.seen);
    outbox_init(&delivery->outbox, options->journal, ledger,
                &delivery->resumed);
    delivery->forming = batch_pool_take(&delivery->pool);
}

static void wake_up(void *delivery)
{
    wake(delivery);
}

/* Whoever stops the run while it waits for its first token stops it in order:
 * the journal tells how it ended. */
static bool take_token(struct delivery *delivery, struct err *err)
{
    if (!interrupt_begin(wake_up, &delivery->sink, err))
        return false;
    bool good = session_token(&delivery->transfer.session, err);
    interrupt_end();
    return good;
}

static bool begin(struct delivery *delivery,
                  const struct delivery_options *options, struct err *err)
{
    const struct config *config = options->config;
    const struct transfer_options transfer = {
        .config = config,
        .pool = &delivery->pool,
        .outbox = &delivery->outbox,
        .blocked = &delivery->blocked,
        .ledger = &delivery->sink.ledger,
    };
    struct seen *seen = config->full ? NULL : delivery->deduplicator.seen;
    if (!transfer_open(&delivery->transfer, &transfer, err))
        return false;
    if (options->journal != NULL &&
        !journal_load(options->journal, options->mapping->form->name,
                      config->url, seen, err))
        return false;
    return guarding_begin(delivery, options, err) &&
           (options->only_resume || take_token(delivery, err));
}

struct sink *delivery_new(const struct delivery_options *options,
                          struct err *err)
{
    struct delivery *delivery = mem_zero(1, sizeof *delivery);
    init(delivery, options);
    if (begin(delivery, options, err))
        return &delivery->sink;
    release(&delivery->sink);
    return NULL;
}
