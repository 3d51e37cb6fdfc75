/* connect.c: settings put into net's own words. The environment's proxy is not
 * asked for this very machine: a sandbox stands on it, and no proxy reaches
 * that. */
#include "connect.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *choose_proxy(const struct config *config, const char *url)
{
    if (config->proxy == NULL && config_loopback(url))
        return "";
    return config->proxy;
}

static void wipe(char *secret)
{
    if (secret != NULL)
        mem_wipe(secret, strlen(secret));
    free(secret);
}

struct http *connect_http(const struct config *config, struct err *err)
{
    return connect_source(config, config->url, (unsigned)config->timeout, err);
}

struct http *connect_source(const struct config *config, const char *url,
                            unsigned timeout, struct err *err)
{
    const char *path = config->client_key_password_file;
    char *phrase =
        path ? config_secret("client_key_password_file", path, err) : NULL;
    if (path != NULL && phrase == NULL)
        return NULL;
    const struct http_options options = {
        .proxy = choose_proxy(config, url),
        .timeout = timeout,
        .connections = (unsigned)config->concurrency + 2,
        .tls = {.ca_file = config->ca_file,
                .proxy_ca_file = config->proxy_ca_file,
                .client_cert = config->client_cert,
                .client_key = config->client_key,
                .key_phrase = phrase},
    };
    struct http *http = http_new(&options, err);
    wipe(phrase);
    return http;
}

bool connect_post(struct http *http, struct http_call *call,
                  const struct config *config, const char *path,
                  const struct buf *body, const struct auth *auth,
                  struct err *err)
{
    struct buf token = {0};
    char *url = mem_format("%s%s", config->url, path);
    if (auth != NULL)
        auth_header(auth, &token);
    const char *const headers[] = {
        "Content-Type: application/json", "Accept: application/json",
        auth ? buf_text(&token) : NULL, NULL, /* the end */
    };
    const struct http_request request = {
        .url = url, .body = body, .headers = headers, .secret = auth == NULL};
    bool good = http_start(http, call, &request, err);
    buf_wipe(&token);
    free(url);
    return good;
}
