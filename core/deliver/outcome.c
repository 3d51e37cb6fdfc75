/* outcome.c: verdicts carried out. Records leave with an outcome, or
 * their batch stays in the outbox and they are still counted as pending. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "flight.h"
#include "net/retry.h"

/* The next part of the batch, or its end. */
static void go_on(struct delivery *delivery, struct flight *flight)
{
    flight->tries = 0;
    flight->refused = 0;
    flight->failed = false;
    flight_wait(flight, flight->due); /* before those that came later */
    if (isolation_over(&flight->batch->part))
        flight_land(delivery, flight);
}

/* An earlier run's record is unchanged from here on if it comes again. */
static void remember(struct delivery *delivery, const struct batch *batch,
                     uint32_t from, uint32_t upto)
{
    if (!batch->resumed || delivery->config->full)
        return;
    for (uint32_t i = from; i < upto; i++)
        seen_accept(delivery->judge.seen, batch->entries[i].key_hash,
                    batch->entries[i].content);
}

/* The server is there, whatever it says. */
static void heard(struct delivery *delivery)
{
    if (pace_answered(&delivery->pace))
        log_note("%s: it answers again", delivery->config->url);
}

/* It was an answer about these records: of Fast, or of what stands before it.
 */
static void answered(struct delivery *delivery, const struct flight *flight,
                     const struct reply *reply)
{
    struct auth *auth = &delivery->session.auth;
    auth->proven |= reply->readable && flight->number == auth->number;
    delivery->lost = 0;
    heard(delivery);
}

static bool accept(struct delivery *delivery, struct flight *flight,
                   const struct reply *reply, struct err *err)
{
    struct batch *batch = flight->batch;
    const struct journal_answer answer = {reply->fkey, reply->message};
    uint32_t from = batch->part.at, upto = batch->part.upto;
    delivery->unsaid[batch->resumed] += upto - from;
    delivery->success_at = clock_now();
    answered(delivery, flight, reply);
    remember(delivery, batch, from, upto);
    if (isolation_last_candidate(&batch->part))
        log_warn("%s: records were refused together and accepted in parts; "
                 "what was wrong with them the server does not say",
                 delivery->config->url);
    isolation_accepted(&batch->part);
    bool good =
        delivery->journal == NULL ||
        journal_accepted(delivery->journal, batch, from, upto, &answer, err);
    go_on(delivery, flight);
    return good;
}

/* Whether it stands in the rejects file is decided at the end (delivery_pay):
 * it may come again in this run, and is judged anew then. */
static void owe(struct delivery *delivery, const struct batch *batch,
                const struct batch_entry *entry, const char *reason)
{
    delivery->owed = mem_resize(delivery->owed, (delivery->owed_count + 1) *
                                                    sizeof *delivery->owed);
    delivery->owed[delivery->owed_count++] = (struct unreported){
        .key_hash = {entry->key_hash[0], entry->key_hash[1]},
        .place = entry->place,
        .input = entry->input,
        .source =
            mem_text_n(batch->texts.at + entry->source, entry->source_len),
        .source_len = entry->source_len,
        .reason = mem_text(reason),
    };
}

static bool reject(struct delivery *delivery, const struct batch *batch,
                   const struct batch_entry *entry, const char *reason,
                   struct err *err)
{
    const struct fault fault = {.field = "", .text = reason};
    const struct reject reject = {
        .place = entry->place,
        .origin =
            origin_text(batch->texts.at + entry->source, entry->source_len),
        .faults = &fault,
        .count = 1,
    };
    struct ledger *ledger = &delivery->sink.ledger;
    if (batch->resumed) {
        owe(delivery, batch, entry, reason);
        return true;
    }
    ledger->pending--;
    ledger->rejected++;
    return rejects_add(delivery->judge.rejects, entry->input, &reject, err);
}

/* Standing alone, the record is guilty, and due again in the next run. */
static bool convict(struct delivery *delivery, struct flight *flight,
                    const struct reply *reply, struct err *err)
{
    struct batch *batch = flight->batch;
    const struct journal_answer answer = {reply->fkey, reply->message};
    uint32_t index = batch->part.at;
    char reason[REPLY_TEXT + 64];
    snprintf(reason, sizeof reason, "refused: %s", reply->message);
    isolation_refused(&batch->part);
    bool good =
        delivery->journal == NULL ||
        journal_refused(delivery->journal, batch, index, reason, &answer, err);
    good = good && reject(delivery, batch, &batch->entries[index], reason, err);
    go_on(delivery, flight);
    return good;
}

/* One of several is guilty, and the server does not say which. */
static bool split(struct delivery *delivery, struct flight *flight,
                  struct err *err)
{
    delivery->sink.ledger.splits++;
    bool good = delivery->journal == NULL ||
                journal_part(delivery->journal, flight->batch, err);
    go_on(delivery, flight);
    return good;
}

static bool refuse(struct delivery *delivery, struct flight *flight,
                   const struct reply *reply, struct err *err)
{
    struct isolation *part = &flight->batch->part;
    answered(delivery, flight, reply);
    if (isolation_size(part) == 1)
        return convict(delivery, flight, reply, err);
    isolation_refused(part);
    return split(delivery, flight, err);
}

/* Whatever is formed from here on keeps to this size at once. */
static bool shrink(struct delivery *delivery, struct flight *flight,
                   const struct reply *reply, struct err *err)
{
    struct isolation *part = &flight->batch->part;
    if (isolation_size(part) == 1)
        return refuse(delivery, flight, reply, err);
    answered(delivery, flight, reply);
    isolation_too_large(part);
    if (delivery->room == 0 || part->max < delivery->room) {
        delivery->room = part->max;
        log_note("%s: %s; at most %u a request from here on",
                 delivery->config->url, reply->message, part->max);
    }
    return split(delivery, flight, err);
}

/* So many in a row got no answer: those that have not been tried are not tried
 * for now. */
static void leave_untried(struct delivery *delivery)
{
    for (unsigned i = 0; i < delivery->count; i++) {
        struct flight *flight = &delivery->flights[i];
        if (flight->state == FLIGHT_WAITING && flight->tries == 0 &&
            delivery_is_lost(delivery, flight->batch))
            flight_land(delivery, flight);
    }
}

/* Its time is over. Where others are accepted meanwhile, or an earlier run
 * left it, it is this batch that the server cannot take, and the others go on;
 * else nothing would. */
static bool give_up(struct delivery *delivery, struct flight *flight,
                    const struct reply *reply, struct err *err)
{
    const struct config *config = delivery->config;
    struct batch *batch = flight->batch;
    bool others = batch->resumed || delivery->success_at > flight->begun;
    uint32_t left = batch->part.count - batch->part.at;
    double spent = floor(clock_now() - flight->begun);
    snprintf(delivery->reason, sizeof delivery->reason, "%s", reply->message);
    delivery->lost += batch->resumed && !reply->readable;
    if (!delivery->ending)
        delivery_hold_keys(delivery, batch);
    flight_land(delivery, flight);
    leave_untried(delivery);
    if (delivery->ending)
        return true;
    if (others) {
        log_warn("%s: %u record%s left pending after %.0f s: %s", config->url,
                 left, left == 1 ? " is" : "s are", spent, reply->message);
        return true;
    }
    return err_set(err, EXIT_PENDING, "%s: %s; given up after %.0f s%s",
                   config->url, reply->message, spent,
                   spent < (double)config->retry_for
                       ? ", as it asks for a longer wait than retry_for"
                       : "");
}

/* Tokens that others are let in with, and this batch is not: it stays pending.
 */
enum { REFUSED_MOST = 5 };

static bool renew(struct delivery *delivery, struct flight *flight,
                  const struct reply *reply, struct err *err)
{
    bool again = flight->refused++ > 0;
    heard(delivery);
    if (flight->refused > REFUSED_MOST)
        return give_up(delivery, flight, reply, err);
    if (!delivery->ending && session_refused(&delivery->session, flight->number,
                                             again, reply->message, err)) {
        flight_wait(flight, flight->due); /* before those that came later */
        return true;
    }
    flight_land(delivery, flight);
    return delivery->ending;
}

static void say_retry(struct delivery *delivery, const struct reply *reply,
                      double now)
{
    if (now <= delivery->said_at + 1)
        return;
    log_note("%s: %s; trying again", delivery->config->url, reply->message);
    delivery->said_at = now;
}

static bool later(struct delivery *delivery, struct flight *flight,
                  const struct reply *reply, struct err *err)
{
    double now = clock_now();
    double asked = retry_after(flight->call.after, time(NULL));
    double end = flight->begun + (double)delivery->config->retry_for;
    double due =
        retry_due(now, end, flight->tries, asked, &delivery->session.chance);
    bool opened =
        pace_failed(&delivery->pace, now, flight->sent, reply->pressed);
    if (delivery->ending || due < 0)
        return give_up(delivery, flight, reply, err);
    if (reply->pressed && asked > 0)
        pace_asked(&delivery->pace, now + asked);
    flight->failed = true;
    flight_wait(flight, due);
    if (opened)
        log_warn("%s: %u requests in a row have failed, the last one: %s; "
                 "nothing is sent for %.0f s, then one request tries",
                 delivery->config->url, delivery->pace.failures, reply->message,
                 delivery->pace.closed_at - now);
    else if (!pace_is_open(&delivery->pace))
        say_retry(delivery, reply, now);
    return true;
}

/* Nothing else would pass either. */
static bool fatal(struct delivery *delivery, struct flight *flight,
                  const struct reply *reply, struct err *err)
{
    flight_land(delivery, flight);
    return err_set(err, reply->exit, "%s: %s", delivery->config->url,
                   reply->message);
}

bool flight_settle(struct delivery *delivery, struct flight *flight,
                   struct err *err)
{
    static bool (*const outcomes[])(struct delivery *, struct flight *,
                                    const struct reply *, struct err *) = {
        [VERDICT_ACCEPTED] = accept, [VERDICT_REFUSED] = refuse,
        [VERDICT_LARGE] = shrink,    [VERDICT_RENEW] = renew,
        [VERDICT_FATAL] = fatal,     [VERDICT_RETRY] = later,
        [VERDICT_UNKNOWN] = later,
    };
    struct reply reply;
    const struct http_call *call = &flight->call;
    uint32_t records = isolation_size(&flight->batch->part);
    reply_decide(&reply, &call->exchange, records, &delivery->session.auth);
    log_debug("%u records, %zu bytes: HTTP %ld, %s%s%s", records,
              flight->batch->body.len, call->exchange.status, reply.message,
              *call->trouble ? "; " : "", call->trouble);
    return outcomes[reply.verdict](delivery, flight, &reply, err);
}
