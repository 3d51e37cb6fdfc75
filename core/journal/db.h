/* db.h: the small steps over SQLite that the journal is made of: a connection,
 * a transaction, statements, and what to say when one fails. For the journal's
 * files alone: nothing outside the room sees SQLite. */
#ifndef FASTSYNC_JOURNAL_DB_H
#define FASTSYNC_JOURNAL_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Statements that are run for every batch: prepared once, when first needed.
 * Their texts are in db.c. */
enum db_kept {
    KEPT_BEGIN,
    KEPT_COMMIT,
    KEPT_ANSWER,
    KEPT_POST,
    KEPT_PART,
    KEPT_LEAVE,
    KEPT_KNOWS,
    KEPT_REFUSED,
    KEPT_NEXT,
    DB_KEPT,
};

struct db {
    char *path; /* of the file, for messages; owned */
    sqlite3 *file;
    sqlite3_stmt *kept[DB_KEPT];
    bool writing;    /* a transaction is open */
    bool in_run;     /* a failure is EXIT_FAULT; before a run, EXIT_USAGE */
    uint64_t undone; /* failures so far, each of which undid what was open */
};

/* `flags` as sqlite3_open_v2 has them; db->path is set. */
bool db_open(struct db *db, int flags, struct err *err);
void db_close(struct db *db); /* of a zeroed one as well */

/* What SQLite says, and what to do; undoes an open transaction. */
bool db_fail(struct db *db, struct err *err);
/* The row or the end of rows is there; anything else is a failure. */
bool db_stepped(struct db *db, int step, struct err *err);
/* Opens a transaction where none is open. */
bool db_begin(struct db *db, struct err *err);
/* All since the last commit is gone; counted as a failure is. */
void db_undo(struct db *db);
bool db_commit(struct db *db, struct err *err);

/* Runs statements without results. */
bool db_exec(struct db *db, const char *sql, struct err *err);
/* NULL: err. */
sqlite3_stmt *db_prepare(struct db *db, const char *sql, struct err *err);
/* One of the kept ones: reset it, never finalize it. */
sqlite3_stmt *db_kept(struct db *db, enum db_kept which, struct err *err);
/* Steps a statement that answers nothing; resets it. */
bool db_do(struct db *db, sqlite3_stmt *statement, struct err *err);
/* Ends a walk over a query's rows: `step` is what the last step answered. */
bool db_end(struct db *db, sqlite3_stmt *select, int step, struct err *err);
/* Runs a query that answers one number; `bound` is its first parameter, as far
 * as it has one. */
bool db_number(struct db *db, const char *sql, int64_t bound, uint64_t *number,
               struct err *err);

/* Now, as the journal has times: "2025-04-24T10:02:42Z". */
void db_stamp(char text[32]);

#endif
