/* outcome.c: verdicts carried out, a function a verdict. Records leave with an
 * outcome, or their batch stays in the outbox and they are still counted as
 * pending. */
#include "outcome.h"

#include <math.h>
#include <time.h>

#include "again.h"
#include "base/clock.h"
#include "base/log.h"
#include "failing.h"
#include "settle.h"
#include "trial.h"

/* A server may answer the same bytes from memory: before the verdict the record
 * goes once in others, where no request of the old ones can still arrive. */
static bool try_fresh(struct transfer *transfer, struct flight *flight)
{
    double now = clock_now();
    flight->batch->salt = trial_salt(&transfer->session);
    flight->fresh = true;
    again_failed(transfer, flight, &flight->said, now);
    flight_wait(flight, now);
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
    settle_answered(transfer);
    if (step == FAILING_REJECT && !flight->fresh && !flight->unsure)
        return try_fresh(transfer, flight);
    if (step == FAILING_REJECT) {
        outcome->failed = true;
        return settle_rejected(transfer, flight, "the server fails at it",
                               &flight->said, outcome, err);
    }
    if (size == batch->count)
        log_note("%s: %u records fail while others pass (%s); they are sent "
                 "in parts",
                 transfer->config->url, size, flight->said.message);
    isolation_refused(&batch->part);
    failing_forget(batch);
    flight->failed_at = 0;
    return settle_split(transfer, flight, err);
}

static bool count_failure(struct transfer *transfer, struct flight *flight,
                          bool proven, struct err *err)
{
    flight->counted = failing_count(flight->batch, proven, time(NULL));
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
        return again_later(transfer, flight, reply, err);
    double now = clock_now();
    again_failed(transfer, flight, reply, now);
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
               : again_later(transfer, flight, reply, err);
}

/* The server is well, and failed at the part all the same. */
static bool blame(struct transfer *transfer, struct flight *flight,
                  struct outcome *outcome, struct err *err)
{
    struct batch *batch = flight->batch;
    if (!flight->counted && isolation_size(&batch->part) == 1 &&
        !count_failure(transfer, flight, true, err))
        return false;
    enum failing_step step =
        failing_next(batch, flight->tries, true, time(NULL));
    if (step == FAILING_AGAIN) {
        settle_answered(transfer);
        return again_later(transfer, flight, &flight->said, err);
    }
    return isolate(transfer, flight, step, outcome, err);
}

/* A trial's answer says what the part's own last one has meant. */
static bool judge(struct transfer *transfer, struct flight *flight,
                  const struct reply *reply, struct outcome *outcome,
                  struct err *err)
{
    bool passed = trial_passed(flight, reply);
    if (flight->trial == TRIAL_SYNC && reply->verdict == VERDICT_ACCEPTED) {
        flight->batch->tried = true;
        transfer->success_at = clock_now();
    }
    bool known = passed || flight->trial == TRIAL_READ ||
                 failing_is_known(&flight->call, reply);
    flight->trial = TRIAL_NONE;
    flight_close(flight, known);
    if (passed)
        return blame(transfer, flight, outcome, err);
    return again_later(transfer, flight, reply->pressed ? reply : &flight->said,
                       err);
}

/* Nothing else would pass either. It was not carried out. */
static bool fatal(struct transfer *transfer, struct flight *flight,
                  const struct reply *reply, struct outcome *outcome,
                  struct err *err)
{
    struct err late;
    (void)outcome;
    flight_close(flight, true);
    outbox_part(transfer->outbox, flight->batch, &late);
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
        [VERDICT_ACCEPTED] = settle_accepted,
        [VERDICT_REFUSED] = settle_refused,
        [VERDICT_LARGE] = settle_large,
        [VERDICT_RENEW] = again_renew,
        [VERDICT_FATAL] = fatal,
        [VERDICT_RETRY] = try_later,
        [VERDICT_UNKNOWN] = try_later,
    };
    struct reply reply;
    const struct http_call *call = &flight->call;
    uint32_t records = records_of(flight);
    outcome->what = OUTCOME_NONE;
    outcome->failed = false;
    outcome->batch = flight->batch;
    reply_decide(&reply, &call->exchange, records, &transfer->session.auth);
    log_debug("%u records, %zu bytes: HTTP %ld, %s%s%s", records,
              flight->batch->body.len, call->exchange.status, reply.message,
              *call->trouble ? "; " : "", call->trouble);
    if (flight->trial != TRIAL_NONE && reply.verdict != VERDICT_RENEW)
        return judge(transfer, flight, &reply, outcome, err);
    return actions[reply.verdict](transfer, flight, &reply, outcome, err);
}
