/* journal_part.h: what the journal's files share: the connection, and the
 * packed keys of a batch. For journal*.c alone. */
#ifndef FASTSYNC_JOURNAL_PART_H
#define FASTSYNC_JOURNAL_PART_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"

struct journal {
    char *path; /* of the database, for messages */
    int lock;   /* the lock's file descriptor, -1: none */
    sqlite3 *db;
    sqlite3_stmt *insert; /* of an accepted batch */
    int64_t run;          /* 0: none begun */
    int64_t target;       /* 0: not known yet */
    struct buf packed;
};

/* One accepted record as a blob holds it. */
struct packed {
    uint64_t key_hash[2], content;
    const char *key;
    size_t key_len;
};

void packed_add(struct buf *blob, const struct packed *record);
/* Takes the next record; false at the end, or where the blob is broken. */
bool packed_next(const char **at, const char *end, struct packed *record);

/* Creates the database or brings it to this version's schema. */
bool journal_migrate(struct journal *journal, struct err *err);
/* Drops entries that later ones have superseded, in all batches. */
bool journal_compact(struct journal *journal, struct err *err);

/* Runs statements without results. */
bool journal_exec(struct journal *journal, const char *sql, struct err *err);
/* NULL: err. */
sqlite3_stmt *journal_prepare(struct journal *journal, const char *sql,
                              struct err *err);
/* Steps a statement that answers nothing; resets it. */
bool journal_do(struct journal *journal, sqlite3_stmt *statement,
                struct err *err);
bool journal_fail(const struct journal *journal, struct err *err);

#endif
