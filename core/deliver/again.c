/* again.c: one reason is one message, and one batch that is given up stops the
 * run only where nothing else would pass. */
#include "again.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "net/retry.h"
#include "settle.h"

enum {
    LOST_MANY = PACE_FAILURES, /* batches in a row without an answer */
    REFUSED_MAX = 5,           /* tokens for one batch */
};

bool again_is_lost(struct transfer *transfer, const struct batch *batch)
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
            again_is_lost(transfer, flight->batch))
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
bool again_renew(struct transfer *transfer, struct flight *flight,
                 const struct reply *reply, struct outcome *outcome,
                 struct err *err)
{
    (void)outcome;
    flight->refused++;
    flight_close(flight, true);
    settle_answered(transfer);
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

void again_failed(struct transfer *transfer, const struct flight *flight,
                  const struct reply *reply, double now)
{
    if (pace_failed(&transfer->pace, now, flight->sent, reply->pressed))
        say_retry(transfer, reply, now, true);
}

bool again_later(struct transfer *transfer, struct flight *flight,
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
