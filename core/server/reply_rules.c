/* reply_rules.c: to add a case, add a row. Hints say what a person can do
 * about it, and name the setting. */
#include "reply_rules.h"

#include <curl/curl.h>
#include <limits.h>
#include <string.h>

static const struct transport_rule transport_rules[] = {
    /* clang-format off */
    {CURLE_COULDNT_RESOLVE_HOST,     VERDICT_RETRY, false, "the server's name is not known; check url"},
    {CURLE_COULDNT_RESOLVE_PROXY,    VERDICT_RETRY, false, "the proxy's name is not known; check proxy or https_proxy"},
    {CURLE_PROXY,                    VERDICT_RETRY, true,  "the proxy does not let us through; check proxy or https_proxy"},
    {CURLE_COULDNT_CONNECT,          VERDICT_RETRY, false, "no server answers there; check url"},
    {CURLE_SSL_CONNECT_ERROR,        VERDICT_RETRY, true,  "no TLS connection; check url and its port: it may speak http, not https"},
    {CURLE_PEER_FAILED_VERIFICATION, VERDICT_FATAL, true,  "ca_file can add the certificate that signed the server's"},
    {CURLE_SSL_CACERT_BADFILE,       VERDICT_FATAL, false, "ca_file cannot be read as certificates"},
    {CURLE_SSL_CERTPROBLEM,          VERDICT_FATAL, true,  "client_cert or client_key cannot be used"},
    {CURLE_SSL_ISSUER_ERROR,         VERDICT_FATAL, true,  "ca_file can add the certificate that signed the server's"},
    {CURLE_URL_MALFORMAT,            VERDICT_FATAL, true,  "check url"},
    {CURLE_UNSUPPORTED_PROTOCOL,     VERDICT_FATAL, true,  "it speaks https, not http (or no web protocol at all); check url and its port"},
    /* clang-format on */
};

/* It comes before any request is looked at. The last ones say that no TLS came
 * back at all. */
struct certificate_rule {
    const char *text, *hint; /* curl's or OpenSSL's words, and ours */
};

#define SPEAKS_HTTP                                                            \
    "it speaks http, not https (or no web protocol at all); check url and "    \
    "its port, or proxy where that is https://"

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
    {"wrong version number",       SPEAKS_HTTP},
    {"unexpected TLS packet",      SPEAKS_HTTP},
    {"unsupported version was",    SPEAKS_HTTP},
    /* clang-format on */
};

static const struct certificate_rule proxy_rules[] = {
    /* clang-format off */
    {"certificate subject name",   "it is the proxy's; proxy must name it as its certificate does"},
    {"certificate has expired",    "the proxy's is to be renewed, or the clock here is wrong"},
    {"",                           "it is the proxy's; proxy_ca_file can add the certificate that signed it"},
    /* clang-format on */
};

/* A code in a body is what it is as a status. Only where Fast gives a number a
 * sense of its own (201, 202, 400, 601) do the two differ. */
static const struct answer_rule answer_rules[] = {
    /* clang-format off */
    {201, 201, OF_BODY,   VERDICT_FATAL,   EXIT_USAGE,  false, "the server has no such form"},
    {202, 202, OF_BODY,   VERDICT_FATAL,   EXIT_FAULT,  false, "the server saw no records, which is a fault of fastsync"},
    {400, 400, OF_BODY,   VERDICT_REFUSED, EXIT_DONE,   false, NULL},
    {601, 601, OF_BODY,   VERDICT_REFUSED, EXIT_DONE,   false, NULL},
    {200, 299, OF_STATUS, VERDICT_RETRY,   EXIT_DONE,   false, "the answer is none of Fast's; check url"},
    {300, 399, OF_STATUS, VERDICT_FATAL,   EXIT_USAGE,  false, "it is not followed; set url to where the server is"},
    {401, 401, OF_BOTH,   VERDICT_RENEW,   EXIT_RIGHTS, false, NULL},
    {403, 403, OF_BOTH,   VERDICT_FATAL,   EXIT_RIGHTS, false, "this user has no right to it; ask the administrator of Fast"},
    {404, 405, OF_BODY,   VERDICT_FATAL,   EXIT_USAGE,  false, "the server does not know this address; check url"},
    {404, 405, OF_STATUS, VERDICT_FATAL,   EXIT_USAGE,  false, "this is not a Fast server; check url"},
    {407, 407, OF_BOTH,   VERDICT_FATAL,   EXIT_USAGE,  false, "the proxy wants credentials; check proxy or https_proxy"},
    {408, 408, OF_BOTH,   VERDICT_RETRY,   EXIT_DONE,   false, NULL},
    {413, 413, OF_BODY,   VERDICT_LARGE,   EXIT_DONE,   false, NULL},
    {413, 413, OF_STATUS, VERDICT_LARGE,   EXIT_DONE,   false, "the request is too large for the server; lower batch"},
    {423, 423, OF_BOTH,   VERDICT_RETRY,   EXIT_DONE,   false, NULL},
    {425, 425, OF_BOTH,   VERDICT_RETRY,   EXIT_DONE,   false, NULL},
    {429, 429, OF_BOTH,   VERDICT_RETRY,   EXIT_DONE,   true,  "the server asks for fewer requests; lower concurrency or rate"},
    {400, 499, OF_STATUS, VERDICT_FATAL,   EXIT_USAGE,  false, "the server does not take such requests; check url"},
    {503, 504, OF_BOTH,   VERDICT_RETRY,   EXIT_DONE,   true,  NULL},
    {500, 599, OF_BOTH,   VERDICT_RETRY,   EXIT_DONE,   false, NULL},
    {LONG_MIN, LONG_MAX, OF_STATUS, VERDICT_RETRY, EXIT_DONE, false, "the answer is none of Fast's; check url"},
    /* clang-format on */
};

static const struct answer_rule tunnel_rules[] = {
    /* clang-format off */
    {407, 407, OF_STATUS, VERDICT_FATAL,   EXIT_USAGE,  false, "the proxy wants credentials; check proxy or https_proxy"},
    {408, 408, OF_STATUS, VERDICT_RETRY,   EXIT_DONE,   false, "of the proxy"},
    {429, 429, OF_STATUS, VERDICT_RETRY,   EXIT_DONE,   true,  "the proxy asks for fewer requests"},
    {300, 499, OF_STATUS, VERDICT_FATAL,   EXIT_USAGE,  false, "the proxy does not let us through; check url, and proxy or https_proxy"},
    {503, 504, OF_STATUS, VERDICT_RETRY,   EXIT_DONE,   true,  "the proxy does not reach the server; check url"},
    {LONG_MIN, LONG_MAX, OF_STATUS, VERDICT_RETRY, EXIT_DONE, false, "the proxy does not reach the server; check url"},
    /* clang-format on */
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

const struct transport_rule *transport_rule(int transport)
{
    for (size_t i = 0; i < COUNT(transport_rules); i++)
        if (transport_rules[i].transport == transport)
            return &transport_rules[i];
    return NULL;
}

static const char *find_hint(const struct certificate_rule *rules, size_t count,
                             const char *trouble)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(trouble, rules[i].text) != NULL)
            return rules[i].hint;
    return NULL;
}

const char *certificate_hint(const char *trouble, bool proxy)
{
    return proxy ? find_hint(proxy_rules, COUNT(proxy_rules), trouble)
                 : find_hint(certificate_rules, COUNT(certificate_rules),
                             trouble);
}

static const struct answer_rule *find_rule(const struct answer_rule *rules,
                                           size_t count, unsigned of,
                                           long number)
{
    for (size_t i = 0; i < count; i++)
        if (((unsigned)rules[i].of & of) != 0 && number >= rules[i].first &&
            number <= rules[i].last)
            return &rules[i];
    return NULL;
}

const struct answer_rule *code_rule(long code)
{
    return find_rule(answer_rules, COUNT(answer_rules), OF_BODY, code);
}

/* The last row of these two tables fits all. */
const struct answer_rule *status_rule(long status)
{
    return find_rule(answer_rules, COUNT(answer_rules), OF_STATUS, status);
}

const struct answer_rule *tunnel_rule(long status)
{
    return find_rule(tunnel_rules, COUNT(tunnel_rules), OF_STATUS, status);
}
