/* schema.c: a schema change is a row after the last of `migrations`; PRAGMA
 * user_version says how many of them a database has had. Rows never change
 * once they are released: some database has had them.
 *
 * Columns keep the names they were born with. What the code calls otherwise by
 * now: outbox.held, guarded; outbox.suspect, bad; outbox.most, max; and
 * refused.told, reported. */
#include "schema.h"

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

    /* Whose each accepted key is (titles.h), for messages; and what a run over
     * a whole export rejected, as hashes, of the last one of its source. */
    ("ALTER TABLE batches ADD COLUMN titles BLOB;"
     "ALTER TABLE runs ADD COLUMN rejects BLOB;"),

    /* What the server has failed at, and since when; and whether a request may
     * have arrived whose answer nobody has (1: of those that are there, it
     * may), or a trial has stored a record (2). */
    ("ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;"
     "ALTER TABLE outbox ADD COLUMN failing INTEGER NOT NULL DEFAULT 0;"
     "ALTER TABLE outbox ADD COLUMN unknown INTEGER NOT NULL DEFAULT 1;"),

    /* What was read over HTTP last (net/web/mark.h). */
    "CREATE TABLE fetched ("
    " source INTEGER PRIMARY KEY,"
    " run INTEGER NOT NULL,"
    " etag TEXT NOT NULL,"
    " modified TEXT NOT NULL,"
    " since INTEGER NOT NULL);",
};

enum { VERSION = sizeof migrations / sizeof *migrations };

uint64_t schema_version(void)
{
    return VERSION;
}

bool schema_known(struct db *db, struct err *err)
{
    uint64_t version = 0, things = 0;
    return db_number(db, "PRAGMA user_version", 0, &version, err) &&
           db_number(db, "SELECT count(*) FROM sqlite_master", 0, &things,
                     err) &&
           (version > 0 || things == 0 ||
            err_set(err, EXIT_USAGE,
                    "%s: is another program's database, and no journal of "
                    "fastsync; move it away, or use another --state",
                    db->path));
}

const char schema_foreign[] =
    "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
    " OR sql LIKE 'CREATE VIRTUAL%'";

bool schema_sound(struct db *db, struct err *err)
{
    uint64_t count = 0;
    return db_number(db, schema_foreign, 0, &count, err) &&
           (count == 0 ||
            err_set(err, EXIT_USAGE,
                    "%s: holds triggers or views, which fastsync never makes; "
                    "move it away, or use another --state",
                    db->path));
}

static bool migrate_one(struct db *db, int number, struct err *err)
{
    char stamp[48];
    sqlite3_snprintf(sizeof stamp, stamp, "PRAGMA user_version=%d; COMMIT",
                     number + 1);
    return db_exec(db, "BEGIN IMMEDIATE", err) &&
           db_exec(db, migrations[number], err) && db_exec(db, stamp, err);
}

bool schema_migrate(struct db *db, struct err *err)
{
    uint64_t found = 0;
    if (!schema_sound(db, err) ||
        !db_number(db, "PRAGMA user_version", 0, &found, err))
        return false;
    if (found > VERSION)
        return err_set(err, EXIT_USAGE,
                       "%s: written by a newer fastsync; use that one, or "
                       "another --state",
                       db->path);
    for (; found < VERSION; found++)
        if (!migrate_one(db, (int)found, err))
            return false;
    return true;
}
