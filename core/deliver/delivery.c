/* delivery.c: mapped chunks in, batches out.
 *
 * New records go into the batch being formed; a full one is sent as soon as
 * there is a free flight, and until then the chunk waits, and with it all that
 * come behind: that is what bounds memory. Where later rows supersede earlier
 * ones, a batch that holds a key again waits for the one in flight that holds
 * it, and no batch holds a key twice. When the run stops, what was mapped and
 * not sent goes into the outbox as well, so that what the ledger calls pending
 * is there; unless a guard stopped it: then nothing of that is to be sent. */
#include "delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/log.h"
#include "base/mem.h"
#include "part.h"

static const double turn_seconds = 1;

struct batch *delivery_batch(struct delivery *delivery)
{
    struct batch *batch = delivery->spare;
    if (batch == NULL)
        return batch_new(&delivery->limits);
    delivery->spare = batch->next;
    batch_clear(batch);
    return batch;
}

void delivery_spare(struct delivery *delivery, struct batch *batch)
{
    batch->next = delivery->spare;
    delivery->spare = batch;
}

bool delivery_stop(struct delivery *delivery, const struct err *err)
{
    if (!delivery->stopped)
        delivery->stop = *err;
    delivery->stopped = delivery->ending = true;
    return false;
}

static bool is_held_back(const struct delivery *delivery,
                         const struct batch *batch)
{
    if (!batch->again)
        return false;
    for (unsigned i = 0; i < delivery->count; i++)
        if (delivery->flights[i].batch != NULL &&
            batch_meets(batch, delivery->flights[i].batch))
            return true;
    return false;
}

struct flight *delivery_await(struct delivery *delivery,
                              const struct batch *batch, struct err *err)
{
    for (;;) {
        struct flight *flight = flight_free(delivery);
        if (atomic_load(&interrupted)) {
            err_set(err, EXIT_INTERRUPTED,
                    "interrupted; run again to send the rest");
            return NULL;
        }
        if (flight != NULL && !is_held_back(delivery, batch))
            return flight;
        if (!flights_turn(delivery, turn_seconds, err))
            return NULL;
    }
}

/* Sends the batch being formed, or leaves it in the outbox: in any case a new
 * one is formed from here on. */
static bool send_forming(struct delivery *delivery, struct err *err)
{
    struct batch *batch = delivery->forming;
    struct ledger *ledger = &delivery->sink.ledger;
    batch_close(batch);
    ledger->batches++;
    ledger->bytes += batch->body.len;
    delivery->forming = delivery_batch(delivery);
    if (delivery->holding || delivery->ending)
        return delivery_leave(delivery, batch, err);
    struct flight *flight = delivery_await(delivery, batch, err);
    if (flight != NULL && delivery_stays(delivery, batch))
        return delivery_leave(delivery, batch, err);
    if (flight != NULL)
        return flight_start(delivery, flight, batch, err);
    delivery_stop(delivery, err);
    struct err late;
    delivery_leave(delivery, batch, &late);
    return false;
}

/* Where it cannot be sent the run has stopped; what comes is put away. */
static void send_or_put_away(struct delivery *delivery)
{
    struct err why;
    if (!send_forming(delivery, &why))
        delivery_stop(delivery, &why);
}

static bool take_new(void *owner, const struct chunk *chunk,
                     const struct record *record, bool again, struct err *err)
{
    struct delivery *delivery = owner;
    const struct batch *batch = delivery->forming;
    bool full = !batch_takes(batch, record) ||
                (again && batch_holds(batch, record->key_hash));
    /* First, as waiting for a flight may be what gives a batch up. */
    if (full)
        send_or_put_away(delivery);
    if (delivery->held != NULL && delivery_is_held(delivery, record))
        return delivery_put_behind(delivery, chunk, record, err);
    batch_add(delivery->forming, chunk, record);
    delivery->forming->again |= again;
    return true;
}

static bool take(struct sink *sink, const struct chunk *chunk, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    if (delivery->owed_count > 0)
        delivery_note_rejects(delivery, chunk);
    bool good = judge_chunk(&delivery->judge, chunk, take_new, delivery, err);
    if (good && !delivery->stopped)
        good = delivery_guard(delivery, err);
    if (good && !delivery->stopped && flights_have(delivery, FLIGHT_FLYING))
        good = flights_turn(delivery, 0, err);
    if (!good)
        return delivery_stop(delivery, err);
    if (delivery->stopped)
        *err = delivery->stop;
    return !delivery->stopped;
}

static bool wait(struct sink *sink, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    return flights_turn(delivery, turn_seconds, err) ||
           delivery_stop(delivery, err);
}

static void wake(struct sink *sink)
{
    http_wake(((struct delivery *)sink)->session.http);
}

void delivery_bring_home(struct delivery *delivery)
{
    struct err err;
    unsigned tries = 100;
    for (;;) {
        if (atomic_load(&interrupted))
            delivery->ending = true;
        if (delivery->ending && !flights_drop_waiting(delivery, &err))
            delivery_stop(delivery, &err);
        if (!flights_have(delivery, FLIGHT_FLYING) &&
            !flights_have(delivery, FLIGHT_WAITING))
            return;
        if (flights_turn(delivery, turn_seconds, &err))
            continue;
        if (delivery->stopped) /* libcurl itself: nothing comes home any more */
            tries--;
        delivery_stop(delivery, &err);
        if (tries == 0)
            return;
    }
}

/* How it ended, where nothing stopped it. */
static bool conclude(const struct delivery *delivery, bool cut_short,
                     struct err *err)
{
    uint64_t batches, pending = delivery->sink.ledger.pending;
    /* Rows of this run may say what is pending from another. */
    if (delivery->journal != NULL &&
        !journal_pending(delivery->journal, &batches, &pending, err))
        return false;
    if (cut_short)
        return err_set(err, EXIT_INTERRUPTED,
                       "interrupted; run again to send the rest");
    if (pending == 0)
        return true;
    return err_set(err, EXIT_PENDING,
                   "%s: %llu record%s left pending: %s; run again to send %s",
                   delivery->config->url, (unsigned long long)pending,
                   pending == 1 ? " is" : "s are", delivery->reason,
                   pending == 1 ? "it" : "them");
}

/* The last batches, as far as they may still be sent. */
static void send_last(struct delivery *delivery)
{
    struct err err;
    if (!delivery->ending && !delivery_guard_end(delivery, &err))
        delivery_stop(delivery, &err);
    if (delivery->forming->count > 0 && !send_forming(delivery, &err))
        delivery_stop(delivery, &err);
    if (delivery->behind != NULL && delivery->behind->count > 0)
        delivery_leave_behind(delivery, &err);
}

static bool finish(struct sink *sink, bool cut_short, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    struct err late;
    delivery->ending |= cut_short;
    send_last(delivery);
    delivery_bring_home(delivery);
    sink->untold = !delivery_pay(delivery, &late);
    if (sink->untold)
        delivery_stop(delivery, &late);
    if (!delivery_commit(delivery, &late) ||
        (delivery->journal != NULL && !journal_flush(delivery->journal, &late)))
        delivery_stop(delivery, &late);
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
    for (unsigned i = 0; i < delivery->count; i++) {
        http_call_release(delivery->session.http, &delivery->flights[i].call);
        batch_free(delivery->flights[i].batch);
    }
    free(delivery->flights);
    free(delivery->left);
    session_close(&delivery->session);
    judge_release(&delivery->judge);
    unreported_free(delivery->owed, delivery->owed_count);
    seen_free(delivery->held);
    batch_free(delivery->forming);
    batch_free(delivery->behind);
    while (delivery->spare != NULL) {
        struct batch *next = delivery->spare->next;
        batch_free(delivery->spare);
        delivery->spare = next;
    }
    free(delivery);
}

static const struct sink_kind delivering = {take, wait, wake, finish, release};

static bool begin(struct delivery *delivery, const struct delivery_plan *plan,
                  struct err *err)
{
    const struct config *config = plan->config;
    struct seen *seen = config->full ? NULL : delivery->judge.seen;
    if (!session_open(&delivery->session, config, &delivery->sink.ledger, err))
        return false;
    if (plan->journal != NULL &&
        !journal_load(plan->journal, plan->mapping->form->name, config->url,
                      seen, err))
        return false;
    return delivery_guard_begin(delivery, plan, err) &&
           (plan->only_resume || session_token(&delivery->session, err));
}

struct sink *delivery_new(const struct delivery_plan *plan, struct err *err)
{
    const struct config *config = plan->config;
    struct delivery *delivery = mem_zero(1, sizeof *delivery);
    delivery->sink.kind = &delivering;
    delivery->config = config;
    delivery->journal = plan->journal;
    judge_init(&delivery->judge, plan->mapping, plan->rejects,
               &delivery->sink.ledger);
    batch_limits(&delivery->limits, plan->mapping->form->name, config->batch,
                 config->batch_bytes);
    delivery->forming = batch_new(&delivery->limits);
    delivery->count = 2 * (unsigned)config->concurrency;
    delivery->flights = mem_zero(delivery->count, sizeof *delivery->flights);
    pace_init(&delivery->pace, config->rate, (unsigned)config->concurrency);
    if (begin(delivery, plan, err))
        return &delivery->sink;
    release(&delivery->sink);
    return NULL;
}
