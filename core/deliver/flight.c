/* flight.c: what goes before a request: its part is cut to what the server
 * takes, its bytes are made new where they must be, all of it is safe on the
 * disk, and the token is good for a while. */
#include "flight.h"

#include <math.h>

#include "base/clock.h"
#include "base/hash.h"
#include "server/connect.h"

void flight_wait(struct flight *flight, double due)
{
    flight->state = FLIGHT_WAITING;
    flight->due = due;
}

/* One that is not in the outbox yet enters it as on its way. */
void flight_begin(struct flight *flight, struct batch *batch)
{
    flight->batch = batch;
    flight->tries = 0;
    flight->refused = 0;
    flight->failed = false;
    flight->unsure = batch->posted != 0 && batch->unknown;
    flight->failed_at = 0;
    flight->trial = TRIAL_NONE;
    flight->trials = flight->asked = 0;
    flight->fresh = false;
    if (batch->posted == 0)
        batch->unknown = true;
    flight_wait(flight, clock_now());
}

void flight_free(struct transfer *transfer, struct flight *flight)
{
    batch_pool_give(transfer->pool, flight->batch);
    flight->batch = NULL;
    flight->state = FLIGHT_FREE;
}

double flight_end(const struct transfer *transfer, const struct flight *flight)
{
    return flight->tries == 0
               ? INFINITY
               : flight->begun + (double)transfer->config->retry_for;
}

/* What an answer 413 has taught since it was posted; only where its bytes have
 * never been sent. */
static bool keep_to_room(struct transfer *transfer, struct flight *flight,
                         struct err *err)
{
    struct batch *batch = flight->batch;
    const struct isolation *part = &batch->part;
    bool begun =
        flight->tries > 0 || batch->resumed || part->at > 0 || part->bad > 0;
    if (transfer->room == 0 || part->max <= transfer->room || begun)
        return true;
    isolation_limit(&batch->part, transfer->room);
    return outbox_part(transfer->outbox, batch, err);
}

bool flight_open(struct transfer *transfer, struct flight *flight,
                 struct err *err)
{
    if (flight->batch->unknown)
        return true;
    flight->batch->unknown = true;
    return outbox_part(transfer->outbox, flight->batch, err);
}

void flight_close(struct flight *flight, bool known)
{
    flight->unsure |= !known;
    flight->batch->unknown = flight->unsure;
}

static uint64_t hash_request(struct batch *batch)
{
    const struct buf *body = batch_request(batch);
    return XXH3_64bits(body->at, body->len);
}

/* Bytes that the server has answered before it may take for a repetition, and
 * store nothing: what is sent anew, and not again, gets bytes of its own. A
 * part that an earlier process may have sent keeps its bytes: with their answer
 * it would have gone on. */
static bool make_new(struct transfer *transfer, struct flight *flight,
                     struct err *err)
{
    struct batch *batch = flight->batch;
    bool known = false;
    batch->sent = hash_request(batch);
    if (flight->tries > 0 || batch->salt != 0)
        return true;
    if (!outbox_knows(transfer->outbox, batch->sent, &known, err))
        return false;
    if (!known)
        return true;
    batch->salt = (uint64_t)batch->posted; /* no other batch has it */
    batch->sent = hash_request(batch);
    return outbox_part(transfer->outbox, batch, err);
}

static bool prepare(struct transfer *transfer, struct flight *flight,
                    struct err *err)
{
    struct session *session = &transfer->session;
    return keep_to_room(transfer, flight, err) &&
           make_new(transfer, flight, err) &&
           flight_open(transfer, flight, err) &&
           outbox_sync(transfer->outbox, flight->batch, err) &&
           (!auth_due(&session->auth, clock_now()) ||
            session_token(session, err));
}

/* Takes down that a request goes. */
static void count_request(struct transfer *transfer, struct flight *flight)
{
    flight->state = FLIGHT_FLYING;
    flight->number = transfer->session.auth.number;
    flight->sent = clock_now();
    if (flight->tries++ == 0)
        flight->begun = flight->sent;
    transfer->ledger->retries += flight->failed;
    transfer->ledger->requests++;
    flight->failed = false;
    flight->call.owner = flight;
    pace_sent(&transfer->pace, flight->sent,
              isolation_size(&flight->batch->part));
}

bool flight_send(struct transfer *transfer, struct flight *flight,
                 struct err *err)
{
    struct session *session = &transfer->session;
    if (!prepare(transfer, flight, err))
        return false;
    count_request(transfer, flight);
    return connect_post(session->http, &flight->call, session->config,
                        "/api/SyncData", batch_request(flight->batch),
                        &session->auth, err);
}
