/* client.h: what a script that drives itself can reach of the server.
 *
 * Delivery implements it and the script host is given it; the binding of
 * fast.connect() calls it. Main thread. */
#ifndef FASTSYNC_BIND_CLIENT_H
#define FASTSYNC_BIND_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "form/form.h"

struct script_client {
    void *client;
    /* Sends `count` JSON records, `json` holding them with ',' between and no
     * brackets around. True: `reply` is the server's answer, good or bad. */
    bool (*sync)(void *client, const struct form *form, const char *json,
                 size_t len, unsigned count, struct buf *reply,
                 struct err *err);
    /* Reads one record back by its key, through the form's reading form. */
    bool (*get)(void *client, const struct form *form, const char *id,
                size_t len, struct buf *reply, struct err *err);
};

#endif
