/* db.c: a failure rolls back what is open and is counted, so that whoever
 * remembers what was written can see that it is gone. */
#include "db.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BUSY_MS = 5000 }; /* a backup may hold the file for a moment */

bool db_open(struct db *db, int flags, struct err *err)
{
    return (sqlite3_open_v2(db->path, &db->file, flags, NULL) == SQLITE_OK &&
            sqlite3_busy_timeout(db->file, BUSY_MS) == SQLITE_OK) ||
           db_fail(db, err);
}

/* Statements come first: SQLite does not close a file that has open ones. */
void db_close(struct db *db)
{
    for (int i = 0; i < DB_KEPT; i++)
        sqlite3_finalize(db->kept[i]);
    sqlite3_close(db->file);
    free(db->path);
    *db = (struct db){.path = NULL};
}

/* What SQLite's codes mean to whoever must mend it. */
static const struct trouble {
    int code;
    const char *text; /* NULL: SQLite's own */
    const char *hint;
} troubles[] = {
    /* clang-format off */
    {SQLITE_FULL,     "the disk is full", "; make room and run again: what is under way stays in the journal"},
    {SQLITE_IOERR,    NULL, "; run again when the disk is well: what is under way stays in the journal"},
    {SQLITE_READONLY, "cannot be written", "; check its owner, its rights and the disk's"},
    {SQLITE_CANTOPEN, NULL, "; check its owner and rights, and its folder's"},
    {SQLITE_PERM,     NULL, "; check its owner and rights"},
    {SQLITE_NOTADB,   "is no journal of fastsync", "; move it away, or use another --state"},
    {SQLITE_CORRUPT,  "is damaged", "; fastsync doctor says how to mend it"},
    {SQLITE_BUSY,     "is in use by another program", "; wait for its end"},
    /* clang-format on */
};

static const struct trouble *find_trouble(int code)
{
    static const struct trouble unknown = {.hint = ""};
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if (troubles[i].code == code)
            return &troubles[i];
    return &unknown;
}

bool db_fail(struct db *db, struct err *err)
{
    int last = errno, number = sqlite3_system_errno(db->file);
    int code = sqlite3_errcode(db->file) & 0xff;
    const struct trouble *trouble = find_trouble(code);
    const char *text = trouble->text ? trouble->text : sqlite3_errmsg(db->file);
    if (number == 0) /* not every step of SQLite keeps it */
        number = last;
    bool detail = (code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && number;
    err_set(err, db->in_run ? EXIT_FAULT : EXIT_USAGE, "%s: %s%s%s%s%s",
            db->path, text, detail ? " (" : "", detail ? strerror(number) : "",
            detail ? ")" : "", trouble->hint);
    db_undo(db);
    return false;
}

void db_undo(struct db *db)
{
    if (sqlite3_get_autocommit(db->file) == 0)
        sqlite3_exec(db->file, "ROLLBACK", NULL, NULL, NULL);
    db->writing = false;
    db->undone++;
}

bool db_stepped(struct db *db, int step, struct err *err)
{
    return step == SQLITE_ROW || step == SQLITE_DONE || db_fail(db, err);
}

bool db_exec(struct db *db, const char *sql, struct err *err)
{
    return sqlite3_exec(db->file, sql, NULL, NULL, NULL) == SQLITE_OK ||
           db_fail(db, err);
}

sqlite3_stmt *db_prepare(struct db *db, const char *sql, struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db->file, sql, -1, &statement, NULL) != SQLITE_OK)
        db_fail(db, err);
    return statement;
}

static const char *const kept_texts[DB_KEPT] = {
    [KEPT_BEGIN] = "BEGIN IMMEDIATE",
    [KEPT_COMMIT] = "COMMIT",
    [KEPT_ANSWER] = "INSERT INTO batches (run, target, answered, records,"
                    " fkey, keys, refused, message, body, titles)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [KEPT_POST] = "INSERT INTO outbox (run, target, posted, held, records,"
                  " done, upto, suspect, found, most, body, entries, salt,"
                  " failures, failing, unknown)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [KEPT_PART] = "UPDATE outbox SET done=?, upto=?, suspect=?, found=?,"
                  " most=?, salt=?, failures=?, failing=?, unknown=?"
                  " WHERE id=?",
    [KEPT_LEAVE] = "DELETE FROM outbox WHERE id=?",
    [KEPT_KNOWS] = "SELECT 1 FROM batches WHERE target=? AND body=? LIMIT 1",
    [KEPT_REFUSED] = "INSERT INTO refused (run, target, answered, input,"
                     " line, key_hash, key, record, source, reason, sheet)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [KEPT_NEXT] = "SELECT id, records, done, upto, suspect, found, most,"
                  " body, entries, salt, failures, failing, unknown"
                  " FROM outbox WHERE target=? AND id>?"
                  " AND held=0 ORDER BY id LIMIT 1",
};

sqlite3_stmt *db_kept(struct db *db, enum db_kept which, struct err *err)
{
    if (db->kept[which] == NULL)
        db->kept[which] = db_prepare(db, kept_texts[which], err);
    return db->kept[which];
}

/* It is reset in any case: a statement that is not holds its transaction open.
 */
bool db_do(struct db *db, sqlite3_stmt *statement, struct err *err)
{
    bool good = sqlite3_step(statement) == SQLITE_DONE;
    if (!good)
        db_fail(db, err);
    sqlite3_reset(statement);
    return good;
}

bool db_end(struct db *db, sqlite3_stmt *select, int step, struct err *err)
{
    bool good = step == SQLITE_DONE || db_fail(db, err);
    sqlite3_finalize(select);
    return good;
}

/* Binding a number to a statement without parameters does no harm. */
bool db_number(struct db *db, const char *sql, int64_t bound, uint64_t *number,
               struct err *err)
{
    sqlite3_stmt *statement = db_prepare(db, sql, err);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, bound);
    bool good = sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *number = (uint64_t)sqlite3_column_int64(statement, 0);
    else
        db_fail(db, err);
    sqlite3_finalize(statement);
    return good;
}

/* IMMEDIATE: the lock is taken at once, as one that is taken later can be
 * refused in the middle. */
bool db_begin(struct db *db, struct err *err)
{
    if (db->writing)
        return true;
    sqlite3_stmt *begin = db_kept(db, KEPT_BEGIN, err);
    db->writing = begin != NULL && db_do(db, begin, err);
    return db->writing;
}

bool db_commit(struct db *db, struct err *err)
{
    if (!db->writing)
        return true;
    sqlite3_stmt *commit = db_kept(db, KEPT_COMMIT, err);
    bool good = commit != NULL && db_do(db, commit, err);
    db->writing = false;
    return good;
}

void db_stamp(char text[32])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}
