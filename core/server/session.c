/* session.c: calls that are waited for, one at a time: the token's, and those
 * of a script that drives itself. */
#include "session.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "connect.h"
#include "net/retry.h"

enum {
    TOKEN_MAX = 1024 * 1024,     /* bytes of a getToken answer */
    DATA_MAX = 64 * 1024 * 1024, /* of a GetData answer */
    DISTRUSTED_MAX = 3,          /* tokens asked for anew */
};
static const double distrust = 0.5;     /* seconds, doubled each time */
static const double first_contact = 15; /* seconds */
static const char longer_wait[] = ", as it asks for a longer wait than "
                                  "retry_for";

bool session_open(struct session *session, const struct config *config,
                  struct ledger *ledger, struct err *err)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *session = (struct session){
        .config = config,
        .ledger = ledger,
        .chance = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 30,
    };
    auth_init(&session->auth, config);
    session->http = connect_http(config, err);
    return session->http != NULL;
}

void session_close(struct session *session)
{
    http_free(session->http);
    session->http = NULL;
    auth_release(&session->auth);
}

/* One call that is tried until its time is over. */
struct attempt {
    struct session *session;
    struct http_call call;
    const char *path;
    const struct buf *body;
    bool token; /* it asks for a token: it carries none itself */
    bool heard; /* a server has answered, whatever it said */
    unsigned records, number;
    double begun;
    struct reply reply;
};

/* Lets http go on until the call is over, or until a time. The calls of others
 * that end meanwhile stay where http_next finds them, in their order. */
static bool await(struct attempt *attempt, double until, struct err *err)
{
    struct http *http = attempt->session->http;
    struct http_call *others = NULL, **end = &others;
    bool good = true;
    double left;
    while (good && (left = until - clock_now()) > 0) {
        struct http_call *call = http_next(http);
        if (call == &attempt->call)
            break;
        if (call != NULL) {
            call->next = NULL;
            *end = call;
            end = &call->next;
        } else if (atomic_load(&interrupted)) {
            good = err_set(err, EXIT_INTERRUPTED,
                           "interrupted; run again to send the rest");
        } else {
            good = http_turn(http, left < 1 ? left : 1, err);
        }
    }
    http_return(http, others);
    return good;
}

/* One request and its verdict. The token's own request counts by itself in the
 * ledger: it is none of the data's. */
static bool try_once(struct attempt *attempt, struct err *err)
{
    struct session *session = attempt->session;
    struct http_call *call = &attempt->call;
    session->ledger->requests += !attempt->token;
    session->ledger->tokens += attempt->token;
    attempt->number = session->auth.number;
    const struct auth *auth = attempt->token ? NULL : &session->auth;
    if (!connect_post(session->http, call, session->config, attempt->path,
                      attempt->body, auth, err) ||
        !await(attempt, INFINITY, err))
        return false;
    reply_decide(&attempt->reply, &call->exchange, attempt->records,
                 &session->auth);
    attempt->heard = attempt->heard || call->exchange.status != 0;
    if (call->exchange.overflow) {
        attempt->reply.verdict = VERDICT_LARGE;
        snprintf(attempt->reply.message, REPLY_TEXT,
                 "the answer is larger than %zu MiB", call->answer_max >> 20);
    }
    log_debug("%s: HTTP %ld, %s%s%s", attempt->path, call->exchange.status,
              attempt->reply.message, *call->trouble ? "; " : "",
              call->trouble);
    return true;
}

static bool is_first_token(const struct attempt *attempt)
{
    return attempt->token && attempt->session->auth.number == 0;
}

/* How long this is tried. Until the first token there is nothing to lose: a
 * server that is not there at all is said soon, unless somebody has said how
 * long to try. One that answers is there, and will be itself again. */
static double patience(const struct attempt *attempt)
{
    const struct config *config = attempt->session->config;
    double all = (double)config->retry_for;
    bool soon = is_first_token(attempt) && !attempt->heard &&
                config_rank(config, "retry_for") == RANK_DEFAULT;
    return soon && all > first_contact ? first_contact : all;
}

/* Waits before the next try; false when the time is over. */
static bool hold_off(struct attempt *attempt, unsigned tries, struct err *err)
{
    struct session *session = attempt->session;
    const struct config *config = session->config;
    double max = patience(attempt), spent = clock_now() - attempt->begun;
    double asked =
        retry_after(attempt->call.after, attempt->call.date, time(NULL));
    double until = retry_due(clock_now(), attempt->begun + max, tries, asked,
                             &session->chance);
    if (until < 0)
        return err_set(err, EXIT_PENDING, "%s%s: %s; given up after %.0f s%s",
                       config->url, attempt->path, attempt->reply.message,
                       floor(spent), spent < max ? longer_wait : "");
    if (tries == 1)
        log_note("%s%s: %s; trying again for up to %.0f s", config->url,
                 attempt->path, attempt->reply.message, max);
    return await(attempt, until, err);
}

/* A page in the place of a first token, or what is no HTTP, tells that this is
 * no Fast; a page that says that the server is busy or away tells nothing. */
static bool is_final(const struct attempt *attempt)
{
    const struct reply *reply = &attempt->reply;
    if (reply->verdict == VERDICT_RETRY || reply->verdict == VERDICT_UNKNOWN)
        return reply->foreign && is_first_token(attempt) &&
               attempt->call.exchange.status < 400;
    return true;
}

/* Tries until there is an answer that trying again would not change. */
static bool persist(struct attempt *attempt, struct err *err)
{
    attempt->begun = clock_now();
    for (unsigned tries = 1;; tries++) {
        if (!try_once(attempt, err))
            return false;
        if (is_final(attempt))
            return true;
        if (!hold_off(attempt, tries, err))
            return false;
    }
}

/* What a final answer to getToken means. */
static bool take_token(struct attempt *attempt, struct err *err)
{
    struct session *session = attempt->session;
    const struct reply *reply = &attempt->reply;
    const char *url = session->config->url;
    const struct buf *answer = &attempt->call.answer;
    if (reply->verdict == VERDICT_ACCEPTED) {
        if (auth_answer(&session->auth, answer->at, answer->len, clock_now(),
                        time(NULL)))
            return true;
        return err_set(err, EXIT_USAGE,
                       "%s%s: the answer holds no token; check url", url,
                       attempt->path);
    }
    char doubt[CONFIG_DOUBT];
    if (reply->verdict == VERDICT_RENEW || reply->verdict == VERDICT_REFUSED)
        return err_set(err, EXIT_RIGHTS,
                       "%s: the server refuses user %s: %s; check username "
                       "and password%s",
                       url, session->auth.username, reply->message,
                       config_doubt(session->config, doubt, sizeof doubt));
    if (reply->verdict == VERDICT_LARGE && !attempt->call.exchange.overflow)
        return err_set(err, EXIT_USAGE,
                       "%s%s: the few bytes of its request are too many for "
                       "the server (413); check url",
                       url, attempt->path);
    bool said = reply->verdict == VERDICT_FATAL && !reply->foreign;
    return err_set(err, said ? reply->exit : EXIT_USAGE, "%s%s: %s", url,
                   attempt->path, reply->message);
}

/* A token of the configuration is used as it is: there is no other. */
bool session_token(struct session *session, struct err *err)
{
    struct buf body = {0};
    if (session->auth.fixed)
        return true;
    auth_request(&session->auth, &body);
    struct attempt attempt = {.session = session,
                              .path = "/api/getToken",
                              .body = &body,
                              .call = {.answer_max = TOKEN_MAX},
                              .token = true};
    bool good = persist(&attempt, err) && take_token(&attempt, err);
    http_call_release(session->http, &attempt.call);
    buf_wipe(&body);
    return good;
}

/* Others go on meanwhile, as while a token is got. */
static bool wait_distrustfully(struct session *session, const char *message,
                               struct err *err)
{
    const struct config *config = session->config;
    struct attempt nobody = {.session = session};
    double delay = distrust * (double)(1u << session->auth.distrusted++);
    if (delay > (double)config->retry_for)
        delay = (double)config->retry_for;
    log_note("%s: a token that was just given is refused: %s; asking for "
             "another in %.1f s",
             config->url, message, delay);
    return await(&nobody, clock_now() + delay, err);
}

/* Two requests in flight with one token are refused one after the other: the
 * second finds a newer token already, and nothing is to be done. */
bool session_refused(struct session *session, unsigned number,
                     const char *message, struct err *err)
{
    struct auth *auth = &session->auth;
    if (number < auth->number)
        return true;
    char doubt[CONFIG_DOUBT];
    if (auth->fixed)
        return err_set(err, EXIT_RIGHTS,
                       "%s: the server refuses the token: %s; set a new one%s",
                       session->config->url, message,
                       config_doubt(session->config, doubt, sizeof doubt));
    if (!auth->proven && auth->distrusted == DISTRUSTED_MAX)
        return err_set(err, EXIT_RIGHTS,
                       "%s: the server refuses a token that it has just "
                       "given, %u in a row: %s",
                       session->config->url, auth->distrusted + 1, message);
    return (auth->proven || wait_distrustfully(session, message, err)) &&
           session_token(session, err);
}

/* A refused token leads to one renewal; the loop ends as session_refused says
 * no when that did not help. */
bool session_ask(struct session *session, const char *path,
                 const struct buf *body, unsigned records, struct buf *answer,
                 struct reply *reply, struct err *err)
{
    struct attempt attempt = {.session = session,
                              .path = path,
                              .body = body,
                              .records = records,
                              .call = {.answer_max = DATA_MAX}};
    bool good =
        !auth_due(&session->auth, clock_now()) || session_token(session, err);
    while (good) {
        good = persist(&attempt, err);
        if (!good || attempt.reply.verdict != VERDICT_RENEW)
            break;
        good = session_refused(session, attempt.number, attempt.reply.message,
                               err);
    }
    *reply = attempt.reply;
    if (good && reply->readable)
        auth_taken(&session->auth, attempt.number);
    struct buf kept = *answer;
    *answer = attempt.call.answer;
    attempt.call.answer = kept;
    http_call_release(session->http, &attempt.call);
    return good;
}

bool session_call(struct session *session, const char *path,
                  const struct buf *body, unsigned records, struct buf *answer,
                  struct err *err)
{
    struct reply reply;
    if (!session_ask(session, path, body, records, answer, &reply, err))
        return false;
    return reply.readable ||
           err_set(err, reply.exit ? reply.exit : EXIT_PENDING, "%s%s: %s",
                   session->config->url, path, reply.message);
}
