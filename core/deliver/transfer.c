/* transfer.c: of those that are due, and that pace lets go, the one that is due
 * longest goes first. */
#include "transfer.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/mem.h"
#include "trial.h"

enum { TOGETHER_MAX = 4 };

/* Half of what may fly goes together at most: the server is not to run dry. */
static unsigned together(unsigned concurrency)
{
    unsigned half = (concurrency + 1) / 2;
    return half < TOGETHER_MAX ? half : TOGETHER_MAX;
}

/* Twice as many flights as may fly: those that wait are in the outbox already,
 * and go the moment an answer makes room. */
bool transfer_open(struct transfer *transfer,
                   const struct transfer_options *options, struct err *err)
{
    const struct config *config = options->config;
    unsigned concurrency = (unsigned)config->concurrency;
    *transfer = (struct transfer){
        .config = config,
        .pool = options->pool,
        .outbox = options->outbox,
        .blocked = options->blocked,
        .ledger = options->ledger,
        .count = 2 * concurrency,
        .together = together(concurrency),
        .patience = 0.01,
    };
    transfer->flights = mem_zero(transfer->count, sizeof *transfer->flights);
    pace_init(&transfer->pace, config->rate, concurrency);
    return session_open(&transfer->session, config, options->ledger, err);
}

void transfer_close(struct transfer *transfer)
{
    for (unsigned i = 0; i < transfer->count; i++) {
        struct flight *flight = &transfer->flights[i];
        http_call_release(transfer->session.http, &flight->call);
        batch_free(flight->batch);
        buf_release(&flight->trial_body);
    }
    free(transfer->flights);
    session_close(&transfer->session);
}

static unsigned count_in(const struct transfer *transfer, int state)
{
    unsigned count = 0;
    for (unsigned i = 0; i < transfer->count; i++)
        count += (int)transfer->flights[i].state == state;
    return count;
}

/* A batch that waits for its next try is busy, too. */
bool transfer_is_busy(const struct transfer *transfer)
{
    return count_in(transfer, FLIGHT_FREE) < transfer->count;
}

/* A batch with a key that has come before waits for the one that has it: else
 * the earlier record might reach the server last. */
static bool must_wait(const struct transfer *transfer,
                      const struct batch *batch)
{
    for (unsigned i = 0; batch->again && i < transfer->count; i++) {
        const struct batch *other = transfer->flights[i].batch;
        if (other != NULL && batch_meets(batch, other))
            return true;
    }
    return false;
}

static struct flight *find_free(const struct transfer *transfer)
{
    for (unsigned i = 0; i < transfer->count; i++)
        if (transfer->flights[i].state == FLIGHT_FREE)
            return &transfer->flights[i];
    return NULL;
}

bool transfer_takes(const struct transfer *transfer, const struct batch *batch)
{
    return find_free(transfer) != NULL && !must_wait(transfer, batch);
}

static struct flight *next_to_go(const struct transfer *transfer)
{
    double now = clock_now();
    unsigned flying = count_in(transfer, FLIGHT_FLYING);
    struct flight *next = NULL;
    for (unsigned i = 0; i < transfer->count; i++) {
        struct flight *flight = &transfer->flights[i];
        if (flight->state == FLIGHT_WAITING && flight->due <= now &&
            (next == NULL || flight->due < next->due) &&
            pace_lets(&transfer->pace, now, flying,
                      flight_end(transfer, flight)))
            next = flight;
    }
    return next;
}

static bool send_one(struct transfer *transfer, struct flight *flight,
                     struct err *err)
{
    return flight->trial == TRIAL_NONE ? flight_send(transfer, flight, err)
                                       : trial_send(transfer, flight, err);
}

/* Whether so many are due, or one has been for so long, that they go. */
static bool enough_due(const struct transfer *transfer)
{
    double now = clock_now();
    unsigned due = 0;
    for (unsigned i = 0; i < transfer->count; i++) {
        const struct flight *flight = &transfer->flights[i];
        if (flight->state != FLIGHT_WAITING || flight->due > now)
            continue;
        due++;
        if (flight->due <= now - transfer->patience)
            return true;
    }
    return due >= transfer->together;
}

/* What a flight carries stays pending where sending fails. */
bool transfer_send(struct transfer *transfer, bool idle, struct err *err)
{
    struct flight *flight;
    if (!idle && !enough_due(transfer))
        return true;
    while (!transfer->ending && !atomic_load(&interrupted) &&
           (flight = next_to_go(transfer)) != NULL)
        if (!send_one(transfer, flight, err)) {
            flight_free(transfer, flight);
            return false;
        }
    return true;
}

bool transfer_start(struct transfer *transfer, struct batch *batch,
                    struct err *err)
{
    struct flight *flight = find_free(transfer);
    flight_begin(flight, batch);
    transfer->taken++;
    if (!outbox_post(transfer->outbox, batch, err)) {
        flight_free(transfer, flight);
        return false;
    }
    return transfer_send(transfer, false, err);
}

/* Seconds until a waiting flight may go, `max` where none is sooner. */
static double next_due(const struct transfer *transfer, double max)
{
    double now = clock_now();
    for (unsigned i = 0; i < transfer->count; i++) {
        const struct flight *flight = &transfer->flights[i];
        double due = pace_next(&transfer->pace, flight->due,
                               flight_end(transfer, flight));
        /* One that is due already waits for an answer to make room for it. */
        if (flight->state == FLIGHT_WAITING && due > now && due - now < max)
            max = due - now;
    }
    return max;
}

bool transfer_wait(struct transfer *transfer, double seconds, struct err *err)
{
    return http_turn(transfer->session.http, next_due(transfer, seconds), err);
}

enum step transfer_next(struct transfer *transfer, struct outcome *outcome,
                        struct err *err)
{
    struct http_call *call = http_next(transfer->session.http);
    if (call == NULL)
        return STEP_END;
    return outcome_settle(transfer, call->owner, outcome, err) ? STEP_ITEM
                                                               : STEP_FAIL;
}

void transfer_wake(struct transfer *transfer)
{
    http_wake(transfer->session.http);
}

/* None of its records was ever sent. */
static bool is_unsent(const struct batch *batch)
{
    return !batch->resumed && batch->sent == 0;
}

/* It was posted as one of which nobody will know, which saves a write where it
 * goes at once. */
static bool drop(struct transfer *transfer, struct batch *batch, bool unwanted,
                 struct err *err)
{
    bool unsent = is_unsent(batch);
    if (unsent && unwanted)
        return outbox_withdraw(transfer->outbox, batch, err);
    batch->unknown = batch->unknown && !unsent;
    return batch->unknown || outbox_part(transfer->outbox, batch, err);
}

bool transfer_drop_waiting(struct transfer *transfer, bool unwanted,
                           struct err *err)
{
    bool good = true;
    for (unsigned i = 0; i < transfer->count; i++) {
        struct flight *flight = &transfer->flights[i];
        if (flight->state != FLIGHT_WAITING)
            continue;
        if (good)
            good = drop(transfer, flight->batch, unwanted, err);
        flight_free(transfer, flight);
    }
    return good;
}
