/* store.c: the sandbox's memory: two tables and a handful of statements,
 * prepared once. One connection, one lock: requests are short, and taking
 * turns here is what makes an upsert atomic and a repetition certain. */
#include "store.h"

#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/hot.h"

static const char pragmas[] = "PRAGMA journal_mode = WAL;"
                              "PRAGMA synchronous = NORMAL;";

/* From one version of a file (its user_version) to the next. The first finds
 * an empty file, or one from before versions. */
static const char *const steps[] = {
    "CREATE TABLE IF NOT EXISTS record ("
    " form TEXT NOT NULL, key TEXT NOT NULL,"
    " fields TEXT NOT NULL, changed TEXT NOT NULL,"
    " PRIMARY KEY (form, key)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS request ("
    " id INTEGER PRIMARY KEY, at TEXT NOT NULL, path TEXT NOT NULL,"
    " form TEXT, hash BLOB, records INTEGER NOT NULL, code INTEGER NOT NULL,"
    " fkey TEXT, repeats INTEGER, answer TEXT);"
    "CREATE INDEX IF NOT EXISTS request_hash ON request (hash)"
    " WHERE answer IS NOT NULL;",
    "ALTER TABLE record ADD COLUMN request INTEGER;"
    "ALTER TABLE record ADD COLUMN stored INTEGER NOT NULL DEFAULT 1;"
    "ALTER TABLE request ADD COLUMN fault TEXT;",
};

enum { VERSION = sizeof steps / sizeof *steps };

enum statement {
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_PUT,
    SQL_LOG,
    SQL_NEXT,
    SQL_REPEATED,
    SQL_GET,
    SQL_COUNT_RECORDS,
    SQL_COUNT_REQUESTS,
    SQL_LIST_RECORDS,
    SQL_LIST_REQUESTS,
    STATEMENTS,
};

/* To the second and in UTC, so that texts sort as times do. */
#define NOW "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"

static const char *const statements[STATEMENTS] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_PUT] = "INSERT INTO record VALUES"
                " (?1, ?2, json(?3), " NOW ", ?4, 1)"
                " ON CONFLICT DO UPDATE SET changed = excluded.changed,"
                " fields = json_patch(fields, excluded.fields),"
                " stored = stored + (request IS NOT excluded.request),"
                " request = excluded.request",
    [SQL_LOG] = "INSERT INTO request VALUES"
                " (NULL, " NOW ", ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [SQL_NEXT] = "SELECT ifnull(max(id), 0) + 1 FROM request",
    [SQL_REPEATED] = "SELECT id, records, code, answer FROM request"
                     " WHERE hash = ?1 AND answer IS NOT NULL",
    [SQL_GET] = "SELECT fields FROM record WHERE form = ?1"
                " AND (?2 IS NULL OR key = ?2)"
                " AND (?3 = '' OR substr(changed, 1, 10) >= ?3)"
                " AND (?4 = '' OR substr(changed, 1, 10) <= ?4)"
                " ORDER BY key",
    [SQL_COUNT_RECORDS] = "SELECT count(*) FROM record",
    [SQL_COUNT_REQUESTS] =
        "SELECT count(*) FILTER (WHERE sync),"
        " count(repeats) FILTER (WHERE sync),"
        " count(*) FILTER (WHERE sync AND code NOT IN (0, 200)),"
        " count(fault)"
        " FROM (SELECT *, path = '/api/SyncData' AS sync FROM request)",
    [SQL_LIST_RECORDS] = "SELECT form, key, changed, fields FROM record"
                         " ORDER BY form, key LIMIT ?1",
    [SQL_LIST_REQUESTS] =
        "SELECT id, at, path, form, records, nullif(code, 0), fkey, repeats,"
        " fault FROM request"
        " ORDER BY id DESC LIMIT ?1",
};

struct store {
    sqlite3 *db;
    sqlite3_stmt *prepared[STATEMENTS];
    pthread_mutex_t lock;
};

static bool broken(struct store *store, struct err *err)
{
    return err_set(err, EXIT_FAULT, "the sandbox's store: %s",
                   sqlite3_errmsg(store->db));
}

static bool execute(struct store *store, const char *sql, struct err *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           broken(store, err);
}

static bool read_version(struct store *store, int *version, struct err *err)
{
    sqlite3_stmt *row = NULL;
    bool good = sqlite3_prepare_v2(store->db, "PRAGMA user_version", -1, &row,
                                   NULL) == SQLITE_OK &&
                sqlite3_step(row) == SQLITE_ROW;
    if (good)
        *version = sqlite3_column_int(row, 0);
    else
        broken(store, err);
    sqlite3_finalize(row);
    return good;
}

/* Another program's database, or a journal, is left as it is. */
static bool is_store(struct store *store, struct err *err)
{
    static const char sql[] =
        "SELECT count(*) = 0 OR sum(name IN ('record', 'request')) = 2"
        " FROM sqlite_master WHERE type = 'table'";
    sqlite3_stmt *row = NULL;
    bool good =
        sqlite3_prepare_v2(store->db, sql, -1, &row, NULL) == SQLITE_OK &&
        sqlite3_step(row) == SQLITE_ROW;
    bool ours = good && sqlite3_column_int(row, 0) != 0;
    sqlite3_finalize(row);
    if (!good)
        return broken(store, err);
    return ours || err_set(err, EXIT_USAGE,
                           "is there already and is no store of the sandbox");
}

/* Brings the file to this version, all or nothing. */
static bool migrate(struct store *store, struct err *err)
{
    int version = 0;
    char done[48];
    if (!is_store(store, err) || !execute(store, pragmas, err) ||
        !execute(store, "BEGIN IMMEDIATE", err) ||
        !read_version(store, &version, err))
        return false;
    /* What a later version keeps there is not known here, and must not be
     * spoilt. */
    if (version > VERSION)
        return err_set(err, EXIT_FAULT,
                       "a later version of fastsync has made this file");
    for (; version < VERSION; version++) {
        if (!execute(store, steps[version], err))
            return false;
    }
    snprintf(done, sizeof done, "PRAGMA user_version = %d; COMMIT", VERSION);
    return execute(store, done, err);
}

static bool prepare_all(struct store *store, struct err *err)
{
    if (!migrate(store, err))
        return false;
    for (int i = 0; i < STATEMENTS; i++) {
        if (sqlite3_prepare_v3(store->db, statements[i], -1,
                               SQLITE_PREPARE_PERSISTENT, &store->prepared[i],
                               NULL) != SQLITE_OK)
            return broken(store, err);
    }
    return true;
}

static bool is_sound(const char *file, struct err *err)
{
    char *hot = mem_format("%s-journal", file);
    bool sound = hot_names_none(hot, err);
    free(hot);
    return sound;
}

struct store *store_open(const char *file, struct err *err)
{
    if (file != NULL && !is_sound(file, err))
        return NULL;
    struct store *store = mem_zero(1, sizeof *store);
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    pthread_mutex_init(&store->lock, NULL);
    int result = sqlite3_open_v2(file != NULL ? file : ":memory:", &store->db,
                                 flags, NULL);
    bool good =
        result == SQLITE_OK ? prepare_all(store, err) : broken(store, err);
    if (good)
        return store;
    if (file != NULL) {
        err_prefix(err, "%s", file);
        err->code = EXIT_USAGE;
    }
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(store->prepared[i]);
    sqlite3_close(store->db);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

/* A statement that answers no rows, with its values bound. */
/* Reset at once, so that no statement keeps the transaction open. */
static bool run(struct store *store, enum statement which, struct err *err)
{
    int result = sqlite3_step(store->prepared[which]);
    bool good = result == SQLITE_DONE || broken(store, err);
    sqlite3_reset(store->prepared[which]);
    return good;
}

/* IMMEDIATE: a second writer waits here, and not in the middle of its work. */
bool store_begin(struct store *store, struct err *err)
{
    pthread_mutex_lock(&store->lock);
    if (run(store, SQL_BEGIN, err))
        return true;
    pthread_mutex_unlock(&store->lock);
    return false;
}

bool store_end(struct store *store, bool keep, struct err *err)
{
    bool good = !keep || run(store, SQL_COMMIT, err);
    struct err ignored;
    if (!keep || !good)
        run(store, SQL_ROLLBACK, &ignored);
    pthread_mutex_unlock(&store->lock);
    return good;
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text,
                      size_t len)
{
    sqlite3_bind_text64(statement, at, text, len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_string(sqlite3_stmt *statement, int at, const char *text)
{
    bind_text(statement, at, text, text != NULL ? strlen(text) : 0);
}

bool store_put(struct store *store, const char *form, const char *key,
               size_t key_len, const char *json, size_t json_len,
               uint64_t request, struct err *err)
{
    sqlite3_stmt *put = store->prepared[SQL_PUT];
    bind_string(put, 1, form);
    bind_text(put, 2, key, key_len);
    bind_text(put, 3, json, json_len);
    sqlite3_bind_int64(put, 4, (sqlite3_int64)request);
    return run(store, SQL_PUT, err);
}

bool store_log(struct store *store, const struct store_request *request,
               struct err *err)
{
    sqlite3_stmt *log = store->prepared[SQL_LOG];
    sqlite3_clear_bindings(log);
    bind_string(log, 1, request->path);
    bind_string(log, 2, request->form);
    if (request->hash[0] != 0 || request->hash[1] != 0)
        sqlite3_bind_blob(log, 3, request->hash, 16, SQLITE_STATIC);
    sqlite3_bind_int64(log, 4, (sqlite3_int64)request->records);
    sqlite3_bind_int(log, 5, request->code);
    bind_string(log, 6, request->fkey);
    if (request->repeats != 0)
        sqlite3_bind_int64(log, 7, (sqlite3_int64)request->repeats);
    if (request->answer != NULL)
        bind_text(log, 8, request->answer->at, request->answer->len);
    bind_string(log, 9, request->fault);
    return run(store, SQL_LOG, err);
}

static uint64_t column_count(sqlite3_stmt *row, int column)
{
    return (uint64_t)sqlite3_column_int64(row, column);
}

uint64_t store_next(struct store *store)
{
    sqlite3_stmt *next = store->prepared[SQL_NEXT];
    uint64_t number =
        sqlite3_step(next) == SQLITE_ROW ? column_count(next, 0) : 0;
    sqlite3_reset(next);
    return number;
}

static void add_column(struct buf *out, sqlite3_stmt *row, int column)
{
    const void *text = sqlite3_column_text(row, column);
    buf_add(out, text, (size_t)sqlite3_column_bytes(row, column));
}

bool store_repeated(struct store *store, const uint64_t hash[2],
                    struct store_request *first, struct buf *answer)
{
    sqlite3_stmt *row = store->prepared[SQL_REPEATED];
    sqlite3_bind_blob(row, 1, hash, 16, SQLITE_STATIC);
    bool found = sqlite3_step(row) == SQLITE_ROW;
    if (found) {
        *first = (struct store_request){.repeats = column_count(row, 0),
                                        .records = column_count(row, 1),
                                        .code = sqlite3_column_int(row, 2),
                                        .hash = {hash[0], hash[1]}};
        add_column(answer, row, 3);
    }
    sqlite3_reset(row);
    return found;
}

bool store_get(struct store *store, const struct store_query *query,
               struct buf *out, uint64_t *count, struct err *err)
{
    sqlite3_stmt *row = store->prepared[SQL_GET];
    int result;
    *count = 0;
    bind_string(row, 1, query->form);
    bind_text(row, 2, query->id, query->id_len);
    bind_string(row, 3, query->from);
    bind_string(row, 4, query->to);
    while ((result = sqlite3_step(row)) == SQLITE_ROW) {
        if ((*count)++ > 0)
            buf_putc(out, ',');
        add_column(out, row, 0);
    }
    bool good = result == SQLITE_DONE || broken(store, err);
    sqlite3_reset(row);
    return good;
}

struct sandbox_counts store_counts(struct store *store)
{
    struct sandbox_counts counts = {0};
    sqlite3_stmt *records = store->prepared[SQL_COUNT_RECORDS];
    sqlite3_stmt *requests = store->prepared[SQL_COUNT_REQUESTS];
    if (sqlite3_step(records) == SQLITE_ROW)
        counts.customers = column_count(records, 0);
    if (sqlite3_step(requests) == SQLITE_ROW) {
        counts.requests = column_count(requests, 0);
        counts.duplicates = column_count(requests, 1);
        counts.refused = column_count(requests, 2);
        counts.faults = column_count(requests, 3);
    }
    sqlite3_reset(records);
    sqlite3_reset(requests);
    return counts;
}

/* Texts are the statement's, until its next step: the visitor copies what it
 * keeps. */
static void visit_all(struct store *store, enum statement which, unsigned max,
                      store_visit *visit, void *out)
{
    sqlite3_stmt *row = store->prepared[which];
    const char *cells[9];
    sqlite3_bind_int64(row, 1, max);
    while (sqlite3_step(row) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(row); i++) {
            const char *text = (const char *)sqlite3_column_text(row, i);
            cells[i] = text != NULL ? text : "";
        }
        visit(out, cells);
    }
    sqlite3_reset(row);
}

void store_records(struct store *store, unsigned max, store_visit *visit,
                   void *out)
{
    visit_all(store, SQL_LIST_RECORDS, max, visit, out);
}

void store_requests(struct store *store, unsigned max, store_visit *visit,
                    void *out)
{
    visit_all(store, SQL_LIST_REQUESTS, max, visit, out);
}
