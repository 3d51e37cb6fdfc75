/* journal_schema.c: the journal's tables, how packed keys look, and the small
 * steps over SQLite that the journal is made of.
 *
 * A schema change is a row behind the last of `migrations`; PRAGMA
 * user_version says how many of them a database has had. */
#include <string.h>

#include "journal_part.h"

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
};

enum { VERSION = sizeof migrations / sizeof *migrations };

bool journal_fail(const struct journal *journal, struct err *err)
{
    return err_set(err, EXIT_FAULT, "%s: %s", journal->path,
                   sqlite3_errmsg(journal->db));
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

bool journal_do(struct journal *journal, sqlite3_stmt *statement,
                struct err *err)
{
    bool good = sqlite3_step(statement) == SQLITE_DONE;
    if (!good)
        journal_fail(journal, err);
    sqlite3_reset(statement);
    return good;
}

static bool version(struct journal *journal, int *found, struct err *err)
{
    sqlite3_stmt *statement =
        journal_prepare(journal, "PRAGMA user_version", err);
    if (statement == NULL)
        return false;
    bool good = sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *found = sqlite3_column_int(statement, 0);
    else
        journal_fail(journal, err);
    sqlite3_finalize(statement);
    return good;
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
    int found = 0;
    if (!version(journal, &found, err))
        return false;
    if (found > VERSION)
        return err_set(err, EXIT_USAGE,
                       "%s: written by a newer fastsync; use that one, or "
                       "another --state",
                       journal->path);
    for (; found < VERSION; found++)
        if (!migrate_one(journal, found, err))
            return false;
    return true;
}

/* Numbers are stored with their lowest byte first, whatever the machine. */
static char *put_word(char *to, uint64_t word)
{
    for (int i = 0; i < 8; i++)
        *to++ = (char)(word >> 8 * i);
    return to;
}

static uint64_t get_word(const char *from)
{
    uint64_t word = 0;
    for (int i = 0; i < 8; i++)
        word |= (uint64_t)(unsigned char)from[i] << 8 * i;
    return word;
}

enum { WORDS = 3, HEAD = 8 * WORDS + 2 };

void packed_add(struct buf *blob, const struct packed *record)
{
    size_t len = record->key_len < UINT16_MAX ? record->key_len : UINT16_MAX;
    char *at = buf_reserve(blob, HEAD + len);
    at = put_word(at, record->key_hash[0]);
    at = put_word(at, record->key_hash[1]);
    at = put_word(at, record->content);
    *at++ = (char)(len & 0xff);
    *at++ = (char)(len >> 8);
    if (len > 0)
        memcpy(at, record->key, len);
    blob->len += HEAD + len;
}

bool packed_next(const char **at, const char *end, struct packed *record)
{
    if (end - *at < HEAD)
        return false;
    const char *head = *at;
    size_t len = (size_t)(unsigned char)head[HEAD - 2] |
                 (size_t)(unsigned char)head[HEAD - 1] << 8;
    if ((size_t)(end - head) < HEAD + len)
        return false;
    *record = (struct packed){
        .key_hash = {get_word(head), get_word(head + 8)},
        .content = get_word(head + 16),
        .key = head + HEAD,
        .key_len = len,
    };
    *at = head + HEAD + len;
    return true;
}
