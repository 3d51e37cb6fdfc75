/* readback.h: what the server holds, asked with GetData.
 *
 * All that changed since some day in one answer, where the server gives it;
 * what that answer does not hold is asked for by its key. So nothing is called
 * missing that the server was not asked for by name. Keys are compared as
 * form_key_hash has them. Sender's thread, but for readback_wake. */
#ifndef FASTSYNC_READBACK_H
#define FASTSYNC_READBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "fetch.h"
#include "form/form.h"
#include "session.h"

enum { READBACK_BLOCK = 64 }; /* keys asked for in one call, at most */

struct readback {
    const struct form *form; /* borrowed; it has a reading form */
    struct ledger ledger;    /* its requests and tokens */
    struct session session;
    struct buf whole; /* the answer that holds all */
    struct stored *stored;
    size_t count, cap;
    struct question questions[READBACK_BLOCK];
    struct pace pace;
};

/* `config` is borrowed; config_connect has accepted it. */
bool readback_open(struct readback *readback, const struct config *config,
                   const struct form *form, struct err *err);
void readback_close(struct readback *readback);

/* Asks for all that changed since that day, in seconds since 1970, less a day
 * as clocks and time zones differ. What the server does not answer so is said
 * in a note, and is no failure. */
bool readback_whole(struct readback *readback, int64_t since, struct err *err);

/* A key, and what the server holds under it. */
struct wanted {
    const char *id; /* as the record spells it */
    size_t id_len;
    const char *json; /* NULL: nothing; borrowed until the next call */
    size_t len;
    const char *refused; /* NULL, or why the server does not say */
};

/* At most READBACK_BLOCK at once; `id` and `id_len` are given. EXIT_RIGHTS,
 * EXIT_USAGE (the form cannot be read there), EXIT_PENDING (no answer),
 * EXIT_INTERRUPTED. */
bool readback_find(struct readback *readback, struct wanted *wanted,
                   size_t count, struct err *err);

/* Waits until readback_wake, which any thread may call. */
bool readback_wait(struct readback *readback, struct err *err);
void readback_wake(struct readback *readback);

#endif
