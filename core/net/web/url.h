/* url.h: a source's URL, taken apart by libcurl, so that what is looked at is
 * what will be connected to. Pure. */
#ifndef FASTSYNC_NET_WEB_URL_H
#define FASTSYNC_NET_WEB_URL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct web_url {
    char *text;          /* whole, without what follows a # */
    char *shown;         /* the same, as messages have it: without secrets */
    char *scheme, *host; /* in small letters */
    char *port;          /* also where it is the scheme's own */
};

/* Does a path name something on the web: http:// or https://? */
bool web_is_url(const char *path);
/* Is the host this very machine? */
bool web_loopback(const char *host);

/* `base`: what a relative one is relative to; or NULL. False: EXIT_USAGE. */
bool web_url_open(struct web_url *url, const char *base, const char *text,
                  struct err *err);
void web_url_close(struct web_url *url); /* a zeroed one as well */
/* Does a query have parameters that are secrets by their names (token, api_key,
 * signature …)? They are noted: no message shows them (net/secrets.h). */
bool web_query_secrets(const char *query);
/* A URL as messages have it: its secrets go before it is cut, as half of one
 * would not be known again. The caller frees. */
char *web_url_shown(const char *url);
/* Scheme, host and port. */
bool web_url_same(const struct web_url *a, const struct web_url *b);
/* From https:// to http://: where everyone can read. */
bool web_url_opens(const struct web_url *from, const struct web_url *to);
/* Is it HOST, or HOST:PORT? `standard`: without a port only the scheme's own is
 * meant, and any otherwise. */
bool web_url_at(const struct web_url *url, const char *host, size_t len,
                bool standard);
/* May a script fetch from it? `hosts` stand one a line. EXIT_USAGE names what
 * grants it. */
bool web_url_granted(const struct web_url *url, const char *hosts,
                     struct err *err);
/* The URL with that parameter in its query, in place of any of its name; the
 * caller frees. */
char *web_url_with(const char *url, const char *name, const char *value);

#endif
