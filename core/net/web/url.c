/* url.c: hosts are compared as libcurl spells them. */
#include "url.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "net/secrets.h"
#include "source/grant.h"

bool web_is_url(const char *path)
{
    return path != NULL && (strncasecmp(path, "http://", 7) == 0 ||
                            strncasecmp(path, "https://", 8) == 0);
}

/* 127.0.0.0/8 is all loopback; the last conversion finds what stands after
 * the address. */
bool web_loopback(const char *host)
{
    unsigned first, rest;
    char end;
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (sscanf(host, "%3u.%*u.%*u.%3u%c", &first, &rest, &end) == 2 &&
            first == 127);
}

/* Does a parameter's name say that its value is one? */
static bool is_secret(const char *name, size_t len)
{
    static const char *const names[] = {
        "token",     "access_token",    "auth_token",
        "api_key",   "apikey",          "api-key",
        "password",  "passwd",          "pwd",
        "secret",    "client_secret",   "sig",
        "signature", "x-amz-signature", "x-amz-security-token"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && strncasecmp(names[i], name, len) == 0)
            return true;
    return false;
}

bool web_query_secrets(const char *query)
{
    bool found = false;
    while (query != NULL && *query != '\0') {
        size_t len = strcspn(query, "&#"), name = strcspn(query, "=&#");
        if (name < len && len > name + 1 && is_secret(query, name)) {
            char *value = mem_text_n(query + name + 1, len - name - 1);
            secrets_note(value);
            free(value);
            found = true;
        }
        query += len + (query[len] != '\0');
    }
    return found;
}

char *web_url_shown(const char *url)
{
    char *shown = mem_text(url);
    const char *query = strchr(url, '?');
    web_query_secrets(query ? query + 1 : NULL);
    secrets_scrub(shown);
    return shown;
}

static char *part(CURLU *parsed, CURLUPart which, unsigned flags)
{
    char *found = NULL, *text = NULL;
    if (curl_url_get(parsed, which, &found, flags) == CURLUE_OK)
        text = mem_text(found);
    curl_free(found);
    return text;
}

static bool take_apart(struct web_url *url, CURLU *parsed, struct err *err)
{
    char *user = part(parsed, CURLUPART_USER, 0);
    bool named = user != NULL;
    free(user);
    if (named)
        return err_set(err, EXIT_USAGE,
                       "a source's URL holds no user name or password: "
                       "http_auth in a configuration file says them");
    curl_url_set(parsed, CURLUPART_FRAGMENT, NULL, 0);
    *url = (struct web_url){
        .text = part(parsed, CURLUPART_URL, 0),
        .scheme = part(parsed, CURLUPART_SCHEME, 0),
        .host = part(parsed, CURLUPART_HOST, 0),
        .port = part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT)};
    url->shown = url->text ? web_url_shown(url->text) : NULL;
    return url->text && url->scheme && url->host && url->port &&
           web_is_url(url->text);
}

bool web_url_open(struct web_url *url, const char *base, const char *text,
                  struct err *err)
{
    CURLU *parsed = curl_url();
    *url = (struct web_url){.text = NULL};
    struct err why;
    char *shown = web_url_shown(text);
    err_set(&why, EXIT_USAGE, "%.200s: is no URL of http:// or https://",
            shown);
    free(shown);
    bool good = parsed != NULL &&
                (base == NULL ||
                 curl_url_set(parsed, CURLUPART_URL, base, 0) == CURLUE_OK) &&
                curl_url_set(parsed, CURLUPART_URL, text, 0) == CURLUE_OK &&
                take_apart(url, parsed, &why);
    curl_url_cleanup(parsed);
    for (char *at = good ? url->host : NULL; at != NULL && *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at + ('a' - 'A'));
    if (!good) {
        *err = why;
        web_url_close(url);
    }
    return good;
}

void web_url_close(struct web_url *url)
{
    free(url->text);
    free(url->shown);
    free(url->scheme);
    free(url->host);
    free(url->port);
    *url = (struct web_url){.text = NULL};
}

bool web_url_same(const struct web_url *a, const struct web_url *b)
{
    return strcmp(a->scheme, b->scheme) == 0 && strcmp(a->host, b->host) == 0 &&
           strcmp(a->port, b->port) == 0;
}

bool web_url_opens(const struct web_url *from, const struct web_url *to)
{
    return strcmp(from->scheme, "https") == 0 &&
           strcmp(to->scheme, "http") == 0;
}

bool web_url_at(const struct web_url *url, const char *host, size_t len,
                bool standard)
{
    size_t own = strlen(url->host);
    bool secure = strcmp(url->scheme, "https") == 0;
    if (len < own || strncasecmp(url->host, host, own) != 0)
        return false;
    if (len == own)
        return !standard || strcmp(url->port, secure ? "443" : "80") == 0;
    return host[own] == ':' && len - own - 1 == strlen(url->port) &&
           memcmp(host + own + 1, url->port, len - own - 1) == 0;
}

bool web_url_granted(const struct web_url *url, const char *hosts,
                     struct err *err)
{
    char how[GRANT_HOW];
    while (hosts != NULL && *hosts != '\0') {
        size_t len = strcspn(hosts, "\n");
        if (web_url_at(url, hosts, len, false))
            return true;
        hosts += len + (hosts[len] != '\0');
    }
    return err_set(err, EXIT_USAGE,
                   "%.200s: a script may fetch from %.100s only where it is "
                   "granted: %s",
                   url->shown, url->host, grant_how(how, GRANT_NET, url->host));
}

static void escape(struct buf *to, const char *text)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    for (; *text != '\0'; text++)
        if (strchr(plain, *text) != NULL)
            buf_putc(to, *text);
        else
            buf_addf(to, "%%%02X", (unsigned char)*text);
}

char *web_url_with(const char *url, const char *name, const char *value)
{
    struct buf made = {0}, word = {0};
    size_t path = strcspn(url, "?");
    escape(&word, name);
    buf_add(&made, url, path);
    char mark = '?';
    for (const char *at = url + path; *at != '\0';) {
        size_t len = strcspn(++at, "&");
        bool same = len > word.len && at[word.len] == '=' &&
                    memcmp(at, buf_text(&word), word.len) == 0;
        if (!same && len > 0) {
            buf_putc(&made, mark);
            buf_add(&made, at, len);
            mark = '&';
        }
        at += len;
    }
    buf_addf(&made, "%c%s=", mark, buf_text(&word));
    escape(&made, value);
    char *text = mem_text(buf_text(&made));
    buf_release(&word);
    buf_release(&made);
    return text;
}
