/* journal.c: opened under a lock, written a batch at a time, read once.
 *
 * WAL with synchronous NORMAL: a commit is a write without a wait for the
 * disk, so that each accepted batch is a transaction of its own and a killed
 * process has lost none; the end of a run moves the WAL into the database and
 * waits for it. */
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch.h"
#include "journal_part.h"
#include "mem.h"

enum { COMPACT_FROM = 10000 }; /* superseded entries; fewer may stay */

static void stamp(char text[32])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* Says whose lock it is. */
static bool busy(const struct journal *journal, const char *path,
                 struct err *err)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char owner[32] = "";
    if (fcntl(journal->lock, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK &&
        lock.l_pid > 0)
        snprintf(owner, sizeof owner, " (process %ld)", (long)lock.l_pid);
    return err_set(err, EXIT_BUSY,
                   "%s: another run of this mapping is going on%s; wait for "
                   "its end",
                   path, owner);
}

static bool take_lock(struct journal *journal, const char *dir, struct err *err)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char *path = mem_format("%s/journal.lock", dir);
    bool good = true;
    journal->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (journal->lock < 0)
        good = err_set(err, EXIT_USAGE, "%s: %s; --state names another folder",
                       path, strerror(errno));
    else if (fcntl(journal->lock, F_SETLK, &lock) != 0)
        good = errno == EACCES || errno == EAGAIN
                   ? busy(journal, path, err)
                   : err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
    free(path);
    return good;
}

static bool open_database(struct journal *journal, struct err *err)
{
    /* Made here first: SQLite gives -wal and -shm the same rights. */
    int fd = open(journal->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_set(err, EXIT_USAGE, "%s: %s", journal->path,
                       strerror(errno));
    close(fd);
    if (sqlite3_open_v2(journal->path, &journal->db, SQLITE_OPEN_READWRITE,
                        NULL) != SQLITE_OK ||
        sqlite3_busy_timeout(journal->db, 5000) != SQLITE_OK)
        return journal_fail(journal, err);
    if (journal_exec(
            journal,
            "PRAGMA page_size=16384; PRAGMA journal_mode=WAL;"
            "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=1000",
            err))
        return true;
    if (sqlite3_errcode(journal->db) == SQLITE_NOTADB)
        err_set(err, EXIT_USAGE,
                "%s: is no journal of fastsync; move it away, or use another "
                "--state",
                journal->path);
    return false;
}

struct journal *journal_open(const char *dir, struct err *err)
{
    struct journal *journal = mem_zero(1, sizeof *journal);
    journal->path = mem_format("%s/journal.db", dir);
    journal->lock = -1;
    if (take_lock(journal, dir, err) && open_database(journal, err) &&
        journal_migrate(journal, err))
        return journal;
    journal_close(journal);
    return NULL;
}

void journal_close(struct journal *journal)
{
    if (journal == NULL)
        return;
    sqlite3_finalize(journal->insert);
    sqlite3_close(journal->db);
    if (journal->lock >= 0)
        close(journal->lock);
    buf_release(&journal->packed);
    free(journal->path);
    free(journal);
}

bool journal_run_begin(struct journal *journal, const char *mapping,
                       const char *form, struct err *err)
{
    char now[32];
    stamp(now);
    sqlite3_stmt *insert = journal_prepare(
        journal, "INSERT INTO runs (mapping, form, begun) VALUES (?, ?, ?)",
        err);
    if (insert == NULL)
        return false;
    sqlite3_bind_text(insert, 1, mapping, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, form, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    bool good = journal_do(journal, insert, err);
    sqlite3_finalize(insert);
    journal->run = good ? sqlite3_last_insert_rowid(journal->db) : 0;
    return good;
}

static bool update_run(struct journal *journal, const char *ledger,
                       int exit_code, const char *message, struct err *err)
{
    char now[32];
    stamp(now);
    sqlite3_stmt *update = journal_prepare(
        journal,
        "UPDATE runs SET ended=?, ledger=?, exit=?, message=? WHERE id=?", err);
    if (update == NULL)
        return false;
    sqlite3_bind_text(update, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(update, 2, ledger, -1, SQLITE_STATIC);
    sqlite3_bind_int(update, 3, exit_code);
    sqlite3_bind_text(update, 4, message, -1, SQLITE_STATIC);
    sqlite3_bind_int64(update, 5, journal->run);
    bool good = journal_do(journal, update, err);
    sqlite3_finalize(update);
    return good;
}

bool journal_run_end(struct journal *journal, const struct ledger *ledger,
                     int exit_code, const char *message, struct err *err)
{
    struct buf text = {0};
    buf_putc(&text, '{');
    ledger_json(ledger, &text);
    buf_putc(&text, '}');
    bool good = journal->run == 0 ||
                update_run(journal, buf_text(&text), exit_code, message, err);
    buf_release(&text);
    journal->run = 0;
    return good && journal_flush(journal, err);
}

/* Host, port and path of a URL: what tells one server from another. */
static char *server_of(const char *url)
{
    const char *start = strstr(url, "://");
    char *server = mem_text(start ? start + 3 : url);
    for (char *c = server; *c != '\0' && *c != '/'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    size_t len = strlen(server);
    while (len > 0 && server[len - 1] == '/')
        server[--len] = '\0';
    return server;
}

static bool find_target(struct journal *journal, const char *form,
                        const char *server, struct err *err)
{
    sqlite3_stmt *statement =
        journal_prepare(journal,
                        "INSERT INTO targets (form, server) VALUES (?, ?)"
                        " ON CONFLICT DO UPDATE SET form=form RETURNING id",
                        err);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, form, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, server, -1, SQLITE_STATIC);
    bool good = sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        journal->target = sqlite3_column_int64(statement, 0);
    good = good && sqlite3_step(statement) == SQLITE_DONE;
    if (!good)
        journal_fail(journal, err);
    sqlite3_finalize(statement);
    return good;
}

/* Gives one batch's keys; counts them in *total. Some at a time, as the table
 * is larger than any cache. */
static void load_blob(const char *at, int len, struct seen *seen, size_t *total)
{
    enum { AHEAD = 32 };
    struct packed records[AHEAD];
    const char *end = at + len;
    size_t count;
    do {
        for (count = 0; count < AHEAD; count++) {
            if (!packed_next(&at, end, &records[count]))
                break;
            seen_prefetch(seen, records[count].key_hash);
        }
        for (size_t i = 0; i < count; i++)
            seen_accept(seen, records[i].key_hash, records[i].content);
        *total += count;
    } while (count == AHEAD);
}

/* Runs a query over the target's batches; NULL: err. */
static sqlite3_stmt *select_batches(struct journal *journal, const char *sql,
                                    struct err *err)
{
    sqlite3_stmt *select = journal_prepare(journal, sql, err);
    if (select != NULL)
        sqlite3_bind_int64(select, 1, journal->target);
    return select;
}

/* How many keys there are, about: the table is made for them at once. */
static bool expect_keys(struct journal *journal, struct seen *seen,
                        struct err *err)
{
    enum { ENTRY = 48 }; /* more than most take, as some are superseded */
    sqlite3_stmt *select = select_batches(
        journal, "SELECT sum(length(keys)) FROM batches WHERE target=?", err);
    if (select == NULL)
        return false;
    bool good = sqlite3_step(select) == SQLITE_ROW;
    if (good)
        seen_expect(seen, (uint64_t)sqlite3_column_int64(select, 0) / ENTRY);
    else
        journal_fail(journal, err);
    sqlite3_finalize(select);
    return good;
}

static bool load_all(struct journal *journal, struct seen *seen, size_t *total,
                     struct err *err)
{
    sqlite3_stmt *select = select_batches(
        journal, "SELECT keys FROM batches WHERE target=? ORDER BY id", err);
    int step;
    if (select == NULL)
        return false;
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        const char *blob = sqlite3_column_blob(select, 0);
        if (blob != NULL)
            load_blob(blob, sqlite3_column_bytes(select, 0), seen, total);
    }
    bool good = step == SQLITE_DONE || journal_fail(journal, err);
    sqlite3_finalize(select);
    return good;
}

bool journal_load(struct journal *journal, const char *form, const char *url,
                  struct seen *seen, struct err *err)
{
    char *server = server_of(url);
    bool good = find_target(journal, form, server, err);
    free(server);
    if (!good || seen == NULL)
        return good;
    size_t before = seen_count(seen), total = 0;
    if (!expect_keys(journal, seen, err) ||
        !load_all(journal, seen, &total, err))
        return false;
    size_t live = seen_count(seen) - before;
    bool crowded = total > 2 * live && total - live > COMPACT_FROM;
    return !crowded || journal_compact(journal, err);
}

static void pack(struct buf *blob, const struct batch *batch)
{
    buf_clear(blob);
    for (uint32_t i = 0; i < batch->count; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        const struct packed record = {
            .key_hash = {entry->key_hash[0], entry->key_hash[1]},
            .content = entry->content,
            .key = batch->texts.at + entry->key,
            .key_len = entry->key_len,
        };
        packed_add(blob, &record);
    }
}

static bool prepare_insert(struct journal *journal, struct err *err)
{
    if (journal->insert == NULL)
        journal->insert = journal_prepare(
            journal,
            "INSERT INTO batches (run, target, accepted, records, fkey, keys)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            err);
    return journal->insert != NULL;
}

bool journal_accepted(struct journal *journal, const struct batch *batch,
                      const char *fkey, struct err *err)
{
    char now[32];
    stamp(now);
    if (!prepare_insert(journal, err))
        return false;
    pack(&journal->packed, batch);
    sqlite3_stmt *insert = journal->insert;
    if (journal->run != 0)
        sqlite3_bind_int64(insert, 1, journal->run);
    else
        sqlite3_bind_null(insert, 1);
    sqlite3_bind_int64(insert, 2, journal->target);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, batch->count);
    sqlite3_bind_text(insert, 5, fkey, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(insert, 6, journal->packed.at, journal->packed.len,
                        SQLITE_STATIC);
    bool good = journal_do(journal, insert, err);
    sqlite3_clear_bindings(insert);
    return good;
}

bool journal_flush(struct journal *journal, struct err *err)
{
    int code = sqlite3_wal_checkpoint_v2(
        journal->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    /* A reader (status, a backup) may hold it up; the WAL keeps all. */
    return code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED ||
           journal_fail(journal, err);
}
