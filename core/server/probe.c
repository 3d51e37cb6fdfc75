/* probe.c: a call at a time over http, with the verdicts of a run. */
#include "probe.h"

#include <curl/curl.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "connect.h"

/* No customer has this code. */
static const char nobody[] = "fastsync-doctor-no-such-code";

bool probe_open(struct probe *probe, const struct config *config,
                struct err *err)
{
    *probe = (struct probe){.config = config};
    auth_init(&probe->auth, config);
    probe->http = connect_http(config, err);
    return probe->http != NULL;
}

void probe_close(struct probe *probe)
{
    if (probe->http != NULL)
        http_call_release(probe->http, &probe->call);
    http_free(probe->http);
    probe->http = NULL;
    auth_release(&probe->auth);
}

static bool ask(struct probe *probe, const char *path, const struct buf *body,
                const struct auth *auth, struct err *err)
{
    struct http_call *call = &probe->call;
    call->facts = &probe->facts;
    bool good =
        connect_post(probe->http, call, probe->config, path, body, auth, err);
    while (good && http_next(probe->http) == NULL)
        good = http_turn(probe->http, 1, err);
    probe->at = time(NULL);
    if (good)
        reply_decide(&probe->reply, &call->exchange, 0, &probe->auth);
    return good;
}

bool probe_token(struct probe *probe, struct err *err)
{
    struct buf body = {0};
    auth_request(&probe->auth, &body);
    bool good = ask(probe, "/api/getToken", &body, NULL, err);
    buf_wipe(&body);
    probe->granted =
        good && probe->reply.verdict == VERDICT_ACCEPTED &&
        auth_answer(&probe->auth, probe->call.answer.at, probe->call.answer.len,
                    clock_now(), probe->at);
    return good;
}

bool probe_read(struct probe *probe, const char *form, struct err *err)
{
    struct buf body = {0};
    buf_puts(&body, "{\"form\":");
    json_cstring(&body, form);
    buf_puts(&body, ",\"Id\":");
    json_cstring(&body, nobody);
    buf_putc(&body, '}');
    bool good = ask(probe, "/api/GetData", &body, &probe->auth, err);
    buf_release(&body);
    return good;
}

/* The URL's host, without the brackets of an IPv6 address; curl's. */
static char *host_of(const char *url)
{
    CURLU *parsed = curl_url();
    char *host = NULL;
    if (parsed != NULL && curl_url_set(parsed, CURLUPART_URL, url, 0) == 0)
        curl_url_get(parsed, CURLUPART_HOST, &host, 0);
    curl_url_cleanup(parsed);
    size_t len = host ? strlen(host) : 0;
    if (len > 2 && *host == '[') {
        memmove(host, host + 1, len - 2);
        host[len - 2] = '\0';
    }
    return host;
}

bool probe_addresses(const char *url, struct buf *out)
{
    static const struct addrinfo wanted = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char *host = host_of(url), text[64];
    unsigned count = 0;
    if (host != NULL && getaddrinfo(host, NULL, &wanted, &found) != 0)
        found = NULL;
    for (struct addrinfo *at = found; at != NULL && count < 8; at = at->ai_next)
        if (getnameinfo(at->ai_addr, at->ai_addrlen, text, sizeof text, NULL, 0,
                        NI_NUMERICHOST) == 0)
            buf_addf(out, "%s%s", count++ > 0 ? ", " : "", text);
    if (found != NULL)
        freeaddrinfo(found);
    curl_free(host);
    return count > 0;
}
