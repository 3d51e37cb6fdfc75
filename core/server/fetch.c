/* fetch.c: a slot is a place for one request in flight. It takes a question,
 * carries it until it is answered, then takes the next one. */
#include "fetch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "base/mem.h"
#include "connect.h"
#include "net/retry.h"

enum { SLOTS_MAX = 64 };

struct slot {
    struct question *question; /* NULL: it is free */
    struct http_call call;
    unsigned tries, number; /* number: of the token it carried */
    double begun, due, sent;
    bool flying;
};

struct fetch {
    struct session *session;
    struct pace *pace;
    const char *path;
    struct question *next, *end;
    struct slot slots[SLOTS_MAX];
    unsigned slot_count, flying, waiting; /* waiting: for their answers */
};

static double end_of(const struct fetch *f, const struct slot *slot)
{
    return slot->begun + (double)f->session->config->retry_for;
}

/* A free slot takes the next question. */
static void load(struct fetch *f, struct slot *slot)
{
    if (slot->question != NULL || f->next == f->end)
        return;
    double now = clock_now();
    slot->question = f->next++;
    slot->begun = slot->due = now;
    slot->tries = 0;
    f->waiting++;
}

/* A token that is about to end is renewed before it fails many at once. */
static bool start(struct fetch *f, struct slot *slot, struct err *err)
{
    struct session *session = f->session;
    if (auth_due(&session->auth, clock_now()) && !session_token(session, err))
        return false;
    session->ledger->requests++;
    slot->number = session->auth.number;
    slot->sent = clock_now();
    slot->flying = true;
    f->flying++;
    pace_sent(f->pace, slot->sent, 1);
    return connect_post(session->http, &slot->call, session->config, f->path,
                        &slot->question->body, &session->auth, err);
}

/* Starts what may go; *next is when more may. */
static bool start_all(struct fetch *f, double *next, struct err *err)
{
    *next = INFINITY;
    for (unsigned i = 0; i < f->slot_count; i++) {
        struct slot *slot = &f->slots[i];
        load(f, slot);
        if (slot->question == NULL || slot->flying)
            continue;
        double now = clock_now(), end = end_of(f, slot);
        if (slot->due <= now && pace_lets(f->pace, now, f->flying, end)) {
            if (!start(f, slot, err))
                return false;
            continue;
        }
        double when = pace_next(f->pace, slot->due, end);
        if (when <= now)
            continue; /* an answer makes room for it */
        *next = when < *next ? when : *next;
    }
    return true;
}

static bool try_later(struct fetch *f, struct slot *slot,
                      const struct reply *reply, struct err *err)
{
    struct session *session = f->session;
    double now = clock_now();
    double asked = retry_after(slot->call.after, slot->call.date, time(NULL));
    slot->due =
        retry_due(now, end_of(f, slot), ++slot->tries, asked, &session->chance);
    session->ledger->retries++;
    if (asked > 0)
        pace_asked(f->pace, now + asked);
    if (pace_failed(f->pace, now, slot->sent, reply->pressed))
        log_note("%s%s: %s; waiting", session->config->url, f->path,
                 reply->message);
    return slot->due >= 0 ||
           err_set(err, EXIT_PENDING, "%s%s: %s; given up after %llu s",
                   session->config->url, f->path, reply->message,
                   (unsigned long long)session->config->retry_for);
}

/* A call is over: its question is answered, or is asked again. */
static bool settle(struct fetch *f, struct slot *slot, struct err *err)
{
    struct session *session = f->session;
    struct question *question = slot->question;
    struct reply *reply = &question->reply;
    slot->flying = false;
    f->flying--;
    reply_decide(reply, &slot->call.exchange, 0, &session->auth);
    if (slot->call.exchange.overflow)
        reply->verdict = VERDICT_LARGE;
    if (reply->verdict == VERDICT_RETRY || reply->verdict == VERDICT_UNKNOWN)
        return try_later(f, slot, reply, err);
    pace_answered(f->pace);
    if (reply->verdict == VERDICT_RENEW)
        return session_refused(session, slot->number, reply->message, err);
    if (reply->readable)
        auth_taken(&session->auth, slot->number);
    struct buf kept = question->answer;
    question->answer = slot->call.answer;
    slot->call.answer = kept;
    slot->question = NULL;
    f->waiting--;
    return true;
}

/* Starts what may go, waits, and takes the answers; a second at most, so that
 * an interruption is seen soon. */
static bool turn(struct fetch *f, struct err *err)
{
    struct http_call *call;
    double next;
    if (atomic_load(&interrupted))
        return err_set(err, EXIT_INTERRUPTED, "interrupted");
    if (!start_all(f, &next, err))
        return false;
    double left = next - clock_now();
    left = left < 0 ? 0 : left > 1 ? 1 : left;
    if (f->waiting > 0 && !http_turn(f->session->http, left, err))
        return false;
    while ((call = http_next(f->session->http)) != NULL)
        if (!settle(f, call->owner, err))
            return false;
    return true;
}

/* The slots' memory is kept for one call alone: questions come in blocks. */
bool fetch(struct session *session, struct pace *pace, const char *path,
           struct question *questions, size_t count, struct err *err)
{
    struct fetch *f = mem_zero(1, sizeof *f);
    bool good = true;
    *f = (struct fetch){.session = session,
                        .pace = pace,
                        .path = path,
                        .next = questions,
                        .end = questions + count};
    f->slot_count = pace->max < SLOTS_MAX ? pace->max : SLOTS_MAX;
    for (unsigned i = 0; i < f->slot_count; i++)
        f->slots[i].call.owner = &f->slots[i];
    while (good && (f->waiting > 0 || f->next < f->end))
        good = turn(f, err);
    for (unsigned i = 0; i < f->slot_count; i++)
        http_call_release(session->http, &f->slots[i].call);
    free(f);
    return good;
}
