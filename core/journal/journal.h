/* journal.h: what is remembered between runs, in SQLite (WAL, one connection,
 * the sender's thread): runs with their ledgers, what the server answered, each
 * key's last accepted hash, and the outbox. This is the journal that is
 * written, by one run at a time; view.h and history.h look at it.
 *
 * The outbox holds the batches that have no outcome yet: a batch is posted
 * before its first request and leaves with the outcome of its last record,
 * which is written in the same transaction. So another process can send again,
 * byte for byte, whatever may have arrived. What is written stands in an open
 * transaction until journal_commit; after that it outlives the process, and
 * after journal_sync a power cut. Nothing is sent that is not synced, nothing
 * counted that is not committed, and the end of a run syncs all.
 *
 * Accepted keys are kept a row per answer, packed: (key hash, content hash,
 * key length, key)…, so that reading all back is one scan; later rows win. A
 * content of 0 says that nobody knows what the server holds. What is accepted
 * belongs to a form on a server (host, port and path of the URL). Compacted
 * when superseded entries outnumber live ones. The files are 0600 in the state
 * folder; a lock beside them keeps two runs apart (EXIT_BUSY) and goes with
 * its process. Schema version in PRAGMA user_version. */
#ifndef FASTSYNC_JOURNAL_H
#define FASTSYNC_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "ledger.h"
#include "row.h"
#include "seen.h"

struct batch;
struct input;
struct journal;
struct web_mark;

/* Opens or creates DIR/journal.db, in a folder that is there; takes the lock
 * DIR/journal.lock. EXIT_USAGE where it cannot be used: nothing was sent. */
struct journal *journal_open(const char *dir, struct err *err);
void journal_close(struct journal *journal); /* NULL is allowed */

/* `source` names the inputs; NULL where only a part of them is taken. */
bool journal_run_begin(struct journal *journal, const char *mapping,
                       const char *form, const char *source, struct err *err);
/* `resumed`: the ledger of what earlier runs left, or NULL. `reported`:
 * the rejects file is in its place, with all that was refused. */
bool journal_run_end(struct journal *journal, const struct ledger *ledger,
                     const struct ledger *resumed, int exit_code,
                     const char *message, bool reported, struct err *err);
/* Rows of this form's last run that came to its end (exit 0 or 3): of this
 * source, or with NULL of any whole one. 0: there is none. After
 * journal_load. */
bool journal_last_rows(struct journal *journal, const char *source,
                       uint64_t *rows, struct err *err);

/* The identities of what the last run over this source rejected, or over any
 * where there is none of it, of those that came to their end; *known: there
 * was one. After journal_load. */
bool journal_last_rejects(struct journal *journal, const char *source,
                          struct buf *identities, bool *known, struct err *err);
/* This run's, in place of those: words of 64 bits. It saw all of its source. */
bool journal_keep_rejects(struct journal *journal, const char *source,
                          const struct buf *identities, struct err *err);

/* What the run has read, for the next one: all of it has its outcome. Those of
 * long ago go. */
bool journal_fetched(struct journal *journal, const struct web_mark *marks,
                     unsigned count, struct err *err);

/* Gives every accepted (key, content) of this form and server to `seen`
 * (NULL: to nobody). What is written from here on belongs to them. */
bool journal_load(struct journal *journal, const char *form, const char *url,
                  struct seen *seen, struct err *err);

/* Puts a batch into the outbox: batch->posted is its number there. `guarded`:
 * it may not be sent yet, and goes with its process. */
bool journal_post(struct journal *journal, struct batch *batch, bool guarded,
                  struct err *err);
/* The batch leaves the outbox: it was never sent, and is not to be. */
bool journal_withdraw(struct journal *journal, int64_t posted, struct err *err);
/* Those guarded may be sent from here on, or are dropped. */
bool journal_release_guarded(struct journal *journal, struct err *err);
bool journal_drop_guarded(struct journal *journal, struct err *err);

/* What the server said, as far as it is kept. */
struct journal_answer {
    const char *fkey, *message;
    bool by_hand; /* it is no server's: somebody took the record out */
};

/* The server accepted the records [from, upto); batch->part is what comes
 * next, and a batch that is over leaves the outbox. */
bool journal_accepted(struct journal *journal, struct batch *batch,
                      uint32_t from, uint32_t upto,
                      const struct journal_answer *answer, struct err *err);
/* The server refused this record, alone. It is to be reported in the rejects
 * file. */
bool journal_refused(struct journal *journal, struct batch *batch,
                     uint32_t index, const char *reason,
                     const struct journal_answer *answer, struct err *err);
/* Whether a request with such a body (its hash) was answered before: the server
 * may drop another one as a repetition. */
bool journal_knows(struct journal *journal, uint64_t body, bool *known,
                   struct err *err);
/* No record has its outcome, but batch->part is another one now. */
bool journal_part(struct journal *journal, struct batch *batch,
                  struct err *err);
/* The batch (lessen.h) takes the place of the one with its number; an empty one
 * leaves the outbox. */
bool journal_lessen(struct journal *journal, const struct batch *batch,
                    struct err *err);
bool journal_commit(struct journal *journal, struct err *err);
/* Takes back all after the last commit. */
void journal_undo(struct journal *journal);
/* How many times something failed, which undid all after the last commit. */
uint64_t journal_undone(const struct journal *journal);
/* Commits, and waits for the disk where the batch is not safe there yet. One
 * wait makes all safe that is posted. */
bool journal_sync(struct journal *journal, const struct batch *batch,
                  struct err *err);
/* Commits, and moves all of it into the database file. */
bool journal_flush(struct journal *journal, struct err *err);

/* The outbox's last number; 0: it is empty. */
bool journal_last_number(struct journal *journal, uint64_t *number,
                         struct err *err);
/* Batches and records in the outbox, of this form and server. */
bool journal_pending(struct journal *journal, uint64_t *batches,
                     uint64_t *records, struct err *err);
/* Of the records in it, those that this run has put there. */
bool journal_own_pending(struct journal *journal, uint64_t *records,
                         struct err *err);
/* Appends what is pending for other forms and servers, in words. */
bool journal_elsewhere(struct journal *journal, struct buf *out,
                       struct err *err);
/* Fills an empty batch with the first one after number `after` of the
 * outbox. Its inputs live as long as the journal. */
enum step journal_next(struct journal *journal, int64_t after,
                       struct batch *batch, struct err *err);

/* A refused record that no rejects file has reported yet. */
struct unreported {
    uint64_t key_hash[2];
    struct place place; /* without an index where it has a line */
    const struct input *input;
    char *source; /* as it stood, with its length */
    size_t source_len;
    char *reason, *key;
    uint64_t failed; /* content that this run saw the server fail at; 0: none */
};

/* All of them, of this form and server; the caller releases them. */
bool journal_unreported(struct journal *journal, struct unreported **records,
                        size_t *count, struct err *err);
void unreported_free(struct unreported *records, size_t count);

#endif
