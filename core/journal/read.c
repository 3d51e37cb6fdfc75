/* read.c: the journal looked at, without its lock, so that nobody who
 * looks keeps a run from going on, and without a change. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "check.h"
#include "journal.h"
#include "part.h"

bool journal_look(struct journal *journal, struct err *err)
{
    uint64_t version;
    /* Whoever closes a WAL last tidies it up, which a connection opened for
     * reading alone could not. */
    if (sqlite3_open_v2(journal->path, &journal->db, SQLITE_OPEN_READWRITE,
                        NULL) != SQLITE_OK ||
        sqlite3_busy_timeout(journal->db, 5000) != SQLITE_OK)
        return journal_fail(journal, err);
    if (!journal_exec(journal, "PRAGMA query_only=ON", err) ||
        !journal_number(journal, "PRAGMA user_version", &version, err))
        return false;
    return version == journal_version() ||
           err_set(err, EXIT_USAGE, "%s: written by %s fastsync; %s",
                   journal->path,
                   version < journal_version() ? "an older" : "a newer",
                   version < journal_version() ? "the next run renews it"
                                               : "use that one");
}

static bool last_run(struct journal *journal, uint64_t *run, struct err *err)
{
    return journal_number(journal, "SELECT ifnull(max(id), 0) FROM runs", run,
                          err);
}

/* Who writes the journal holds its lock. */
static bool is_free(const char *dir, struct err *err)
{
    long owner = journal_holder(dir);
    char number[32] = "";
    if (owner > 0)
        snprintf(number, sizeof number, " (process %ld)", owner);
    return owner == 0 ||
           err_set(err, EXIT_BUSY,
                   "%s: a run of this mapping is going on%s; wait for its end",
                   dir, number);
}

bool journal_read(const char *dir, struct journal **opened, struct err *err)
{
    struct journal *journal = mem_zero(1, sizeof *journal);
    struct stat status;
    journal->path = mem_format("%s/journal.db", dir);
    journal->lock = -1;
    *opened = NULL;
    bool there = stat(journal->path, &status) == 0;
    bool good =
        there || errno == ENOENT || errno == ENOTDIR ||
        err_set(err, EXIT_USAGE, "%s: %s", journal->path, strerror(errno));
    /* In this order: a run that begins in between is found later. */
    if (there)
        good = journal_look(journal, err) &&
               last_run(journal, &journal->known, err) && is_free(dir, err);
    if (there && good)
        *opened = journal;
    else
        journal_close(journal);
    return good;
}

bool journal_unmoved(struct journal *journal, struct err *err)
{
    uint64_t now;
    if (!last_run(journal, &now, err))
        return false;
    return now == journal->known ||
           err_set(err, EXIT_BUSY,
                   "%s: another run of this mapping went on meanwhile; once "
                   "more, behind its end",
                   journal->path);
}

bool journal_aim(struct journal *journal, const char *form, const char *url,
                 struct err *err)
{
    sqlite3_stmt *select = journal_prepare(
        journal, "SELECT id FROM targets WHERE form=? AND server=?", err);
    if (select == NULL)
        return false;
    char *server = journal_server(url);
    sqlite3_bind_text(select, 1, form, -1, SQLITE_STATIC);
    sqlite3_bind_text(select, 2, server, -1, SQLITE_STATIC);
    int step = sqlite3_step(select);
    journal->target = step == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
    bool good =
        step == SQLITE_ROW || step == SQLITE_DONE || journal_fail(journal, err);
    sqlite3_finalize(select);
    free(server);
    return good;
}

static bool visit_keys(const char *at, int len, journal_key *visit, void *owner,
                       struct err *err)
{
    struct packed record;
    const char *end = at + len;
    while (packed_next(&at, end, &record))
        if (!visit(owner, record.key_hash, record.content, record.key,
                   record.key_len, err))
            return false;
    return true;
}

bool journal_each_key(struct journal *journal, journal_key *visit, void *owner,
                      struct err *err)
{
    int step;
    bool good = true;
    sqlite3_stmt *select = journal_prepare(
        journal, "SELECT keys FROM batches WHERE target=? ORDER BY id", err);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, journal->target);
    while (good && (step = sqlite3_step(select)) == SQLITE_ROW) {
        const char *blob = sqlite3_column_blob(select, 0);
        if (blob != NULL)
            good = visit_keys(blob, sqlite3_column_bytes(select, 0), visit,
                              owner, err);
    }
    if (good && step != SQLITE_DONE)
        good = journal_fail(journal, err);
    sqlite3_finalize(select);
    return good;
}

bool journal_oldest(struct journal *journal, int64_t *seconds, struct err *err)
{
    uint64_t found = 0;
    if (!journal_number(journal,
                        "SELECT ifnull(min(CAST(strftime('%s', answered) AS"
                        " INTEGER)), 0)"
                        " FROM batches WHERE target=? AND refused=0",
                        &found, err))
        return false;
    *seconds = (int64_t)found;
    return true;
}
