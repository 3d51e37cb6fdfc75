/* journal.c: opened under a lock; runs; transactions and their end.
 *
 * WAL with synchronous NORMAL: a commit is a write without a wait for the
 * disk. What must outlive a power cut (a body, before it is sent) is waited
 * for in journal_sync, many at a time; and the end of a run moves the WAL into
 * the database and waits for that. */
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "lock.h"
#include "own.h"
#include "part.h"
#include "schema.h"
#include "source/plain.h"

static bool open_database(struct db *db, struct err *err)
{
    /* Made here first: SQLite gives -wal and -shm the same rights. */
    const char *why;
    int fd = plain_own(db->path, O_RDWR | O_CREAT, &why);
    if (fd < 0)
        return err_set(err, EXIT_USAGE, "%s: %s", db->path, why);
    close(fd);
    /* Some builds of SQLite write over what is deleted: every body twice. The
     * cache holds what is in flight, so that its end reads nothing. */
    return db_open(db, SQLITE_OPEN_READWRITE, err) &&
           db_exec(db,
                   "PRAGMA page_size=16384; PRAGMA journal_mode=WAL;"
                   "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000;"
                   "PRAGMA secure_delete=FAST; PRAGMA cache_size=-16000",
                   err);
}

struct journal *journal_open(const char *dir, struct err *err)
{
    struct journal *journal = mem_zero(1, sizeof *journal);
    journal->db.path = mem_format("%s/journal.db", dir);
    /* In a folder with the sticky bit another may have been first; by now all
     * files are there, and stay whose they are. */
    if (lock_take(dir, &journal->lock, err) &&
        open_database(&journal->db, err) && own_state(dir, err) &&
        schema_migrate(&journal->db, err) && journal_drop_guarded(journal, err))
        return journal;
    journal_close(journal);
    return NULL;
}

void journal_close(struct journal *journal)
{
    if (journal == NULL)
        return;
    db_close(&journal->db);
    inputs_release(&journal->inputs);
    if (journal->lock >= 0)
        close(journal->lock);
    buf_release(&journal->packed);
    buf_release(&journal->titles);
    free(journal);
}

static void set_run(struct journal *journal, int64_t run)
{
    journal->run = run;
    journal->db.in_run = run != 0;
}

/* Its own transaction: a run that ends at once is there all the same. */
bool journal_run_begin(struct journal *journal, const char *mapping,
                       const char *form, const char *source, struct err *err)
{
    char now[32];
    db_stamp(now);
    sqlite3_stmt *insert = db_prepare(
        &journal->db,
        "INSERT INTO runs (mapping, form, begun, source) VALUES (?, ?, ?, ?)",
        err);
    if (insert == NULL)
        return false;
    sqlite3_bind_text(insert, 1, mapping, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 2, form, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 4, source, -1, SQLITE_STATIC);
    bool good = db_do(&journal->db, insert, err);
    sqlite3_finalize(insert);
    set_run(journal, good ? sqlite3_last_insert_rowid(journal->db.file) : 0);
    return good;
}

/* The ledgers are kept as the JSON that run --json prints: members may come
 * without a new schema. `line_end`: had the inputs one at their end? */
static void write_ledgers(const struct ledger *ledger,
                          const struct ledger *resumed, struct buf *text)
{
    buf_putc(text, '{');
    ledger_json(ledger, false, text);
    ledger_json_new(ledger, text);
    if (resumed != NULL) {
        buf_putc(text, ',');
        ledger_json_resumed(resumed, text);
    }
    if (ledger->rows > 0)
        buf_addf(text, ",\"line_end\":%s", ledger->unended ? "false" : "true");
    buf_putc(text, '}');
}

/* The rows stand in a column of their own too: the guards look for them. */
static bool update_run(struct journal *journal, const struct ledger *ledger,
                       const struct ledger *resumed, int exit_code,
                       const char *message, struct err *err)
{
    char now[32];
    struct buf text = {0};
    sqlite3_stmt *update = db_prepare(
        &journal->db,
        "UPDATE runs SET ended=?, ledger=?, exit=?, message=?, rows=?"
        " WHERE id=?",
        err);
    if (update == NULL)
        return false;
    db_stamp(now);
    write_ledgers(ledger, resumed, &text);
    sqlite3_bind_text(update, 1, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(update, 2, buf_text(&text), -1, SQLITE_STATIC);
    sqlite3_bind_int(update, 3, exit_code);
    sqlite3_bind_text(update, 4, message, -1, SQLITE_STATIC);
    sqlite3_bind_int64(update, 5, (sqlite3_int64)ledger->rows);
    sqlite3_bind_int64(update, 6, journal->run);
    bool good = db_do(&journal->db, update, err);
    sqlite3_finalize(update);
    buf_release(&text);
    return good;
}

/* The refused records have been reported; those long ago are forgotten, and
 * inputs that nothing speaks of any more. */
static bool mark_reported(struct journal *journal, struct err *err)
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
    return db_exec(&journal->db, sql, err);
}

bool journal_run_end(struct journal *journal, const struct ledger *ledger,
                     const struct ledger *resumed, int exit_code,
                     const char *message, bool reported, struct err *err)
{
    bool good = journal->run == 0 ||
                (db_begin(&journal->db, err) &&
                 (!reported || mark_reported(journal, err)) &&
                 update_run(journal, ledger, resumed, exit_code, message, err));
    good = good && journal_flush(journal, err);
    set_run(journal, 0);
    return good;
}

/* A run that was stopped has not seen its whole input; one that ended with
 * rejects has. */
bool journal_last_rows(struct journal *journal, const char *source,
                       uint64_t *rows, struct err *err)
{
    sqlite3_stmt *select = db_prepare(
        &journal->db,
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
    bool good = db_stepped(&journal->db, step, err);
    sqlite3_finalize(select);
    return good;
}

bool journal_commit(struct journal *journal, struct err *err)
{
    return db_commit(&journal->db, err);
}

void journal_undo(struct journal *journal)
{
    db_undo(&journal->db);
}

uint64_t journal_undone(const struct journal *journal)
{
    return journal->db.undone;
}

/* The file that commits are written to. */
static sqlite3_file *wal_of(struct journal *journal)
{
    sqlite3_file *file = NULL;
    sqlite3_file_control(journal->db.file, "main", SQLITE_FCNTL_JOURNAL_POINTER,
                         &file);
    return file != NULL && file->pMethods != NULL ? file : NULL;
}

static bool sync_wal(struct journal *journal, struct err *err)
{
    sqlite3_file *wal = wal_of(journal);
    int code = wal ? wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL) : SQLITE_OK;
    if (code != SQLITE_OK)
        return err_set(err, EXIT_FAULT, "%s-wal: cannot be synced: %s",
                       journal->db.path, strerror(errno));
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
        journal->db.file, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    /* A reader (a backup) may hold it up; the WAL keeps all, and is synced. */
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return sync_wal(journal, err);
    return code == SQLITE_OK || db_fail(&journal->db, err);
}
