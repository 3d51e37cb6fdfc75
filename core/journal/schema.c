/* schema.c: the journal's tables, and the small steps over SQLite that
 * the journal is made of.
 *
 * A schema change is a row behind the last of `migrations`; PRAGMA
 * user_version says how many of them a database has had. */
#include <errno.h>
#include <string.h>

#include "part.h"

static const char *const migrations[] = {
    "CREATE TABLE runs ("
    " id INTEGER PRIMARY KEY,"
    " mapping TEXT NOT NULL,"
    " form TEXT NOT NULL,"
    " begun TEXT NOT NULL,"
    " ended TEXT,"  /* NULL: it never came to its end */
    " ledger TEXT," /* JSON */
    " exit INTEGER,"
    " message TEXT);"
    "CREATE TABLE targets ("
    " id INTEGER PRIMARY KEY,"
    " form TEXT NOT NULL,"
    " server TEXT NOT NULL,"
    " UNIQUE (form, server));"
    "CREATE TABLE batches ("
    " id INTEGER PRIMARY KEY,"
    " run INTEGER REFERENCES runs (id),"
    " target INTEGER NOT NULL REFERENCES targets (id),"
    " accepted TEXT NOT NULL,"
    " records INTEGER NOT NULL,"
    " fkey TEXT NOT NULL,"
    " keys BLOB NOT NULL);"
    "CREATE INDEX batches_target ON batches (target);",

    "ALTER TABLE runs ADD COLUMN source TEXT;" /* NULL: only a part of it */
    "ALTER TABLE runs ADD COLUMN rows INTEGER;"
    /* A request's answer that ended something: some records accepted, or one
     * refused, whose content is unknown then. */
    "ALTER TABLE batches RENAME COLUMN accepted TO answered;"
    "ALTER TABLE batches ADD COLUMN refused INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE batches ADD COLUMN message TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE batches ADD COLUMN body INTEGER;" /* the request's hash */
    "CREATE INDEX batches_body ON batches (target, body);"
    "CREATE TABLE inputs ("
    " id INTEGER PRIMARY KEY,"
    " path TEXT NOT NULL,"
    " dialect BLOB NOT NULL,"  /* delimiter, quote, escape */
    " columns BLOB NOT NULL);" /* names, each with its NUL */
    "CREATE TABLE outbox ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " run INTEGER REFERENCES runs (id),"
    " target INTEGER NOT NULL REFERENCES targets (id),"
    " posted TEXT NOT NULL,"
    " held INTEGER NOT NULL,"
    " records INTEGER NOT NULL," /* struct isolation, from here */
    " done INTEGER NOT NULL,"
    " upto INTEGER NOT NULL,"
    " suspect INTEGER NOT NULL,"
    " found INTEGER NOT NULL,"
    " most INTEGER NOT NULL,"
    " body BLOB NOT NULL,"
    " entries BLOB NOT NULL,"
    " salt INTEGER NOT NULL);"
    "CREATE TABLE refused ("
    " id INTEGER PRIMARY KEY,"
    " run INTEGER REFERENCES runs (id),"
    " target INTEGER NOT NULL REFERENCES targets (id),"
    " answered TEXT NOT NULL,"
    " told INTEGER NOT NULL DEFAULT 0," /* by a rejects file in its place */
    " input INTEGER NOT NULL REFERENCES inputs (id),"
    " line INTEGER NOT NULL,"
    " key_hash BLOB NOT NULL,"
    " key TEXT NOT NULL,"
    " record TEXT NOT NULL,"
    " source BLOB NOT NULL,"
    " reason TEXT NOT NULL);",

    /* Rows of workbooks and of formats without lines: `refused.line` and the
     * outbox's entries hold place_number. */
    "ALTER TABLE inputs"
    " ADD COLUMN sheets BLOB NOT NULL DEFAULT x'';" /* names, with NULs */
    "ALTER TABLE refused ADD COLUMN sheet INTEGER NOT NULL DEFAULT 0;",
};

enum { VERSION = sizeof migrations / sizeof *migrations };

uint64_t journal_version(void)
{
    return VERSION;
}

/* What SQLite's codes mean to whoever must mend it. */
static const struct {
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

bool journal_fail(struct journal *journal, struct err *err)
{
    int code = sqlite3_errcode(journal->db) & 0xff;
    int last = errno, number = sqlite3_system_errno(journal->db);
    const char *text = sqlite3_errmsg(journal->db), *hint = "";
    for (size_t i = 0; i < sizeof troubles / sizeof *troubles; i++)
        if (troubles[i].code == code) {
            text = troubles[i].text ? troubles[i].text : text;
            hint = troubles[i].hint;
        }
    if (number == 0) /* not every step of SQLite keeps it */
        number = last;
    bool detail = (code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && number;
    err_set(err, journal->run != 0 ? EXIT_FAULT : EXIT_USAGE, "%s: %s%s%s%s%s",
            journal->path, text, detail ? " (" : "",
            detail ? strerror(number) : "", detail ? ")" : "", hint);
    if (sqlite3_get_autocommit(journal->db) == 0)
        sqlite3_exec(journal->db, "ROLLBACK", NULL, NULL, NULL);
    journal->writing = false;
    journal->undone++;
    journal_inputs_forget(journal);
    return false;
}

bool journal_exec(struct journal *journal, const char *sql, struct err *err)
{
    return sqlite3_exec(journal->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           journal_fail(journal, err);
}

sqlite3_stmt *journal_prepare(struct journal *journal, const char *sql,
                              struct err *err)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(journal->db, sql, -1, &statement, NULL) != SQLITE_OK)
        journal_fail(journal, err);
    return statement;
}

sqlite3_stmt *journal_kept(struct journal *journal, enum journal_sql which,
                           struct err *err)
{
    static const char *const texts[JOURNAL_SQLS] = {
        [SQL_BEGIN] = "BEGIN IMMEDIATE",
        [SQL_COMMIT] = "COMMIT",
        [SQL_ANSWER] = "INSERT INTO batches (run, target, answered, records,"
                       " fkey, keys, refused, message, body)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [SQL_POST] = "INSERT INTO outbox (run, target, posted, held, records,"
                     " done, upto, suspect, found, most, body, entries, salt)"
                     " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [SQL_PART] = "UPDATE outbox SET done=?, upto=?, suspect=?, found=?,"
                     " most=?, salt=? WHERE id=?",
        [SQL_LEAVE] = "DELETE FROM outbox WHERE id=?",
        [SQL_KNOWS] = "SELECT 1 FROM batches WHERE target=? AND body=? LIMIT 1",
        [SQL_REFUSED] = "INSERT INTO refused (run, target, answered, input,"
                        " line, key_hash, key, record, source, reason,"
                        " sheet)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [SQL_NEXT] = "SELECT id, records, done, upto, suspect, found, most,"
                     " body, entries, salt FROM outbox WHERE target=? AND id>?"
                     " AND held=0"
                     " ORDER BY id LIMIT 1",
    };
    if (journal->prepared[which] == NULL)
        journal->prepared[which] = journal_prepare(journal, texts[which], err);
    return journal->prepared[which];
}

bool journal_do(struct journal *journal, sqlite3_stmt *statement,
                struct err *err)
{
    bool good = sqlite3_step(statement) == SQLITE_DONE;
    if (!good)
        journal_fail(journal, err);
    sqlite3_reset(statement);
    return good;
}

bool journal_number(struct journal *journal, const char *sql, uint64_t *number,
                    struct err *err)
{
    sqlite3_stmt *statement = journal_prepare(journal, sql, err);
    if (statement == NULL)
        return false;
    sqlite3_bind_int64(statement, 1, journal->target);
    bool good = sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *number = (uint64_t)sqlite3_column_int64(statement, 0);
    else
        journal_fail(journal, err);
    sqlite3_finalize(statement);
    return good;
}

bool journal_begin(struct journal *journal, struct err *err)
{
    if (journal->writing)
        return true;
    sqlite3_stmt *begin = journal_kept(journal, SQL_BEGIN, err);
    journal->writing = begin != NULL && journal_do(journal, begin, err);
    return journal->writing;
}

static bool migrate_one(struct journal *journal, int number, struct err *err)
{
    char stamp[48];
    sqlite3_snprintf(sizeof stamp, stamp, "PRAGMA user_version=%d; COMMIT",
                     number + 1);
    return journal_exec(journal, "BEGIN IMMEDIATE", err) &&
           journal_exec(journal, migrations[number], err) &&
           journal_exec(journal, stamp, err);
}

bool journal_migrate(struct journal *journal, struct err *err)
{
    uint64_t found = 0;
    if (!journal_number(journal, "PRAGMA user_version", &found, err))
        return false;
    if (found > VERSION)
        return err_set(err, EXIT_USAGE,
                       "%s: written by a newer fastsync; use that one, or "
                       "another --state",
                       journal->path);
    for (; found < VERSION; found++)
        if (!migrate_one(journal, (int)found, err))
            return false;
    return true;
}
