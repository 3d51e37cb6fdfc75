/* reply.c: tables, looked through in this order: what a proxy that makes no
 * tunnel says, what happened to the transport, what code the body gives, what
 * the HTTP status is. */
#include "reply_part.h"

#include <curl/curl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/scrub.h"

/* What became of the transport. `detail`: curl's own text says more. */
struct transport_rule {
    CURLcode transport;
    enum verdict verdict;
    bool detail;
    const char *hint;
};

static const struct transport_rule transport_rules[] = {
    /* clang-format off */
    {CURLE_COULDNT_RESOLVE_HOST,     VERDICT_RETRY, false, "the server's name is not known; check url"},
    {CURLE_COULDNT_RESOLVE_PROXY,    VERDICT_RETRY, false, "the proxy's name is not known; check proxy or https_proxy"},
    {CURLE_PROXY,                    VERDICT_RETRY, true,  "the proxy does not let us through; check proxy or https_proxy"},
    {CURLE_COULDNT_CONNECT,          VERDICT_RETRY, false, "no server answers there; check url"},
    {CURLE_SSL_CONNECT_ERROR,        VERDICT_RETRY, true,  "no TLS connection; check url"},
    {CURLE_PEER_FAILED_VERIFICATION, VERDICT_FATAL, true,  "ca_file can add the certificate that signed the server's"},
    {CURLE_SSL_CACERT_BADFILE,       VERDICT_FATAL, false, "ca_file cannot be read as certificates"},
    {CURLE_SSL_CERTPROBLEM,          VERDICT_FATAL, true,  "client_cert or client_key cannot be used"},
    {CURLE_SSL_ISSUER_ERROR,         VERDICT_FATAL, true,  "ca_file can add the certificate that signed the server's"},
    {CURLE_URL_MALFORMAT,            VERDICT_FATAL, true,  "check url"},
    {CURLE_UNSUPPORTED_PROTOCOL,     VERDICT_FATAL, true,  "check url"},
    /* clang-format on */
};

/* What TLS has against a certificate, the server's or ours, in curl's and
 * OpenSSL's words: it comes before any request is looked at. */
struct certificate_rule {
    const char *text, *hint;
};

static const struct certificate_rule certificate_rules[] = {
    /* clang-format off */
    {"certificate subject name",   "url must name the server as its certificate does"},
    {"certificate has expired",    "the server's is to be renewed, or the clock here is wrong"},
    {"alert certificate required", "the server wants a certificate of ours; set client_cert and client_key"},
    {"alert unknown ca",           "the server does not know who signed our certificate; check client_cert"},
    {"alert bad certificate",      "the server does not take our certificate; check client_cert"},
    {"alert certificate unknown",  "the server does not take our certificate; check client_cert"},
    {"alert certificate expired",  "our certificate has expired; renew client_cert"},
    {"alert certificate revoked",  "our certificate is revoked; renew client_cert"},
    /* clang-format on */
};

/* And against the proxy's. */
static const struct certificate_rule proxy_rules[] = {
    /* clang-format off */
    {"certificate subject name",   "it is the proxy's; proxy must name it as its certificate does"},
    {"certificate has expired",    "the proxy's is to be renewed, or the clock here is wrong"},
    {"",                           "it is the proxy's; proxy_ca_file can add the certificate that signed it"},
    /* clang-format on */
};

/* What a body's `code` means, whatever the HTTP status is. */
struct code_rule {
    int code;
    enum verdict verdict;
    enum exit_code exit;
    const char *hint;
};

static const struct code_rule code_rules[] = {
    /* clang-format off */
    {201, VERDICT_FATAL,   EXIT_USAGE,  "the server has no such form"},
    {202, VERDICT_FATAL,   EXIT_FAULT,  "the server saw no records, which is a fault of fastsync"},
    {400, VERDICT_REFUSED, EXIT_DONE,   NULL},
    {401, VERDICT_RENEW,   EXIT_RIGHTS, NULL},
    {403, VERDICT_FATAL,   EXIT_RIGHTS, "this user has no right to it; ask the administrator of Fast"},
    {413, VERDICT_LARGE,   EXIT_DONE,   NULL},
    {500, VERDICT_RETRY,   EXIT_DONE,   NULL},
    {601, VERDICT_REFUSED, EXIT_DONE,   NULL},
    /* clang-format on */
};

/* What an HTTP status means where no body says more: first row that fits. */
struct status_rule {
    long first, last;
    enum verdict verdict;
    enum exit_code exit;
    const char *hint;
};

static const struct status_rule status_rules[] = {
    /* clang-format off */
    {200, 299, VERDICT_RETRY,   EXIT_DONE,   "the answer is none of Fast's; check url"},
    {300, 399, VERDICT_FATAL,   EXIT_USAGE,  "it is not followed; set url to where the server is"},
    {401, 401, VERDICT_RENEW,   EXIT_RIGHTS, NULL},
    {403, 403, VERDICT_FATAL,   EXIT_RIGHTS, "this user has no right to it; ask the administrator of Fast"},
    {404, 405, VERDICT_FATAL,   EXIT_USAGE,  "this is not a Fast server; check url"},
    {407, 407, VERDICT_FATAL,   EXIT_USAGE,  "the proxy wants credentials; check proxy or https_proxy"},
    {408, 408, VERDICT_RETRY,   EXIT_DONE,   NULL},
    {413, 413, VERDICT_LARGE,   EXIT_DONE,   "the request is too large for the server; lower batch"},
    {425, 425, VERDICT_RETRY,   EXIT_DONE,   NULL},
    {429, 429, VERDICT_RETRY,   EXIT_DONE,   "the server asks for fewer requests; lower concurrency or rate"},
    {400, 499, VERDICT_FATAL,   EXIT_USAGE,  "the server does not take such requests; check url"},
    {500, 599, VERDICT_RETRY,   EXIT_DONE,   NULL},
    {0, LONG_MAX, VERDICT_RETRY,   EXIT_DONE,   "the answer is none of Fast's; check url"},
    /* clang-format on */
};

/* What a proxy's status means that makes no tunnel to the server: nothing has
 * arrived there. */
static const struct status_rule tunnel_rules[] = {
    /* clang-format off */
    {407, 407, VERDICT_FATAL,   EXIT_USAGE,  "the proxy wants credentials; check proxy or https_proxy"},
    {408, 408, VERDICT_RETRY,   EXIT_DONE,   "of the proxy"},
    {429, 429, VERDICT_RETRY,   EXIT_DONE,   "the proxy asks for fewer requests"},
    {300, 499, VERDICT_FATAL,   EXIT_USAGE,  "the proxy does not let us through; check url, and proxy or https_proxy"},
    {0, LONG_MAX, VERDICT_RETRY,   EXIT_DONE,   "the proxy does not reach the server; check url"},
    /* clang-format on */
};

/* What a server says that has too much to do. */
static bool is_pressed(long status)
{
    return status == 429 || status == 503 || status == 504;
}

#define COUNT(table) (sizeof(table) / sizeof *(table))

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

/* The hint about what is wrong with a certificate, or NULL. */
static const char *certificate_hint(const struct exchange *x)
{
    const struct certificate_rule *rules = certificate_rules;
    size_t count = COUNT(certificate_rules);
    const char *trouble = x->trouble ? x->trouble : "";
    if (x->proxy_untrusted) {
        rules = proxy_rules;
        count = COUNT(proxy_rules);
    }
    for (size_t i = 0; i < count; i++)
        if (strstr(trouble, rules[i].text) != NULL)
            return rules[i].hint;
    return NULL;
}

static void judge_tunnel(struct reply *reply, const struct exchange *x)
{
    const struct status_rule *rule = tunnel_rules;
    while (x->tunnel < rule->first || x->tunnel > rule->last)
        rule++;
    reply->verdict = rule->verdict;
    reply->exit = rule->exit;
    reply->pressed = is_pressed(x->tunnel);
    say(reply, "", rule->hint, x->tunnel);
}

/* An answer that is no HTTP goes by the name of an unsupported protocol. */
static void judge_transport(struct reply *reply, const struct exchange *x)
{
    const struct transport_rule *rule = transport_rules;
    const struct transport_rule *end = rule + COUNT(transport_rules);
    const char *certificate = certificate_hint(x);
    while (rule < end && rule->transport != (CURLcode)x->transport)
        rule++;
    reply->foreign =
        x->sent && (CURLcode)x->transport == CURLE_UNSUPPORTED_PROTOCOL;
    if (certificate != NULL)
        reply->verdict = VERDICT_FATAL;
    else if (reply->foreign)
        reply->verdict = VERDICT_UNKNOWN;
    else if (rule < end)
        reply->verdict = rule->verdict;
    else
        reply->verdict = x->sent ? VERDICT_UNKNOWN : VERDICT_RETRY;
    reply->pressed = (CURLcode)x->transport == CURLE_OPERATION_TIMEDOUT;
    reply->exit = EXIT_USAGE;
    const char *trouble = curl_easy_strerror((CURLcode)x->transport);
    bool detail = certificate != NULL || (rule < end && rule->detail);
    if (detail && x->trouble != NULL && *x->trouble != '\0')
        trouble = x->trouble;
    char said[REPLY_TEXT / 2] = "";
    if (rule == end || detail)
        reply_line(said, sizeof said - 1, trouble, strlen(trouble));
    say(reply, said,
        certificate  ? certificate
        : rule < end ? rule->hint
                     : NULL,
        0);
}

/* Where a redirect points, without what it may carry: a user, a query. */
static void show_redirect(const struct auth *auth, char *to, size_t most,
                          const char *url)
{
    char *plain = mem_text_n(url, strcspn(url, "?#"));
    scrub_userinfo(plain);
    reply_show(auth, to, most, plain, strlen(plain));
    free(plain);
}

static bool is_html(const char *body, size_t len)
{
    size_t at = 0;
    while (at < len && (body[at] == ' ' || body[at] == '\r' ||
                        body[at] == '\n' || body[at] == '\t'))
        at++;
    if (len - at >= 3 && memcmp(body + at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    return at < len && body[at] == '<';
}

static void judge_status(struct reply *reply, const struct exchange *x,
                         const struct reply_body *body)
{
    const struct status_rule *rule = status_rules;
    while (x->status < rule->first || x->status > rule->last)
        rule++;
    reply->verdict = rule->verdict;
    reply->exit = rule->exit;
    reply->foreign = !reply->readable && is_html(x->body, x->len);
    char said[REPLY_TEXT / 2] = "";
    const char *shown = body->message;
    if (x->status >= 300 && x->status <= 399 && x->redirect != NULL) {
        size_t at = (size_t)snprintf(said, sizeof said, "redirected to ");
        show_redirect(body->auth, said + at, 120, x->redirect);
        shown = said;
    } else if (reply->foreign) {
        shown = "a web page came back";
    } else if (!reply->readable && x->len == 0) {
        shown = "an empty answer";
    } else if (!reply->readable && x->secret) {
        shown = "not JSON";
    } else if (!reply->readable) {
        size_t at = (size_t)snprintf(said, sizeof said, "not JSON: ");
        reply_show(body->auth, said + at, 60, x->body, x->len);
        shown = said;
    }
    say(reply, shown, rule->hint, x->status);
}

/* A body that says success, with a 2xx: the count must be right. */
static void judge_success(struct reply *reply, const struct exchange *x,
                          const struct reply_body *body)
{
    if (x->records == 0 || body->records == x->records) {
        reply->verdict = VERDICT_ACCEPTED;
        say(reply, body->message, NULL, x->status);
    } else if (!body->has_records) {
        reply->verdict = VERDICT_UNKNOWN;
        say(reply, "the server does not say how many records it stored", NULL,
            x->status);
    } else {
        char said[96];
        reply->verdict = VERDICT_REFUSED;
        snprintf(said, sizeof said,
                 "the server says success and stored %llu of %u records%s",
                 (unsigned long long)body->records, x->records,
                 x->records > 1 ? ", not which" : "");
        say(reply, said, NULL, x->status);
    }
}

static const struct code_rule *find_code(int code)
{
    for (size_t i = 0; i < COUNT(code_rules); i++)
        if (code_rules[i].code == code)
            return &code_rules[i];
    return NULL;
}

static void judge_body(struct reply *reply, const struct exchange *x,
                       const struct reply_body *body)
{
    const struct code_rule *rule = find_code(body->code);
    bool fine = x->status >= 200 && x->status <= 299;
    reply->code = body->code == 200 ? 0 : body->code;
    reply->records = body->records;
    memcpy(reply->fkey, body->fkey, sizeof reply->fkey);
    if (rule != NULL) {
        reply->verdict = rule->verdict;
        reply->exit = rule->exit;
        say(reply, body->message, rule->hint, x->status);
    } else if (fine && body->success) {
        judge_success(reply, x, body);
    } else if (fine && body->has_success) {
        reply->verdict = VERDICT_REFUSED;
        say(reply, body->message, NULL, x->status);
    } else {
        judge_status(reply, x, body);
    }
}

void reply_judge(struct reply *reply, const struct exchange *x,
                 const struct auth *auth)
{
    struct reply_body body = {.auth = auth};
    *reply = (struct reply){.exit = EXIT_DONE};
    if (x->tunnel != 0) {
        judge_tunnel(reply, x);
        return;
    }
    if (x->transport != CURLE_OK) {
        judge_transport(reply, x);
        return;
    }
    bool redirected = x->status >= 300 && x->status <= 399;
    reply->pressed = is_pressed(x->status);
    reply->readable = !redirected && reply_read(&body, x->body, x->len);
    if (reply->readable)
        judge_body(reply, x, &body);
    else
        judge_status(reply, x, &body);
}
