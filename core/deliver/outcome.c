/* outcome.c: verdicts carried out, a function a verdict. Records leave with an
 * outcome, or their batch stays in the outbox and they are still counted as
 * pending. */
#include "outcome.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "failing.h"
#include "net/retry.h"
#include "trial.h"

enum {
    LOST_MANY = PACE_FAILURES, /* batches in a row without an answer */
    REFUSED_MAX = 5,           /* tokens for one batch */
};

/* The next part of the batch, or its end. */
static void go_on(struct transfer *transfer, struct flight *flight)
{
    flight->tries = 0;
    flight->refused = 0;
    flight->failed = false;
    flight_wait(flight, flight->due); /* before those that came later */
    if (isolation_over(&flight->batch->part))
        flight_free(transfer, flight);
}

/* The server is there, whatever it says. */
static void note_answer(struct transfer *transfer)
{
    if (pace_answered(&transfer->pace))
        log_note("%s: it answers again", transfer->config->url);
}

/* It was an answer about these records: of Fast, or of what stands before it.
 */
static void note_verdict(struct transfer *transfer, const struct flight *flight,
                         const struct reply *reply)
{
    if (reply->readable)
        auth_taken(&transfer->session.auth, flight->number);
    transfer->lost = 0;
    note_answer(transfer);
}

/* Whatever became of the part's requests before, this answer says it. */
static void end_part(struct flight *flight)
{
    failing_forget(flight->batch);
    flight->unsure = flight->batch->unknown = false;
    flight->failed_at = 0;
}

static struct journal_answer answer_of(const struct reply *reply)
{
    return (struct journal_answer){reply->fkey, reply->message};
}

static bool accept(struct transfer *transfer, struct flight *flight,
                   const struct reply *reply, struct outcome *outcome,
                   struct err *err)
{
    struct batch *batch = flight->batch;
    const struct journal_answer answer = answer_of(reply);
    outcome->what = OUTCOME_ACCEPTED;
    outcome->from = batch->part.at;
    outcome->upto = batch->part.upto;
    transfer->success_at = clock_now();
    note_verdict(transfer, flight, reply);
    if (isolation_last_candidate(&batch->part))
        log_warn("%s: records were refused together and accepted in parts; "
                 "what was wrong with them the server does not say",
                 transfer->config->url);
    isolation_accepted(&batch->part);
    end_part(flight);
    bool good = outbox_accepted(transfer->outbox, batch, outcome->from,
                                outcome->upto, &answer, err);
    go_on(transfer, flight);
    return good;
}

/* Standing alone, the record is bad, and due again in the next run. */
static bool reject(struct transfer *transfer, struct flight *flight,
                   const struct journal_answer *answer, struct outcome *outcome,
                   struct err *err)
{
    struct batch *batch = flight->batch;
    outcome->what = OUTCOME_REJECTED;
    outcome->from = batch->part.at;
    outcome->upto = batch->part.upto;
    snprintf(outcome->reason, sizeof outcome->reason, "refused: %s",
             answer->message);
    isolation_refused(&batch->part);
    end_part(flight);
    bool good = outbox_refused(transfer->outbox, batch, outcome->from,
                               outcome->reason, answer, err);
    go_on(transfer, flight);
    return good;
}

/* One of several is bad, and the server does not say which. */
static bool split(struct transfer *transfer, struct flight *flight,
                  struct err *err)
{
    transfer->ledger->splits++;
    bool good = outbox_part(transfer->outbox, flight->batch, err);
    go_on(transfer, flight);
    return good;
}

static bool refuse(struct transfer *transfer, struct flight *flight,
                   const struct reply *reply, struct outcome *outcome,
                   struct err *err)
{
    struct isolation *part = &flight->batch->part;
    const struct journal_answer answer = answer_of(reply);
    note_verdict(transfer, flight, reply);
    if (isolation_size(part) == 1)
        return reject(transfer, flight, &answer, outcome, err);
    isolation_refused(part);
    end_part(flight);
    return split(transfer, flight, err);
}

/* Whatever is formed from here on keeps to this size at once. */
static bool shrink(struct transfer *transfer, struct flight *flight,
                   const struct reply *reply, struct outcome *outcome,
                   struct err *err)
{
    struct isolation *part = &flight->batch->part;
    if (isolation_size(part) == 1)
        return refuse(transfer, flight, reply, outcome, err);
    note_verdict(transfer, flight, reply);
    isolation_too_large(part);
    end_part(flight);
    if (transfer->room == 0 || part->max < transfer->room) {
        transfer->room = part->max;
        log_note("%s: %s; at most %u a request from here on",
                 transfer->config->url, reply->message, part->max);
    }
    return split(transfer, flight, err);
}

bool outcome_is_lost(struct transfer *transfer, const struct batch *batch)
{
    if (!batch->resumed || transfer->lost < LOST_MANY)
        return false;
    blocked_add(transfer->blocked, batch);
    return true;
}

/* So many in a row got no answer: those that have not been tried are not tried
 * for now. */
static void leave_untried(struct transfer *transfer)
{
    for (unsigned i = 0; i < transfer->count; i++) {
        struct flight *flight = &transfer->flights[i];
        if (flight->state == FLIGHT_WAITING && flight->tries == 0 &&
            outcome_is_lost(transfer, flight->batch))
            flight_free(transfer, flight);
    }
}

/* Nothing would pass: the run stops. */
static bool stop_pending(const struct transfer *transfer,
                         const struct reply *reply, double spent,
                         struct err *err)
{
    const struct config *config = transfer->config;
    return err_set(err, EXIT_PENDING, "%s: %s; given up after %.0f s%s",
                   config->url, reply->message, spent,
                   spent < (double)config->retry_for
                       ? ", as it asks for a longer wait than retry_for"
                       : "");
}

/* Its time is over. Where others are accepted meanwhile, or an earlier run
 * left it, it is this batch that the server cannot take, and the others go on;
 * else nothing would. */
static bool give_up(struct transfer *transfer, struct flight *flight,
                    const struct reply *reply, struct err *err)
{
    const struct batch *batch = flight->batch;
    bool others = batch->resumed || transfer->success_at > flight->begun;
    uint32_t left = batch->part.count - batch->part.at;
    double spent = floor(clock_now() - flight->begun);
    snprintf(transfer->reason, sizeof transfer->reason, "%s", reply->message);
    transfer->lost += batch->resumed && !reply->readable;
    if (!transfer->ending)
        blocked_add(transfer->blocked, batch);
    if (!batch->unknown && !outbox_part(transfer->outbox, flight->batch, err)) {
        flight_free(transfer, flight);
        return false;
    }
    flight_free(transfer, flight);
    leave_untried(transfer);
    if (transfer->ending)
        return true;
    if (!others)
        return stop_pending(transfer, reply, spent, err);
    log_warn("%s: %u record%s left pending after %.0f s: %s",
             transfer->config->url, left, left == 1 ? " is" : "s are", spent,
             reply->message);
    return true;
}

/* A batch that is not let in with tokens that others are let in with stays
 * pending. */
static bool renew(struct transfer *transfer, struct flight *flight,
                  const struct reply *reply, struct outcome *outcome,
                  struct err *err)
{
    flight->refused++;
    (void)outcome;
    note_answer(transfer);
    if (flight->refused > REFUSED_MAX)
        return give_up(transfer, flight, reply, err);
    if (!transfer->ending && session_refused(&transfer->session, flight->number,
                                             reply->message, err)) {
        flight_wait(flight, flight->due); /* before those that came later */
        return true;
    }
    flight_free(transfer, flight);
    return transfer->ending;
}

/* One reason is one message: it is said again when another one was said
 * meanwhile, or after a minute. */
static bool is_news(struct transfer *transfer, const char *reason, double now)
{
    static const double again = 60;
    if (strcmp(transfer->said, reason) == 0 && now < transfer->said_at + again)
        return false;
    snprintf(transfer->said, sizeof transfer->said, "%s", reason);
    transfer->said_at = now;
    return true;
}

/* How a retry ends, the run's own error tells. */
static void say_retry(struct transfer *transfer, const struct reply *reply,
                      double now, bool opened)
{
    const struct pace *pace = &transfer->pace;
    const char *url = transfer->config->url;
    if (opened) {
        log_note("%s: %u requests in a row have failed, the last one: %s; "
                 "nothing is sent for %.0f s, then one request tries",
                 url, pace->failures, reply->message, pace->closed_at - now);
    } else if (!pace_is_open(pace) && is_news(transfer, reply->message, now)) {
        log_note("%s: %s; trying again", url, reply->message);
    }
}

static bool wait_longer(struct transfer *transfer, struct flight *flight,
                        const struct reply *reply, struct err *err)
{
    struct pace *pace = &transfer->pace;
    double now = clock_now();
    double asked =
        retry_after(flight->call.after, flight->call.date, time(NULL));
    double due = retry_due(now, flight_end(transfer, flight), flight->tries,
                           asked, &transfer->session.chance);
    bool opened = pace_failed(pace, now, flight->sent, reply->pressed);
    if (transfer->ending || due < 0)
        return give_up(transfer, flight, reply, err);
    if (reply->pressed && asked > 0)
        pace_asked(pace, now + asked);
    flight->failed = true;
    flight_wait(flight, due);
    say_retry(transfer, reply, now, opened);
    return true;
}

/* It is these records that the server fails at, as it takes others: they are
 * found as bad ones are, and what fails alone is one. */
static bool isolate(struct transfer *transfer, struct flight *flight,
                    enum failing_step step, struct outcome *outcome,
                    struct err *err)
{
    struct batch *batch = flight->batch;
    uint32_t size = isolation_size(&batch->part);
    const struct journal_answer answer = answer_of(&flight->said);
    note_answer(transfer);
    if (step == FAILING_REJECT)
        return reject(transfer, flight, &answer, outcome, err);
    if (size == batch->count)
        log_note("%s: %u records fail while others pass (%s); they are sent "
                 "in parts",
                 transfer->config->url, size, flight->said.message);
    isolation_refused(&batch->part);
    failing_forget(batch);
    flight->failed_at = 0;
    return split(transfer, flight, err);
}

static bool count_failure(struct transfer *transfer, struct flight *flight,
                          bool proven, struct err *err)
{
    failing_count(flight->batch, proven, time(NULL));
    if (outbox_part(transfer->outbox, flight->batch, err))
        return true;
    flight_free(transfer, flight);
    return false;
}

/* An answer, and one that says that the server failed. Others that it has
 * taken since the one before tell whether it is well. */
static bool fail(struct transfer *transfer, struct flight *flight,
                 const struct reply *reply, struct outcome *outcome,
                 struct err *err)
{
    struct batch *batch = flight->batch;
    bool proven = transfer->success_at > fmax(flight->begun, flight->failed_at);
    flight->failed_at = clock_now();
    flight->said = *reply;
    if (!count_failure(transfer, flight, proven, err))
        return false;
    enum failing_step step =
        failing_next(batch, flight->tries, proven, time(NULL));
    if (step == FAILING_SPLIT || step == FAILING_REJECT)
        return isolate(transfer, flight, step, outcome, err);
    if (step == FAILING_TRIAL && !transfer->ending)
        flight->trial = trial_choose(transfer, flight);
    if (flight->trial == TRIAL_NONE)
        return wait_longer(transfer, flight, reply, err);
    double now = clock_now();
    if (pace_failed(&transfer->pace, now, flight->sent, reply->pressed))
        say_retry(transfer, reply, now, true);
    flight_wait(flight, now);
    return true;
}

static bool try_later(struct transfer *transfer, struct flight *flight,
                      const struct reply *reply, struct outcome *outcome,
                      struct err *err)
{
    flight_close(flight, failing_is_known(&flight->call, reply));
    return failing_is_answer(&flight->call, reply)
               ? fail(transfer, flight, reply, outcome, err)
               : wait_longer(transfer, flight, reply, err);
}

/* The server is well, and failed at the part all the same. */
static bool blame(struct transfer *transfer, struct flight *flight,
                  struct outcome *outcome, struct err *err)
{
    struct batch *batch = flight->batch;
    if (isolation_size(&batch->part) == 1 &&
        !count_failure(transfer, flight, true, err))
        return false;
    enum failing_step step =
        failing_next(batch, flight->tries, true, time(NULL));
    if (step == FAILING_AGAIN) {
        note_answer(transfer);
        return wait_longer(transfer, flight, &flight->said, err);
    }
    return isolate(transfer, flight, step, outcome, err);
}

/* A trial's answer says what the part's own last one has meant. */
static bool judge(struct transfer *transfer, struct flight *flight,
                  const struct reply *reply, struct outcome *outcome,
                  struct err *err)
{
    bool passed = trial_passed(flight, reply);
    bool known = passed || flight->trial == TRIAL_READ ||
                 failing_is_known(&flight->call, reply);
    flight->trial = TRIAL_NONE;
    flight_close(flight, known);
    if (passed)
        return blame(transfer, flight, outcome, err);
    return wait_longer(transfer, flight, &flight->said, err);
}

/* Nothing else would pass either. */
static bool fatal(struct transfer *transfer, struct flight *flight,
                  const struct reply *reply, struct outcome *outcome,
                  struct err *err)
{
    (void)outcome;
    flight_free(transfer, flight);
    return err_set(err, reply->exit, "%s: %s", transfer->config->url,
                   reply->message);
}

/* That the request on its way holds; 0: it only reads. */
static uint32_t records_of(const struct flight *flight)
{
    if (flight->trial == TRIAL_NONE)
        return isolation_size(&flight->batch->part);
    return flight->trial == TRIAL_SYNC;
}

bool outcome_settle(struct transfer *transfer, struct flight *flight,
                    struct outcome *outcome, struct err *err)
{
    static bool (*const actions[])(struct transfer *, struct flight *,
                                   const struct reply *, struct outcome *,
                                   struct err *) = {
        [VERDICT_ACCEPTED] = accept,   [VERDICT_REFUSED] = refuse,
        [VERDICT_LARGE] = shrink,      [VERDICT_RENEW] = renew,
        [VERDICT_FATAL] = fatal,       [VERDICT_RETRY] = try_later,
        [VERDICT_UNKNOWN] = try_later,
    };
    struct reply reply;
    const struct http_call *call = &flight->call;
    uint32_t records = records_of(flight);
    outcome->what = OUTCOME_NONE;
    outcome->batch = flight->batch;
    reply_decide(&reply, &call->exchange, records, &transfer->session.auth);
    log_debug("%u records, %zu bytes: HTTP %ld, %s%s%s", records,
              flight->batch->body.len, call->exchange.status, reply.message,
              *call->trouble ? "; " : "", call->trouble);
    if (flight->trial != TRIAL_NONE && reply.verdict != VERDICT_RENEW)
        return judge(transfer, flight, &reply, outcome, err);
    return actions[reply.verdict](transfer, flight, &reply, outcome, err);
}
