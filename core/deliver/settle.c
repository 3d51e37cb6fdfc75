/* settle.c: each answer moves the part on; with its last one the batch's memory
 * is free, once its outcome has been taken. */
#include "settle.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "failing.h"

/* The next part of the batch, or its end. */
static void go_on(struct transfer *transfer, struct flight *flight)
{
    flight->tries = 0;
    flight->refused = 0;
    flight->failed = flight->fresh = false;
    flight->asked = 0;
    flight_wait(flight, flight->due); /* before those that came later */
    if (isolation_over(&flight->batch->part))
        flight_free(transfer, flight);
}

void settle_answered(struct transfer *transfer)
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
    settle_answered(transfer);
}

/* Whatever became of the part's requests before, this answer says it; but not
 * of those that held more than the part. Before the part moves on. */
static void end_part(struct flight *flight)
{
    const struct isolation *part = &flight->batch->part;
    failing_forget(flight->batch);
    flight->unsure &= part->upto < part->count;
    flight->batch->unknown = flight->unsure;
    flight->failed_at = 0;
}

static struct journal_answer answer_of(const struct reply *reply)
{
    return (struct journal_answer){.fkey = reply->fkey,
                                   .message = reply->message};
}

bool settle_accepted(struct transfer *transfer, struct flight *flight,
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
        log_warn("%s: records that were not accepted together were accepted "
                 "in parts; what was wrong the server does not say",
                 transfer->config->url);
    end_part(flight);
    isolation_accepted(&batch->part);
    bool good = outbox_accepted(transfer->outbox, batch, outcome->from,
                                outcome->upto, &answer, err);
    go_on(transfer, flight);
    return good;
}

/* Standing alone, the record is bad, and due again in the next run. */
bool settle_rejected(struct transfer *transfer, struct flight *flight,
                     const char *why, const struct reply *reply,
                     struct outcome *outcome, struct err *err)
{
    struct batch *batch = flight->batch;
    const struct journal_answer answer = answer_of(reply);
    outcome->what = OUTCOME_REJECTED;
    outcome->from = batch->part.at;
    outcome->upto = batch->part.upto;
    snprintf(outcome->reason, sizeof outcome->reason, "%s: %s", why,
             reply->message);
    end_part(flight);
    isolation_refused(&batch->part);
    bool good = outbox_refused(transfer->outbox, batch, outcome->from,
                               outcome->reason, &answer, err);
    go_on(transfer, flight);
    return good;
}

/* One of several is bad, and the server does not say which. */
bool settle_split(struct transfer *transfer, struct flight *flight,
                  struct err *err)
{
    transfer->ledger->splits++;
    bool good = outbox_part(transfer->outbox, flight->batch, err);
    go_on(transfer, flight);
    return good;
}

bool settle_refused(struct transfer *transfer, struct flight *flight,
                    const struct reply *reply, struct outcome *outcome,
                    struct err *err)
{
    struct isolation *part = &flight->batch->part;
    note_verdict(transfer, flight, reply);
    if (isolation_size(part) == 1)
        return settle_rejected(transfer, flight, "refused", reply, outcome,
                               err);
    end_part(flight);
    isolation_refused(part);
    return settle_split(transfer, flight, err);
}

/* Whatever is formed from here on keeps to this size at once. */
bool settle_large(struct transfer *transfer, struct flight *flight,
                  const struct reply *reply, struct outcome *outcome,
                  struct err *err)
{
    struct isolation *part = &flight->batch->part;
    if (isolation_size(part) == 1)
        return settle_refused(transfer, flight, reply, outcome, err);
    note_verdict(transfer, flight, reply);
    end_part(flight);
    isolation_too_large(part);
    if (transfer->room == 0 || part->max < transfer->room) {
        transfer->room = part->max;
        log_note("%s: %s; at most %u a request from here on",
                 transfer->config->url, reply->message, part->max);
    }
    return settle_split(transfer, flight, err);
}
