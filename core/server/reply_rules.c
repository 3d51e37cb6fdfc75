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

static const struct status_rule tunnel_rules[] = {
    /* clang-format off */
    {407, 407, VERDICT_FATAL,   EXIT_USAGE,  "the proxy wants credentials; check proxy or https_proxy"},
    {408, 408, VERDICT_RETRY,   EXIT_DONE,   "of the proxy"},
    {429, 429, VERDICT_RETRY,   EXIT_DONE,   "the proxy asks for fewer requests"},
    {300, 499, VERDICT_FATAL,   EXIT_USAGE,  "the proxy does not let us through; check url, and proxy or https_proxy"},
    {0, LONG_MAX, VERDICT_RETRY,   EXIT_DONE,   "the proxy does not reach the server; check url"},
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

const struct code_rule *code_rule(int code)
{
    for (size_t i = 0; i < COUNT(code_rules); i++)
        if (code_rules[i].code == code)
            return &code_rules[i];
    return NULL;
}

/* The last row fits all, so that this ends. */
static const struct status_rule *find_status(const struct status_rule *rule,
                                             long status)
{
    while (status < rule->first || status > rule->last)
        rule++;
    return rule;
}

const struct status_rule *status_rule(long status)
{
    return find_status(status_rules, status);
}

const struct status_rule *tunnel_rule(long status)
{
    return find_status(tunnel_rules, status);
}
