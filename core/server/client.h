/* client.h: what fast.connect() answers a script that drives itself: requests
 * one at a time, with the token, the retries and the messages of a run. The
 * script's thread. */
#ifndef FASTSYNC_SERVER_CLIENT_H
#define FASTSYNC_SERVER_CLIENT_H

#include "base/err.h"
#include "bind/client.h"
#include "config/config.h"

/* `config` is borrowed until it is freed. NULL: err. */
struct script_client *client_new(const struct config *config, struct err *err);
void client_free(struct script_client *client); /* NULL is allowed */

#endif
