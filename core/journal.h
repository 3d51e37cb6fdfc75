/* journal.h: what is remembered between runs, in SQLite (WAL, one connection,
 * the sender's thread): runs with their ledgers, accepted batches with fkey,
 * and each key's last accepted hash.
 *
 * Accepted keys are kept a row per batch, packed: (key hash, content hash,
 * key length, key)…, so that writing down a batch is one insert and reading
 * all back is one scan; later rows win. What is accepted belongs to a form on
 * a server (host, port and path of the URL). Compacted when superseded entries
 * outnumber live ones. The files are 0600 in the state folder; a lock beside
 * them keeps two runs apart (EXIT_BUSY). Schema version in PRAGMA
 * user_version. */
#ifndef FASTSYNC_JOURNAL_H
#define FASTSYNC_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
#include "ledger.h"
#include "seen.h"

struct batch;
struct journal;

/* Opens or creates DIR/journal.db, in a folder that is there; takes the lock
 * DIR/journal.lock. */
struct journal *journal_open(const char *dir, struct err *err);
void journal_close(struct journal *journal); /* NULL is allowed */

bool journal_run_begin(struct journal *journal, const char *mapping,
                       const char *form, struct err *err);
bool journal_run_end(struct journal *journal, const struct ledger *ledger,
                     int exit_code, const char *message, struct err *err);
/* Gives every accepted (key, content) of this form and server to `seen`
 * (NULL: to nobody). What is accepted from here on belongs to them. */
bool journal_load(struct journal *journal, const char *form, const char *url,
                  struct seen *seen, struct err *err);
/* Writes down that the server accepted this batch. It outlives the process at
 * once, and the machine behind journal_flush or journal_run_end. */
bool journal_accepted(struct journal *journal, const struct batch *batch,
                      const char *fkey, struct err *err);
bool journal_flush(struct journal *journal, struct err *err);

#endif
