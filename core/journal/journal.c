/* journal.c: opened under a lock; runs; transactions and their end.
 *
 * WAL with synchronous NORMAL: a commit is a write without a wait for the
 * disk. What must outlive a power cut (a body, before it is sent) is waited
 * for in journal_sync, many at a time; and the end of a run moves the WAL into
 * the database and waits for that. */
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "batch/batch.h"
#include "part.h"

void journal_stamp(char text[32])
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
    /* Some builds of SQLite write over what is deleted: every body twice. The
     * cache holds what is in flight, so that its end reads nothing. */
    return journal_exec(
        journal,
        "PRAGMA page_size=16384; PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;"
        "PRAGMA secure_delete=FAST; PRAGMA cache_size=-16000",
        err);
}

struct journal *journal_open(const char *dir, struct err *err)
{
    struct journal *journal = mem_zero(1, sizeof *journal);
    journal->path = mem_format("%s/journal.db", dir);
    journal->lock = -1;
    if (take_lock(journal, dir, err) && open_database(journal, err) &&
        journal_migrate(journal, err) && journal_drop_held(journal, err))
        return journal;
    journal_close(journal);
    return NULL;
}

void journal_close(struct journal *journal)
{
    if (journal == NULL)
        return;
    for (int i = 0; i < JOURNAL_SQLS; i++)
        sqlite3_finalize(journal->prepared[i]);
    sqlite3_close(journal->db);
    journal_inputs_release(journal);
    if (journal->lock >= 0)
        close(journal->lock);
    buf_release(&journal->packed);
    free(journal->path);
    free(journal);
}

bool journal_run_begin(struct journal *journal, const char *mapping,
                       const char *form, const char *source, struct err *err)
{
    char now[32];
    journal_stamp(now);
    sqlite3_stmt *insert = journal_prepare(
        journal,
        "INSERT INTO runs (mapping, form, begun, source) VALUES (?, ?, ?, ?)",
        err);
    if (insert == NULL)
        return false;
    sqlite3_bind_text(insert, 1, mapping, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, form, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 4, source, -1, SQLITE_STATIC);
    bool good = journal_do(journal, insert, err);
    sqlite3_finalize(insert);
    journal->run = good ? sqlite3_last_insert_rowid(journal->db) : 0;
    return good;
}

static void write_ledgers(const struct ledger *ledger,
                          const struct ledger *resumed, struct buf *text)
{
    buf_putc(text, '{');
    ledger_json(ledger, text);
    if (resumed != NULL) {
        buf_putc(text, ',');
        ledger_json_resumed(resumed, text);
    }
    buf_putc(text, '}');
}

static bool update_run(struct journal *journal, const struct ledger *ledger,
                       const struct ledger *resumed, int exit_code,
                       const char *message, struct err *err)
{
    char now[32];
    struct buf text = {0};
    sqlite3_stmt *update = journal_prepare(
        journal,
        "UPDATE runs SET ended=?, ledger=?, exit=?, message=?, rows=?"
        " WHERE id=?",
        err);
    if (update == NULL)
        return false;
    journal_stamp(now);
    write_ledgers(ledger, resumed, &text);
    sqlite3_bind_text(update, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(update, 2, buf_text(&text), -1, SQLITE_STATIC);
    sqlite3_bind_int(update, 3, exit_code);
    sqlite3_bind_text(update, 4, message, -1, SQLITE_STATIC);
    sqlite3_bind_int64(update, 5, (sqlite3_int64)ledger->rows);
    sqlite3_bind_int64(update, 6, journal->run);
    bool good = journal_do(journal, update, err);
    sqlite3_finalize(update);
    buf_release(&text);
    return good;
}

/* The refused records have been told of; those long ago are forgotten, and
 * inputs that nothing speaks of any more. */
static bool tell(struct journal *journal, struct err *err)
{
    enum { KEPT_RUNS = 20 };
    char sql[320];
    sqlite3_snprintf(sizeof sql, sql,
                     "UPDATE refused SET told=1 WHERE target=%lld;"
                     "DELETE FROM refused WHERE told=1 AND run<%lld;"
                     "DELETE FROM inputs WHERE id NOT IN"
                     " (SELECT input FROM refused)"
                     " AND NOT EXISTS (SELECT 1 FROM outbox)",
                     (long long)journal->target,
                     (long long)journal->run - KEPT_RUNS);
    return journal_exec(journal, sql, err);
}

bool journal_run_end(struct journal *journal, const struct ledger *ledger,
                     const struct ledger *resumed, int exit_code,
                     const char *message, bool told, struct err *err)
{
    bool good = journal->run == 0 ||
                (journal_begin(journal, err) && (!told || tell(journal, err)) &&
                 update_run(journal, ledger, resumed, exit_code, message, err));
    good = good && journal_flush(journal, err);
    journal->run = 0;
    return good;
}

bool journal_last_rows(struct journal *journal, const char *source,
                       uint64_t *rows, struct err *err)
{
    sqlite3_stmt *select = journal_prepare(
        journal,
        "SELECT rows FROM runs WHERE exit IN (0, 3) AND rows IS NOT NULL"
        " AND CASE WHEN ?1 IS NULL THEN source IS NOT NULL"
        " ELSE source=?1 END"
        " AND form=(SELECT form FROM targets WHERE id=?2)"
        " ORDER BY id DESC LIMIT 1",
        err);
    *rows = 0;
    if (select == NULL)
        return false;
    sqlite3_bind_text(select, 1, source, -1, SQLITE_STATIC);
    sqlite3_bind_int64(select, 2, journal->target);
    int step = sqlite3_step(select);
    if (step == SQLITE_ROW)
        *rows = (uint64_t)sqlite3_column_int64(select, 0);
    bool good =
        step == SQLITE_ROW || step == SQLITE_DONE || journal_fail(journal, err);
    sqlite3_finalize(select);
    return good;
}

bool journal_commit(struct journal *journal, struct err *err)
{
    if (!journal->writing)
        return true;
    sqlite3_stmt *commit = journal_kept(journal, SQL_COMMIT, err);
    bool good = commit != NULL && journal_do(journal, commit, err);
    journal->writing = false;
    return good;
}

uint64_t journal_undone(const struct journal *journal)
{
    return journal->undone;
}

/* The file that commits are written to. */
static sqlite3_file *wal_of(struct journal *journal)
{
    sqlite3_file *file = NULL;
    sqlite3_file_control(journal->db, "main", SQLITE_FCNTL_JOURNAL_POINTER,
                         &file);
    return file != NULL && file->pMethods != NULL ? file : NULL;
}

static bool sync_wal(struct journal *journal, struct err *err)
{
    sqlite3_file *wal = wal_of(journal);
    int code = wal ? wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL) : SQLITE_OK;
    if (code != SQLITE_OK)
        return err_set(err, EXIT_FAULT, "%s-wal: cannot be synced: %s",
                       journal->path, strerror(errno));
    journal->syncs++;
    return true;
}

bool journal_sync(struct journal *journal, const struct batch *batch,
                  struct err *err)
{
    return journal_commit(journal, err) &&
           (batch->unsafe <= journal->syncs || sync_wal(journal, err));
}

bool journal_flush(struct journal *journal, struct err *err)
{
    if (!journal_commit(journal, err))
        return false;
    int code = sqlite3_wal_checkpoint_v2(
        journal->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    /* A reader (a backup) may hold it up; the WAL keeps all, and is synced. */
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return sync_wal(journal, err);
    return code == SQLITE_OK || journal_fail(journal, err);
}
