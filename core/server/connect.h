/* connect.h: the way to the server, as the configuration has it: an http with
 * its proxy, its certificates and its time-out, and Fast's kind of request.
 * One thread. */
#ifndef FASTSYNC_SERVER_CONNECT_H
#define FASTSYNC_SERVER_CONNECT_H

#include <stdbool.h>

#include "auth.h"
#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "net/http.h"

/* `config` is borrowed; it is one that config_connect has accepted. NULL:
 * err. */
struct http *connect_http(const struct config *config, struct err *err);
/* The same for a source of that URL. */
struct http *connect_source(const struct config *config, const char *url,
                            unsigned timeout, struct err *err);
/* Posts `body` to the server's `path` ("/api/SyncData"), with the token of
 * `auth`; without one (NULL) it asks for a token: the answer is a secret. */
bool connect_post(struct http *http, struct http_call *call,
                  const struct config *config, const char *path,
                  const struct buf *body, const struct auth *auth,
                  struct err *err);

#endif
