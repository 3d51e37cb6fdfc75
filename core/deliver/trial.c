/* trial.c: the record that is tried is another one each time, as it may be a
 * bad one itself. */
#include "trial.h"

#include "base/clock.h"
#include "base/json.h"
#include "failing.h"
#include "form/form.h"
#include "net/retry.h"
#include "server/connect.h"

enum { FEW = 4 }; /* flights, each with no record left that may tell */

/* Records left that may tell, beside the part where it is one. */
static uint32_t others(const struct flight *flight)
{
    const struct isolation *part = &flight->batch->part;
    return part->count - part->at - (isolation_size(part) == 1);
}

/* Each of them has been tried on the part's behalf: they may be bad as well. */
static bool has_asked_all(const struct flight *flight)
{
    return flight->asked >= others(flight);
}

/* A server that still reads may store nothing: that its reading is asked is
 * the last resort, where no batch has another record to tell; and where others
 * were there, it must have stored one of them. */
static bool may_read(const struct transfer *transfer)
{
    unsigned busy = 0;
    if (transfer->taken > 1 && transfer->success_at == 0)
        return false;
    for (unsigned i = 0; i < transfer->count; i++) {
        const struct flight *flight = &transfer->flights[i];
        if (flight->state == FLIGHT_FREE)
            continue;
        busy++;
        if (!has_asked_all(flight))
            return false;
    }
    return busy <= FEW;
}

enum trial trial_choose(const struct transfer *transfer,
                        const struct flight *flight)
{
    const struct form *form = form_find(flight->batch->limits->form);
    if (!has_asked_all(flight))
        return TRIAL_SYNC;
    if (form != NULL && form->reads != NULL && may_read(transfer))
        return TRIAL_READ;
    return others(flight) > 0 ? TRIAL_SYNC : TRIAL_NONE;
}

/* Of the records left, but for the first where it is the part. */
static uint32_t choose_record(const struct flight *flight)
{
    const struct isolation *part = &flight->batch->part;
    uint32_t from = part->at + (isolation_size(part) == 1);
    /* From the last one on down: a batch goes on with its first ones. */
    return part->count - 1 - flight->trials % (part->count - from);
}

uint64_t trial_salt(struct session *session)
{
    static const double range = 1ULL << 52;
    return UINT64_C(1) << 62 |
           (uint64_t)(retry_chance(&session->chance) * range);
}

static void make_read(const struct batch *batch, struct buf *body)
{
    buf_clear(body);
    buf_puts(body, "{\"form\":");
    json_cstring(body, form_find(batch->limits->form)->reads);
    buf_puts(body, ",\"Id\":\"?\"}");
}

/* Takes down that it goes: it is a request, and no try of the part. */
static void count_trial(struct transfer *transfer, struct flight *flight)
{
    flight->state = FLIGHT_FLYING;
    flight->number = transfer->session.auth.number;
    flight->sent = clock_now();
    flight->trials++;
    flight->asked++;
    flight->call.owner = flight;
    transfer->ledger->requests++;
    pace_sent(&transfer->pace, flight->sent, 1);
}

static bool prepare(struct transfer *transfer, struct flight *flight,
                    struct err *err)
{
    struct session *session = &transfer->session;
    return flight_open(transfer, flight, err) &&
           outbox_sync(transfer->outbox, flight->batch, err) &&
           (!auth_due(&session->auth, clock_now()) ||
            session_token(session, err));
}

bool trial_send(struct transfer *transfer, struct flight *flight,
                struct err *err)
{
    struct session *session = &transfer->session;
    bool reads = flight->trial == TRIAL_READ;
    if (!prepare(transfer, flight, err))
        return false;
    if (reads)
        make_read(flight->batch, &flight->trial_body);
    else
        batch_lone(flight->batch, choose_record(flight), trial_salt(session),
                   &flight->trial_body);
    count_trial(transfer, flight);
    return connect_post(session->http, &flight->call, session->config,
                        reads ? "/api/GetData" : "/api/SyncData",
                        &flight->trial_body, &session->auth, err);
}

/* A refusal is as good as an acceptance: the server has looked at it. */
bool trial_passed(const struct flight *flight, const struct reply *reply)
{
    if (!reply->readable || failing_is_answer(&flight->call, reply))
        return false;
    return reply->verdict == VERDICT_ACCEPTED ||
           reply->verdict == VERDICT_REFUSED ||
           (flight->trial == TRIAL_READ && reply->verdict == VERDICT_FATAL);
}
