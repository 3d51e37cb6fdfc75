/* login.h: who we are to a host that a source is fetched from.
 *
 * A login is said in a configuration, never by a script, and names its host:
 * so a script cannot send a secret elsewhere. `HOST bearer FILE`, `HOST basic
 * USER FILE`, `HOST header NAME FILE`, `HOST query NAME FILE`; the file's first
 * line is the secret. Of a database: `HOST user NAME FILE`, HOST being what it
 * is granted by. HOST without a port is the scheme's own port. Pure but for
 * reading it. */
#ifndef FASTSYNC_NET_WEB_LOGIN_H
#define FASTSYNC_NET_WEB_LOGIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct web_url;

enum login_kind {
    LOGIN_BEARER,
    LOGIN_BASIC,
    LOGIN_HEADER,
    LOGIN_QUERY,
    LOGIN_USER
};

/* All points into the line. */
struct login {
    enum login_kind kind;
    const char *host, *name; /* the user, or the header */
    size_t host_len, name_len;
    const char *file; /* to the line's end */
    size_t file_len;
};

/* False: the line is none. */
bool login_read(struct login *login, const char *line);
/* The login of that host; false: there is none. */
bool login_find(struct login *login, const char *lines,
                const struct web_url *url);
/* Appends the header's line; of LOGIN_QUERY nothing, which is a parameter of
 * the URL. The secret, and what is made of it, are noted (net/secrets.h). */
void login_header(const struct login *login, const char *secret,
                  struct buf *line);

#endif
