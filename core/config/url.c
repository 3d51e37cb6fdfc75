/* url.c: which servers may be spoken to, and through which proxy. libcurl takes
 * URLs apart, so that what is checked here is what it will connect to. */
#include <curl/curl.h>
#include <string.h>

#include "config.h"
#include "net/web/url.h"
#include "quotes.h"

/* A URL taken apart; parts are curl's, NULL where absent. */
struct url {
    char *scheme, *host, *user, *password, *query, *fragment;
};

static char *part(CURLU *parsed, CURLUPart which)
{
    char *text = NULL;
    return curl_url_get(parsed, which, &text, 0) == CURLUE_OK ? text : NULL;
}

static bool url_open(struct url *url, const char *text, unsigned flags)
{
    CURLU *parsed = curl_url();
    *url = (struct url){0};
    bool good = parsed != NULL &&
                curl_url_set(parsed, CURLUPART_URL, text, flags) == CURLUE_OK;
    if (good)
        *url = (struct url){.scheme = part(parsed, CURLUPART_SCHEME),
                            .host = part(parsed, CURLUPART_HOST),
                            .user = part(parsed, CURLUPART_USER),
                            .password = part(parsed, CURLUPART_PASSWORD),
                            .query = part(parsed, CURLUPART_QUERY),
                            .fragment = part(parsed, CURLUPART_FRAGMENT)};
    curl_url_cleanup(parsed);
    return good && url->scheme != NULL && url->host != NULL;
}

static void url_close(struct url *url)
{
    curl_free(url->scheme);
    curl_free(url->host);
    curl_free(url->user);
    curl_free(url->password);
    curl_free(url->query);
    curl_free(url->fragment);
}

bool config_loopback(const char *text)
{
    struct url url;
    bool loopback = url_open(&url, text, 0) && web_loopback(url.host);
    url_close(&url);
    return loopback;
}

/* What people put around a text, and no URL begins or ends with. */
static bool is_quoted(const char *text)
{
    size_t len = strlen(text);
    return quotes_at_end(text) || text[0] == '<' ||
           (len > 0 && text[len - 1] == '>');
}

/* Says who said it, and what, unless it may hold a password. */
static bool refuse(const struct config *config, const char *name,
                   const char *value, const char *fault, struct err *err)
{
    const char *origin = config_origin(config, name);
    /* "fastsync.ini:3" does not name the setting, "--url" does. */
    bool file = origin != NULL && strchr(origin, ':') != NULL;
    bool shown = strpbrk(value, "@?#") == NULL;
    const char *mark = is_quoted(value) ? "" : "\"";
    return err_set(err, EXIT_USAGE, "%s%s%s: %s%s%s%s%s",
                   origin ? origin : name, file ? ": " : "", file ? name : "",
                   shown ? mark : "", shown ? value : "", shown ? mark : "",
                   shown ? " " : "", fault);
}

static const char quoted_fault[] =
    "begins or ends with a quotation mark; write it without";

/* What is wrong with the URL, or NULL. */
static const char *url_fault(const struct url *url, bool insecure)
{
    if (url->user != NULL || url->password != NULL)
        return "must not hold a user name or password; set username and "
               "password_file";
    if (strcmp(url->scheme, "https") != 0 && strcmp(url->scheme, "http") != 0)
        return "must begin with https://";
    if (strcmp(url->scheme, "http") == 0 && !insecure &&
        !web_loopback(url->host))
        return "is http://, which would send the password readable by "
               "everyone on the way; use https://, or set insecure_http = yes";
    if (url->query != NULL || url->fragment != NULL)
        return "must not hold '?' or '#'";
    return NULL;
}

/* libcurl shows a proxy that it cannot read with its password; so it is read
 * here first. Without a scheme it is an HTTP proxy. */
static bool check_proxy(const struct config *config, struct err *err)
{
    static const char *const schemes[] = {"http",    "https",  "socks4",
                                          "socks4a", "socks5", "socks5h"};
    if (config->proxy == NULL || *config->proxy == '\0')
        return true;
    struct url url;
    bool known = false;
    if (url_open(&url, config->proxy,
                 CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME))
        for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
            known = known || strcmp(url.scheme, schemes[i]) == 0;
    url_close(&url);
    if (is_quoted(config->proxy))
        return refuse(config, "proxy", config->proxy, quoted_fault, err);
    return known || refuse(config, "proxy", config->proxy,
                           "is not a proxy's URL; it looks like "
                           "http://HOST:PORT, https:// or socks5h://",
                           err);
}

bool config_check_url(struct config *config, struct err *err)
{
    if (config->url == NULL || *config->url == '\0') {
        err_set(err, EXIT_USAGE,
                "which Fast server? set url in fastsync.ini, FASTSYNC_URL, or "
                "--url (--sandbox needs none)");
        return config_missing(config, "url", err);
    }
    struct url url = {0};
    const char *fault = "is not a URL; it looks like https://erp.example.vn";
    if (strstr(config->url, "://") != NULL && url_open(&url, config->url, 0))
        fault = url_fault(&url, config->insecure_http);
    url_close(&url);
    if (is_quoted(config->url))
        fault = quoted_fault;
    if (fault != NULL)
        return refuse(config, "url", config->url, fault, err);
    /* Paths are appended with a slash of their own. */
    size_t len = strlen(config->url);
    while (len > 0 && config->url[len - 1] == '/')
        config->url[--len] = '\0';
    return check_proxy(config, err);
}
