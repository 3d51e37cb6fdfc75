/* flight.c: when a request goes. Of those that are due, and that pace lets go,
 * the one that is due longest. */
#include "flight.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "server/connect.h"

struct flight *flight_free(struct delivery *delivery)
{
    for (unsigned i = 0; i < delivery->count; i++)
        if (delivery->flights[i].state == FLIGHT_FREE)
            return &delivery->flights[i];
    return NULL;
}

static unsigned count_in(const struct delivery *delivery, int state)
{
    unsigned count = 0;
    for (unsigned i = 0; i < delivery->count; i++)
        count += (int)delivery->flights[i].state == state;
    return count;
}

bool flights_have(const struct delivery *delivery, int state)
{
    return count_in(delivery, state) > 0;
}

void flight_land(struct delivery *delivery, struct flight *flight)
{
    delivery_spare(delivery, flight->batch);
    flight->batch = NULL;
    flight->state = FLIGHT_FREE;
}

void flight_wait(struct flight *flight, double due)
{
    flight->state = FLIGHT_WAITING;
    flight->due = due;
}

/* What an answer 413 has taught since it was posted; only where its bytes have
 * never been sent. */
static bool keep_to_room(struct delivery *delivery, struct flight *flight,
                         struct err *err)
{
    struct batch *batch = flight->batch;
    if (delivery->room == 0 || batch->part.max <= delivery->room ||
        flight->tries > 0 || batch->resumed || batch->part.at > 0 ||
        batch->part.bad > 0)
        return true;
    isolation_limit(&batch->part, delivery->room);
    return delivery->journal == NULL ||
           journal_part(delivery->journal, batch, err);
}

/* Bytes that the server has answered before it may take for a repetition, and
 * store nothing (fast-api.md, "drops duplicate requests"): what is sent anew,
 * and not again, gets bytes of its own. A part that an earlier process may have
 * sent keeps its bytes: with their answer it would have gone on. */
static bool freshen(struct delivery *delivery, struct flight *flight,
                    struct err *err)
{
    struct batch *batch = flight->batch;
    const struct buf *body = batch_request(batch);
    bool known = false;
    batch->sent = XXH3_64bits(body->at, body->len);
    if (delivery->journal == NULL || flight->tries > 0 || batch->salt != 0)
        return true;
    if (!journal_knows(delivery->journal, batch->sent, &known, err))
        return false;
    if (!known)
        return true;
    batch->salt = (uint64_t)batch->posted; /* no other batch has it */
    body = batch_request(batch);
    batch->sent = XXH3_64bits(body->at, body->len);
    return journal_part(delivery->journal, batch, err);
}

/* A fresh token first, where the present one is about to end. */
static bool request(struct delivery *delivery, struct flight *flight,
                    struct err *err)
{
    struct session *session = &delivery->session;
    if (!keep_to_room(delivery, flight, err) ||
        !freshen(delivery, flight, err) || !delivery_commit(delivery, err))
        return false;
    if (delivery->journal != NULL &&
        !journal_sync(delivery->journal, flight->batch, err))
        return false;
    if (auth_due(&session->auth, clock_now()) && !session_token(session, err))
        return false;
    uint32_t records = isolation_size(&flight->batch->part);
    flight->state = FLIGHT_FLYING;
    flight->number = session->auth.number;
    flight->sent = clock_now();
    if (flight->tries++ == 0)
        flight->begun = flight->sent;
    delivery->sink.ledger.retries += flight->failed;
    flight->failed = false;
    flight->call.owner = flight;
    delivery->sink.ledger.requests++;
    pace_sent(&delivery->pace, flight->sent, records);
    return connect_post(session->http, &flight->call, session->config,
                        "/api/SyncData", batch_request(flight->batch),
                        &session->auth, err);
}

/* When its part is tried for the last time. */
static double end_of(const struct delivery *delivery,
                     const struct flight *flight)
{
    return flight->tries == 0
               ? INFINITY
               : flight->begun + (double)delivery->config->retry_for;
}

static struct flight *next_to_go(struct delivery *delivery)
{
    double now = clock_now();
    unsigned flying = count_in(delivery, FLIGHT_FLYING);
    struct flight *next = NULL;
    for (unsigned i = 0; i < delivery->count; i++) {
        struct flight *flight = &delivery->flights[i];
        if (flight->state == FLIGHT_WAITING && flight->due <= now &&
            (next == NULL || flight->due < next->due) &&
            pace_lets(&delivery->pace, now, flying, end_of(delivery, flight)))
            next = flight;
    }
    return next;
}

/* What the flights carry stays pending where sending fails. */
static bool depart(struct delivery *delivery, struct err *err)
{
    struct flight *flight;
    while (!delivery->ending && !atomic_load(&interrupted) &&
           (flight = next_to_go(delivery)) != NULL)
        if (!request(delivery, flight, err)) {
            flight_land(delivery, flight);
            return false;
        }
    return true;
}

bool flight_start(struct delivery *delivery, struct flight *flight,
                  struct batch *batch, struct err *err)
{
    flight->batch = batch;
    flight->tries = 0;
    flight->refused = 0;
    flight->failed = false;
    flight_wait(flight, clock_now());
    if (delivery->journal != NULL && batch->posted == 0 &&
        !journal_post(delivery->journal, batch, false, err)) {
        flight_land(delivery, flight);
        return false;
    }
    return depart(delivery, err);
}

/* Seconds until a waiting flight may go, `most` where none is sooner. */
static double next_due(const struct delivery *delivery, double most)
{
    double now = clock_now();
    for (unsigned i = 0; i < delivery->count; i++) {
        const struct flight *flight = &delivery->flights[i];
        double due =
            pace_next(&delivery->pace, flight->due, end_of(delivery, flight));
        /* One that is due already waits for an answer to make room for it. */
        if (flight->state == FLIGHT_WAITING && due > now && due - now < most)
            most = due - now;
    }
    return most;
}

/* What a failure has undone is not said: it is still in the outbox. */
static void forget_undone(struct delivery *delivery)
{
    uint64_t undone = journal_undone(delivery->journal);
    if (undone != delivery->undone)
        memset(delivery->unsaid, 0, sizeof delivery->unsaid);
    delivery->undone = undone;
}

bool delivery_commit(struct delivery *delivery, struct err *err)
{
    struct ledger *ledgers[] = {&delivery->sink.ledger, &delivery->resumed};
    bool good =
        delivery->journal == NULL || journal_commit(delivery->journal, err);
    if (delivery->journal != NULL)
        forget_undone(delivery);
    for (int i = 0; i < 2; i++) {
        ledgers[i]->accepted += delivery->unsaid[i];
        ledgers[i]->pending -= delivery->unsaid[i];
        delivery->unsaid[i] = 0;
    }
    return good;
}

bool flights_turn(struct delivery *delivery, double seconds, struct err *err)
{
    struct http *http = delivery->session.http;
    struct http_call *call;
    if (!http_turn(http, next_due(delivery, seconds), err))
        return false;
    while ((call = http_next(http)) != NULL)
        if (!flight_settle(delivery, call->owner, err))
            return false;
    return depart(delivery, err) && delivery_commit(delivery, err);
}

/* None of its records was ever sent, and a guard says that none shall be. */
static bool is_unwanted(const struct delivery *delivery,
                        const struct batch *batch)
{
    return delivery_guarded(delivery) && delivery->journal != NULL &&
           !batch->resumed && batch->sent == 0;
}

bool flights_drop_waiting(struct delivery *delivery, struct err *err)
{
    bool good = true;
    for (unsigned i = 0; i < delivery->count; i++) {
        struct flight *flight = &delivery->flights[i];
        if (flight->state != FLIGHT_WAITING)
            continue;
        if (good && is_unwanted(delivery, flight->batch))
            good =
                journal_withdraw(delivery->journal, flight->batch->posted, err);
        flight_land(delivery, flight);
    }
    return good;
}
