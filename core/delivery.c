/* delivery.c: mapped chunks in, batches out.
 *
 * New records go into the batch being formed; a full one is sent as soon as
 * there is a free flight, and until then the chunk waits, and with it all that
 * come behind: that is what bounds memory. Where later rows supersede earlier
 * ones, a batch that holds a key again waits for the one in flight that holds
 * it, and no batch holds a key twice. */
#include "delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "flight.h"
#include "interrupt.h"
#include "mem.h"

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

/* Remembers why it stopped; answers false. */
static bool stop(struct delivery *delivery, const struct err *err)
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

/* Waits until the batch may go; NULL: the run ends instead. */
static struct flight *await_flight(struct delivery *delivery,
                                   const struct batch *batch, struct err *err)
{
    for (;;) {
        double pause = delivery->send_at - session_now();
        struct flight *flight = flight_free(delivery);
        if (atomic_load(&interrupted)) {
            err_set(err, EXIT_INTERRUPTED,
                    "interrupted; run again to send the rest");
            return NULL;
        }
        if (flight != NULL && pause <= 0 && !is_held_back(delivery, batch))
            return flight;
        if (flight == NULL || pause <= 0 || pause > turn_seconds)
            pause = turn_seconds;
        if (!flights_turn(delivery, pause, err))
            return NULL;
    }
}

/* --rate: the next batch goes when this one's records have had their time. */
static void pace(struct delivery *delivery, uint32_t records)
{
    uint64_t rate = delivery->config->rate;
    double now = session_now();
    if (rate == 0)
        return;
    if (delivery->send_at < now)
        delivery->send_at = now;
    delivery->send_at += (double)records / (double)rate;
}

static bool send_forming(struct delivery *delivery, struct err *err)
{
    struct batch *batch = delivery->forming;
    struct ledger *ledger = &delivery->sink.ledger;
    batch_close(batch);
    struct flight *flight = await_flight(delivery, batch, err);
    if (flight == NULL)
        return false;
    ledger->batches++;
    ledger->bytes += batch->body.len;
    pace(delivery, batch->count);
    delivery->forming = delivery_batch(delivery);
    return flight_start(delivery, flight, batch, err);
}

static bool take_new(void *owner, const struct chunk *chunk,
                     const struct record *record, bool again, struct err *err)
{
    struct delivery *delivery = owner;
    const struct batch *batch = delivery->forming;
    bool full = !batch_takes(batch, record) ||
                (again && batch_holds(batch, record->key_hash));
    if (full && !send_forming(delivery, err))
        return false;
    batch_add(delivery->forming, chunk, record);
    delivery->forming->again |= again;
    return true;
}

static bool take(struct sink *sink, const struct chunk *chunk, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    bool good = judge_chunk(&delivery->judge, chunk, take_new, delivery, err);
    if (good && flights_have(delivery, FLIGHT_FLYING))
        good = flights_turn(delivery, 0, err);
    return good || stop(delivery, err);
}

static bool wait(struct sink *sink, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    return flights_turn(delivery, turn_seconds, err) || stop(delivery, err);
}

static void wake(struct sink *sink)
{
    http_wake(((struct delivery *)sink)->session.http);
}

/* Brings home what flies; what waits, too, unless the run is ending. */
static void bring_home(struct delivery *delivery)
{
    struct err err;
    for (;;) {
        if (atomic_load(&interrupted))
            delivery->ending = true;
        if (delivery->ending)
            flights_drop_waiting(delivery);
        if (!flights_have(delivery, FLIGHT_FLYING) &&
            !flights_have(delivery, FLIGHT_WAITING))
            return;
        if (!flights_turn(delivery, turn_seconds, &err))
            stop(delivery, &err);
    }
}

/* How it ended, where nothing stopped it. */
static bool conclude(const struct delivery *delivery, bool cut_short,
                     struct err *err)
{
    const struct ledger *ledger = &delivery->sink.ledger;
    if (cut_short)
        return err_set(err, EXIT_INTERRUPTED,
                       "interrupted; run again to send the rest");
    if (ledger->pending > 0)
        return err_set(err, EXIT_PENDING,
                       "%s: %llu records are left pending: %s; run again to "
                       "send them",
                       delivery->config->url,
                       (unsigned long long)ledger->pending, delivery->reason);
    return true;
}

static bool finish(struct sink *sink, bool cut_short, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    delivery->ending |= cut_short;
    if (!delivery->ending && delivery->forming->count > 0 &&
        !send_forming(delivery, err))
        stop(delivery, err);
    bring_home(delivery);
    struct err late;
    if (delivery->journal != NULL && !journal_flush(delivery->journal, &late))
        stop(delivery, &late);
    cut_short |= atomic_load(&interrupted) && sink->ledger.pending > 0;
    if (!delivery->stopped && !conclude(delivery, cut_short, &late))
        stop(delivery, &late);
    if (!ledger_balances(&sink->ledger))
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
    session_close(&delivery->session);
    judge_release(&delivery->judge);
    batch_free(delivery->forming);
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
    return session_token(&delivery->session, err);
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
    delivery->count = (unsigned)config->concurrency;
    delivery->flights = mem_zero(delivery->count, sizeof *delivery->flights);
    if (begin(delivery, plan, err))
        return &delivery->sink;
    release(&delivery->sink);
    return NULL;
}
