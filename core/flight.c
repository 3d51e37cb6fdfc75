/* flight.c: verdicts carried out. A batch leaves its flight with an outcome,
 * or without one, and is then still counted as pending. */
#include "flight.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "interrupt.h"
#include "log.h"
#include "retry.h"

struct flight *flight_free(struct delivery *delivery)
{
    for (unsigned i = 0; i < delivery->count; i++)
        if (delivery->flights[i].state == FLIGHT_FREE)
            return &delivery->flights[i];
    return NULL;
}

bool flights_have(const struct delivery *delivery, int state)
{
    for (unsigned i = 0; i < delivery->count; i++)
        if ((int)delivery->flights[i].state == state)
            return true;
    return false;
}

static void land(struct delivery *delivery, struct flight *flight)
{
    struct batch *batch = flight->batch;
    batch->next = delivery->spare;
    delivery->spare = batch;
    flight->batch = NULL;
    flight->state = FLIGHT_FREE;
}

/* A fresh token first, where the present one is about to end. */
static bool request(struct delivery *delivery, struct flight *flight,
                    struct err *err)
{
    struct session *session = &delivery->session;
    if (auth_due(&session->auth, session_now()) && !session_token(session, err))
        return false;
    flight->state = FLIGHT_FLYING;
    flight->number = session->auth.number;
    flight->tries++;
    flight->call.owner = flight;
    delivery->sink.ledger.requests++;
    return http_start(session->http, &flight->call, "/api/SyncData",
                      &flight->batch->body, &session->auth,
                      flight->batch->count, err);
}

/* Sends what the flight carries; its batch stays pending where that fails. */
static bool depart(struct delivery *delivery, struct flight *flight,
                   struct err *err)
{
    if (request(delivery, flight, err))
        return true;
    land(delivery, flight);
    return false;
}

bool flight_start(struct delivery *delivery, struct flight *flight,
                  struct batch *batch, struct err *err)
{
    flight->batch = batch;
    flight->tries = 0;
    flight->refused = false;
    flight->begun = session_now();
    return depart(delivery, flight, err);
}

static bool accept(struct delivery *delivery, struct flight *flight,
                   const struct reply *reply, struct err *err)
{
    struct batch *batch = flight->batch;
    struct ledger *ledger = &delivery->sink.ledger;
    ledger->accepted += batch->count;
    ledger->pending -= batch->count;
    delivery->session.auth.proven = true;
    delivery->success_at = session_now();
    bool good = delivery->journal == NULL ||
                journal_accepted(delivery->journal, batch, reply->fkey, err);
    land(delivery, flight);
    return good;
}

static bool reject(struct delivery *delivery, const struct batch *batch,
                   const struct batch_entry *entry, const char *text,
                   struct err *err)
{
    const struct fault fault = {.field = "", .text = text};
    const struct reject reject = {
        .line = entry->line,
        .source = batch->texts.at + entry->source,
        .source_len = entry->source_len,
        .faults = &fault,
        .count = 1,
    };
    return rejects_add(delivery->judge.rejects, entry->input, &reject, err);
}

/* A refused batch holds a guilty record, and the server does not say which:
 * none of them has been accepted, so each is rejected with what was said. */
static bool isolate(struct delivery *delivery, struct flight *flight,
                    const struct reply *reply, struct err *err)
{
    const struct batch *batch = flight->batch;
    struct ledger *ledger = &delivery->sink.ledger;
    char text[REPLY_TEXT + 64];
    if (batch->count == 1)
        snprintf(text, sizeof text, "refused: %s", reply->message);
    else
        snprintf(text, sizeof text, "refused with its batch of %u records: %s",
                 batch->count, reply->message);
    delivery->session.auth.proven = true;
    ledger->rejected += batch->count;
    ledger->pending -= batch->count;
    bool good = true;
    for (uint32_t i = 0; good && i < batch->count; i++)
        good = reject(delivery, batch, &batch->entries[i], text, err);
    land(delivery, flight);
    return good;
}

static bool renew(struct delivery *delivery, struct flight *flight,
                  const struct reply *reply, struct err *err)
{
    bool again = flight->refused;
    flight->refused = true;
    if (!delivery->ending && session_refused(&delivery->session, flight->number,
                                             again, reply->message, err))
        return depart(delivery, flight, err);
    land(delivery, flight);
    return delivery->ending;
}

/* Its time is over. Where others are accepted meanwhile it is this batch that
 * the server cannot take, and they go on; else nothing would. */
static bool give_up(struct delivery *delivery, struct flight *flight,
                    const struct reply *reply, struct err *err)
{
    const struct config *config = delivery->config;
    bool others = delivery->success_at > flight->begun;
    uint32_t count = flight->batch->count;
    snprintf(delivery->reason, sizeof delivery->reason, "%s", reply->message);
    land(delivery, flight);
    if (delivery->ending)
        return true;
    if (others) {
        log_warn("%s: %u records are left pending after %llu s: %s",
                 config->url, count, (unsigned long long)config->retry_for,
                 reply->message);
        return true;
    }
    return err_set(err, EXIT_PENDING, "%s: %s; given up after %llu s",
                   config->url, reply->message,
                   (unsigned long long)config->retry_for);
}

static bool later(struct delivery *delivery, struct flight *flight,
                  const struct reply *reply, struct err *err)
{
    double now = session_now();
    double asked = retry_after(flight->call.after, time(NULL));
    double end = flight->begun + (double)delivery->config->retry_for;
    flight->due =
        retry_due(now, end, flight->tries, asked, &delivery->session.chance);
    if (delivery->ending || flight->due < 0)
        return give_up(delivery, flight, reply, err);
    flight->state = FLIGHT_WAITING;
    if (now > delivery->said_at + 1) {
        log_note("%s: %s; trying again", delivery->config->url, reply->message);
        delivery->said_at = now;
    }
    return true;
}

/* Nothing else would pass either. */
static bool fatal(struct delivery *delivery, struct flight *flight,
                  const struct reply *reply, struct err *err)
{
    land(delivery, flight);
    return err_set(err, reply->exit, "%s: %s", delivery->config->url,
                   reply->message);
}

static bool settle(struct delivery *delivery, struct flight *flight,
                   struct err *err)
{
    static bool (*const outcomes[])(struct delivery *, struct flight *,
                                    const struct reply *, struct err *) = {
        [VERDICT_ACCEPTED] = accept, [VERDICT_REFUSED] = isolate,
        [VERDICT_RENEW] = renew,     [VERDICT_FATAL] = fatal,
        [VERDICT_RETRY] = later,     [VERDICT_UNKNOWN] = later,
    };
    struct reply reply;
    const struct http_call *call = &flight->call;
    reply_judge(&reply, &call->exchange, &delivery->session.auth);
    log_debug("%u records, %zu bytes: HTTP %ld, %s%s%s", flight->batch->count,
              flight->batch->body.len, call->exchange.status, reply.message,
              *call->trouble ? "; " : "", call->trouble);
    return outcomes[reply.verdict](delivery, flight, &reply, err);
}

/* Seconds until a waiting flight is due, `most` where none is sooner. */
static double next_due(const struct delivery *delivery, double most)
{
    double now = session_now();
    for (unsigned i = 0; i < delivery->count; i++) {
        const struct flight *flight = &delivery->flights[i];
        if (flight->state == FLIGHT_WAITING && flight->due - now < most)
            most = flight->due - now;
    }
    return most;
}

static bool depart_due(struct delivery *delivery, struct err *err)
{
    bool good = true;
    for (unsigned i = 0; good && i < delivery->count; i++) {
        struct flight *flight = &delivery->flights[i];
        if (flight->state != FLIGHT_WAITING || flight->due > session_now())
            continue;
        delivery->sink.ledger.retries++;
        good = depart(delivery, flight, err);
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
        if (!settle(delivery, call->owner, err))
            return false;
    return delivery->ending || depart_due(delivery, err);
}

void flights_drop_waiting(struct delivery *delivery)
{
    for (unsigned i = 0; i < delivery->count; i++)
        if (delivery->flights[i].state == FLIGHT_WAITING)
            land(delivery, &delivery->flights[i]);
}
