/* part.h: what the journal's files share: the connection, its
 * statements, and how numbers are packed. For journal*.c alone. */
#ifndef FASTSYNC_JOURNAL_PART_H
#define FASTSYNC_JOURNAL_PART_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct input;

/* Those that are run for every batch: prepared once, when first needed. */
enum journal_sql {
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_ANSWER,
    SQL_POST,
    SQL_PART,
    SQL_LEAVE,
    SQL_KNOWS,
    SQL_REFUSED,
    SQL_NEXT,
    JOURNAL_SQLS,
};

/* An input as the outbox knows it. */
struct journal_input {
    const struct input *input; /* the run's, or `restored` */
    struct input *restored;    /* read back; owned */
    int64_t id;
};

struct journal {
    char *path; /* of the database, for messages */
    int lock;   /* the lock's file descriptor, -1: none */
    sqlite3 *db;
    sqlite3_stmt *prepared[JOURNAL_SQLS];
    bool writing;   /* a transaction is open */
    uint64_t syncs; /* so far */
    uint64_t undone;
    int64_t run;    /* 0: none begun */
    int64_t target; /* 0: not known yet */
    uint64_t known; /* of journal_read: the last run there was */
    struct buf packed;
    struct journal_input *inputs;
    unsigned input_count;
};

/* Numbers are stored with their lowest byte first, whatever the machine. */
char *word_put(char *to, uint64_t word);
uint64_t word_get(const char *from);

/* One accepted record as a blob holds it. */
struct packed {
    uint64_t key_hash[2], content;
    const char *key;
    size_t key_len;
};

void packed_add(struct buf *blob, const struct packed *record);
/* Takes the next record; false at the end, or where the blob is broken. */
bool packed_next(const char **at, const char *end, struct packed *record);

/* Looks for a key among the records [from, count) of an outbox row's entries.
 */
bool journal_entry_find(const char *blob, size_t len, uint32_t from,
                        uint32_t count, const uint64_t key[2],
                        uint64_t *content);
/* This version of the schema. */
uint64_t journal_version(void);
/* False where a batch of the outbox does not add up. */
bool journal_sound(struct journal *journal, struct err *err);
/* Opens the connection for looking alone: no lock, nothing is written. */
bool journal_look(struct journal *journal, struct err *err);
/* Creates the database or brings it to this version's schema. */
bool journal_migrate(struct journal *journal, struct err *err);
/* Drops entries that later ones have superseded, in all batches. */
bool journal_compact(struct journal *journal, struct err *err);
/* "2025-04-24T10:02:42Z" */
void journal_stamp(char text[32]);

/* Opens a transaction where none is open. */
bool journal_begin(struct journal *journal, struct err *err);
/* Runs statements without results. */
bool journal_exec(struct journal *journal, const char *sql, struct err *err);
/* NULL: err. */
sqlite3_stmt *journal_prepare(struct journal *journal, const char *sql,
                              struct err *err);
/* One of the kept ones. */
sqlite3_stmt *journal_kept(struct journal *journal, enum journal_sql which,
                           struct err *err);
/* Steps a statement that answers nothing; resets it. */
bool journal_do(struct journal *journal, sqlite3_stmt *statement,
                struct err *err);
/* Runs a query that answers one number about the target. */
bool journal_number(struct journal *journal, const char *sql, uint64_t *number,
                    struct err *err);
/* What SQLite says, and what to do; undoes an open transaction. */
bool journal_fail(struct journal *journal, struct err *err);

/* The number of an input, which is written down when first asked for; and the
 * input of a number, NULL: err. */
bool journal_input(struct journal *journal, const struct input *input,
                   int64_t *id, struct err *err);
const struct input *journal_restored(struct journal *journal, int64_t id,
                                     struct err *err);
/* What an undone transaction may have numbered has no number any more. */
void journal_inputs_forget(struct journal *journal);
void journal_inputs_release(struct journal *journal);

#endif
