/* reply.c: asked in this order: what a proxy says that makes no tunnel, what
 * happened to the transport, what code the body gives, what the HTTP status
 * is. Each case takes its verdict from a table (reply_rules.h) and makes one
 * line for people. */
#include "reply.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "net/scrub.h"
#include "reply_body.h"
#include "reply_rules.h"

/* The message: what the server said, its numbers, and the hint. */
static void say(struct reply *reply, const char *said, const char *hint,
                long status)
{
    char number[48] = "";
    if (reply->code != 0)
        snprintf(number, sizeof number, "code %d", reply->code);
    else if (status != 0)
        snprintf(number, sizeof number, "HTTP %ld", status);
    bool both = *said != '\0' && *number != '\0';
    snprintf(reply->message, sizeof reply->message, "%s%s%s%s%s%s", said,
             both ? " (" : "", number, both ? ")" : "",
             hint && (*said || *number) ? "; " : "", hint ? hint : "");
}

static void follow(struct reply *reply, const struct answer_rule *rule)
{
    reply->verdict = rule->verdict;
    reply->exit = rule->exit;
    reply->pressed |= rule->pressed;
}

/* The request has not left this side of the proxy: it may be sent again. */
static void decide_tunnel(struct reply *reply, const struct exchange *x)
{
    const struct answer_rule *rule = tunnel_rule(x->tunnel);
    follow(reply, rule);
    say(reply, "", rule->hint, x->tunnel);
}

/* What is in no table may have arrived if it had begun to go out. */
static enum verdict transport_verdict(const struct exchange *x,
                                      const struct transport_rule *rule)
{
    if (rule != NULL)
        return rule->verdict;
    return x->sent ? VERDICT_UNKNOWN : VERDICT_RETRY;
}

/* An answer that is no HTTP goes by the name of an unsupported protocol: it
 * came from something else, and after the request was sent. */
static void decide_transport(struct reply *reply, const struct exchange *x)
{
    const struct transport_rule *rule = transport_rule(x->transport);
    const char *trouble = x->trouble ? x->trouble : "";
    const char *certificate = certificate_hint(trouble, x->proxy_untrusted);
    reply->foreign =
        x->sent && (CURLcode)x->transport == CURLE_UNSUPPORTED_PROTOCOL;
    reply->verdict = certificate      ? VERDICT_FATAL
                     : reply->foreign ? VERDICT_UNKNOWN
                                      : transport_verdict(x, rule);
    reply->pressed = (CURLcode)x->transport == CURLE_OPERATION_TIMEDOUT;
    reply->exit = EXIT_USAGE;
    bool detail = certificate != NULL || (rule != NULL && rule->detail);
    if (!detail || *trouble == '\0')
        trouble = x->overflow ? "the answer is too long"
                              : curl_easy_strerror((CURLcode)x->transport);
    char said[REPLY_TEXT / 2] = "";
    if (rule == NULL || detail)
        one_line(said, sizeof said - 1, trouble, strlen(trouble));
    say(reply, said, certificate ? certificate : rule ? rule->hint : NULL, 0);
}

/* Where a redirect points, without what it may carry: a user, a query. */
static void show_redirect(const struct auth *auth, char *to, size_t max,
                          const char *url)
{
    char *plain = mem_text_n(url, strcspn(url, "?#"));
    scrub_userinfo(plain);
    reply_show(auth, to, max, plain, strlen(plain));
    free(plain);
}

/* White space and a byte order mark may come first, in any order. */
static bool is_html(const char *body, size_t len)
{
    size_t at = 0;
    while (at < len && memchr(" \r\n\t\xef\xbb\xbf", body[at], 7) != NULL)
        at++;
    return at < len && body[at] == '<';
}

static const char without[] = "JSON without \"success\" and \"code\"";

/* What came instead of an answer of Fast's, in a few words. */
static void describe(const struct reply *reply, const struct exchange *x,
                     const struct reply_body *body, char *said, size_t room)
{
    bool redirected = x->status >= 300 && x->status <= 399;
    const char *what = body->whole   ? without
                       : body->twice ? "JSON with a name twice"
                       : body->success && body->odd_code
                           ? "JSON with a code that cannot be read"
                           : "not JSON";
    if (redirected && x->redirect != NULL) {
        size_t at = (size_t)snprintf(said, room, "redirected to ");
        show_redirect(body->auth, said + at, 120, x->redirect);
    } else if (reply->foreign) {
        snprintf(said, room, "a web page came back");
    } else if (reply->readable) {
        bool silent = *body->message == '\0' && !body->has_success;
        snprintf(said, room, "%s",
                 silent ? "JSON without \"success\"" : body->message);
    } else if (x->len == 0) {
        snprintf(said, room, "an empty answer");
    } else if (x->secret) {
        snprintf(said, room, "%s", what);
    } else {
        size_t at = (size_t)snprintf(said, room, "%s: ", what);
        reply_show(body->auth, said + at, 60, x->body, x->len);
    }
}

/* Also for a readable body whose code nobody knows and that says no success. */
static void decide_status(struct reply *reply, const struct exchange *x,
                          const struct reply_body *body)
{
    const struct answer_rule *rule = status_rule(x->status);
    char said[REPLY_TEXT / 2] = "";
    follow(reply, rule);
    reply->foreign = !reply->readable && is_html(x->body, x->len);
    describe(reply, x, body, said, sizeof said);
    say(reply, said, rule->hint, x->status);
}

/* A body that says success, with a 2xx: the count must be right. */
static void decide_success(struct reply *reply, const struct exchange *x,
                           const struct reply_body *body, unsigned records)
{
    char said[96];
    if (records == 0 || body->records == records) {
        reply->verdict = VERDICT_ACCEPTED;
        say(reply, body->message, NULL, x->status);
    } else if (!body->has_records) {
        reply->verdict = VERDICT_UNKNOWN;
        say(reply, "the server does not say how many records it stored", NULL,
            x->status);
    } else {
        char stored[NUMBER_TEXT], all[NUMBER_TEXT];
        reply->verdict = VERDICT_REFUSED;
        snprintf(said, sizeof said,
                 "the server says success and stored %s of %s records%s",
                 number_text(body->records, stored), number_text(records, all),
                 records > 1 ? ", not which" : "");
        say(reply, said, NULL, x->status);
    }
}

/* A known code decides whatever the HTTP status is: servers answer 200 with a
 * refusal in the body. Success needs a 2xx as well. */
static void decide_body(struct reply *reply, const struct exchange *x,
                        const struct reply_body *body, unsigned records)
{
    const struct answer_rule *rule = code_rule(body->code);
    bool fine = x->status >= 200 && x->status <= 299;
    reply->code = body->code == 200 ? 0 : body->code;
    reply->records = body->records;
    memcpy(reply->fkey, body->fkey, sizeof reply->fkey);
    if (rule != NULL) {
        follow(reply, rule);
        say(reply, body->message, rule->hint, x->status);
    } else if (fine && body->success) {
        decide_success(reply, x, body, records);
    } else if (fine && body->has_success) {
        reply->verdict = VERDICT_REFUSED;
        say(reply, body->message, NULL, x->status);
    } else {
        decide_status(reply, x, body);
    }
}

/* Of what came back, not of what happened on the way. */
static void decide_answer(struct reply *reply, const struct exchange *x,
                          unsigned records, const struct auth *auth)
{
    struct reply_body body = {.auth = auth};
    bool redirected = x->status >= 300 && x->status <= 399;
    reply->pressed = status_rule(x->status)->pressed;
    reply->readable = !redirected && reply_read(&body, x->body, x->len);
    if (reply->readable)
        decide_body(reply, x, &body, records);
    else
        decide_status(reply, x, &body);
}

void reply_decide(struct reply *reply, const struct exchange *x,
                  unsigned records, const struct auth *auth)
{
    *reply = (struct reply){.exit = EXIT_DONE};
    if (x->tunnel != 0)
        decide_tunnel(reply, x);
    else if (x->transport != CURLE_OK)
        decide_transport(reply, x);
    else
        decide_answer(reply, x, records, auth);
}
