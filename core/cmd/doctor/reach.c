/* reach.c: the way to the server. One request, the token's, goes the
 * whole way first; the steps then read off how far it came. Where the
 * configuration holds a token itself, it is the request that reads. */
#include <curl/curl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "doctor.h"

static const double clock_close = 2; /* seconds that are none */
static const double clock_max = 60;  /* seconds that harm nobody */
enum { CERTIFICATE_MIN = 30 };       /* days */

static const char form[] = "getCustomer";

/* Failed before, or as, the request went out. */
static enum finding failed(struct doctor *doctor, const char *hint)
{
    const struct reply *reply = &doctor->probe.reply;
    enum exit_code code =
        reply->verdict == VERDICT_FATAL ? reply->exit : EXIT_PENDING;
    return doctor_fault(doctor, code, "%s%s", reply->message, hint);
}

static CURLcode transport(const struct doctor *doctor)
{
    return (CURLcode)doctor->probe.call.exchange.transport;
}

static enum finding look_proxy(struct doctor *doctor)
{
    struct err err;
    struct probe *probe = &doctor->probe;
    const struct config *config = doctor->config;
    /* An empty proxy is a setting too: it says that the environment's is not
     * to be used. */
    bool set = config->proxy != NULL && *config->proxy != '\0';
    if (!(probe->auth.fixed ? probe_read(probe, form, &err)
                            : probe_token(probe, &err)))
        return doctor_fault(doctor, err.code, "%s", err.text);
    doctor->proxied = set || *probe->facts.proxy != '\0';
    if (set)
        buf_addf(&doctor->said, "the one of %s",
                 config_origin(config, "proxy"));
    else if (doctor->proxied)
        buf_addf(&doctor->said, "%s, of the environment", probe->facts.proxy);
    else
        buf_puts(&doctor->said, "none");
    bool at_fault = transport(doctor) == CURLE_COULDNT_RESOLVE_PROXY ||
                    transport(doctor) == CURLE_PROXY ||
                    probe->call.exchange.tunnel != 0;
    if (at_fault)
        buf_puts(&doctor->said, ": ");
    return at_fault ? failed(doctor, "") : FOUND_GOOD;
}

static enum finding look_name(struct doctor *doctor)
{
    if (doctor->proxied) {
        buf_puts(&doctor->said, "left to the proxy");
        return FOUND_GOOD;
    }
    if (transport(doctor) == CURLE_COULDNT_RESOLVE_HOST)
        return failed(doctor, ", and whether this machine can ask a name "
                              "server");
    /* Where the name has no addresses to list, the one connected to is shown.
     */
    if (!probe_addresses(doctor->config->url, &doctor->said))
        buf_puts(&doctor->said, doctor->probe.facts.address);
    return FOUND_GOOD;
}

/* What comes when there is a connection already: then curl names no time. */
static bool is_tls(CURLcode code)
{
    static const CURLcode codes[] = {
        CURLE_SSL_CONNECT_ERROR,  CURLE_PEER_FAILED_VERIFICATION,
        CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM,
        CURLE_SSL_ISSUER_ERROR,   CURLE_SSL_CIPHER};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i] == code)
            return true;
    return false;
}

static enum finding look_connection(struct doctor *doctor)
{
    const struct http_facts *facts = &doctor->probe.facts;
    if (facts->connected <= 0 && !is_tls(transport(doctor)))
        return failed(doctor, doctor->proxied
                                  ? "; the proxy is down, or is another one"
                                  : "; the server is down, or a firewall "
                                    "stands between");
    /* An IPv6 address stands in brackets before a port. */
    bool six = strchr(facts->address, ':') != NULL;
    buf_addf(&doctor->said, "%s%s%s:%ld", six ? "[" : "", facts->address,
             six ? "]" : "", facts->port);
    if (facts->connected > 0)
        buf_addf(&doctor->said, " in %.3f s", facts->connected);
    if (doctor->proxied)
        buf_puts(&doctor->said, ", the proxy");
    return FOUND_GOOD;
}

static enum finding look_certificate(struct doctor *doctor)
{
    const struct http_facts *facts = &doctor->probe.facts;
    /* Some TLS libraries do not hand the certificate over. */
    if (*facts->subject == '\0')
        return FOUND_GOOD;
    buf_addf(&doctor->said, "%scertificate of %s, from %s",
             doctor->said.len > 0 ? "; " : "", facts->subject, facts->issuer);
    if (facts->until == (time_t)-1)
        return FOUND_GOOD;
    int days = (int)floor(difftime(facts->until, doctor->probe.at) / 86400);
    buf_addf(&doctor->said, ", ends in %d day%s", days, days == 1 ? "" : "s");
    if (days >= CERTIFICATE_MIN)
        return FOUND_GOOD;
    buf_puts(&doctor->said, ": the server's needs a new one soon");
    return FOUND_DOUBT;
}

static enum finding look_tls(struct doctor *doctor)
{
    const struct http_facts *facts = &doctor->probe.facts;
    if (strncmp(doctor->config->url, "https://", 8) != 0) {
        buf_puts(&doctor->said, "none: the url is http://");
        return FOUND_GOOD;
    }
    if (facts->secured <= 0)
        return failed(doctor, "");
    buf_puts(&doctor->said, facts->tls);
    return look_certificate(doctor);
}

/* Something answered; is it Fast? */
static enum finding look_server(struct doctor *doctor)
{
    const struct probe *probe = &doctor->probe;
    const struct reply *reply = &probe->reply;
    if (transport(doctor) == CURLE_OK &&
        (reply->readable || reply->verdict == VERDICT_RENEW)) {
        int version = probe->facts.version;
        buf_puts(&doctor->said, "HTTP");
        if (version > 0)
            buf_addf(&doctor->said, "/%d%s", version / 10,
                     version == 11   ? ".1"
                     : version == 10 ? ".0"
                                     : "");
        buf_addf(&doctor->said, " %ld in %.3f s", probe->call.exchange.status,
                 probe->facts.answered);
        return FOUND_GOOD;
    }
    if (reply->foreign)
        return doctor_fault(doctor, EXIT_USAGE, "%s", reply->message);
    /* A server that wants a certificate and gets none may just hang up. */
    bool broken_off = reply->verdict == VERDICT_UNKNOWN &&
                      probe->facts.secured > 0 &&
                      doctor->config->client_cert == NULL;
    return failed(doctor, broken_off
                              ? "; if it asks for a certificate of ours, "
                                "set client_cert"
                              : "");
}

static void say_life(struct buf *said, double seconds)
{
    if (seconds < 120)
        buf_addf(said, "%.0f seconds", seconds);
    else if (seconds < 7200)
        buf_addf(said, "%.0f minutes", seconds / 60);
    else
        buf_addf(said, "%.0f hours", seconds / 3600);
}

static enum finding look_token(struct doctor *doctor)
{
    char doubt[CONFIG_DOUBT];
    const struct probe *probe = &doctor->probe;
    const struct reply *reply = &probe->reply;
    if (probe->auth.fixed) {
        buf_puts(&doctor->said, "that of the configuration");
        return FOUND_GOOD;
    }
    if (reply->verdict == VERDICT_RENEW || reply->verdict == VERDICT_REFUSED)
        return doctor_fault(doctor, EXIT_RIGHTS,
                            "the server refuses user %s: %s; check username "
                            "and password%s",
                            probe->auth.username, reply->message,
                            config_doubt(probe->config, doubt, sizeof doubt));
    if (reply->verdict != VERDICT_ACCEPTED)
        return failed(doctor, "");
    /* A page of another program may answer 200 as well. */
    if (!probe->granted)
        return doctor_fault(doctor, EXIT_USAGE,
                            "the answer holds no token; check url");
    buf_puts(&doctor->said, "given");
    if (probe->auth.life > 0) {
        buf_puts(&doctor->said, ", lives ");
        say_life(&doctor->said, probe->auth.life);
    }
    return FOUND_GOOD;
}

/* A token's end is said by the server's clock and counted by ours. */
static enum finding look_clock(struct doctor *doctor)
{
    const struct probe *probe = &doctor->probe;
    time_t theirs = curl_getdate(probe->call.date, NULL);
    if (theirs == (time_t)-1) {
        buf_puts(&doctor->said, "the server does not say its own");
        return FOUND_GOOD;
    }
    double ahead = difftime(probe->at, theirs), apart = fabs(ahead);
    if (apart <= clock_close) {
        buf_puts(&doctor->said, "the same as the server's");
        return FOUND_GOOD;
    }
    buf_addf(&doctor->said, "%.0f seconds %s the server's", apart,
             ahead > 0 ? "ahead of" : "behind");
    if (apart <= clock_max)
        return FOUND_GOOD;
    buf_puts(&doctor->said, "; tokens seem to end too early or too late: set "
                            "the clock of this machine (timedatectl set-ntp "
                            "true), or have the server's set");
    return FOUND_DOUBT;
}

static enum finding look_rights(struct doctor *doctor)
{
    char doubt[CONFIG_DOUBT];
    struct err err;
    struct probe *probe = &doctor->probe;
    const struct reply *reply = &probe->reply;
    if (!probe->auth.fixed && !probe_read(probe, form, &err))
        return doctor_fault(doctor, err.code, "%s", err.text);
    if (reply->verdict == VERDICT_RENEW ||
        (reply->verdict == VERDICT_FATAL && reply->exit == EXIT_RIGHTS))
        return doctor_fault(
            doctor, EXIT_RIGHTS, "%s: %s%s%s", form, reply->message,
            probe->auth.fixed ? "; set a new token" : "",
            probe->auth.fixed ? config_doubt(probe->config, doubt, sizeof doubt)
                              : "");
    if (reply->readable && (reply->verdict == VERDICT_ACCEPTED ||
                            reply->verdict == VERDICT_REFUSED)) {
        buf_addf(&doctor->said,
                 "%s answers; who may write is only seen when "
                 "a record is sent",
                 form);
        return FOUND_GOOD;
    }
    buf_addf(&doctor->said, "%s: %s", form, reply->message);
    return FOUND_DOUBT;
}

const struct doctor_step reach_steps[] = {
    {"proxy", look_proxy},
    {"name", look_name},
    {"connection", look_connection},
    {"tls", look_tls},
    {"server", look_server},
    {"token", look_token},
    {"clock", look_clock},
    {"rights", look_rights},
    {NULL, NULL},
};
