/* outbox.c: batches enter the outbox before their first request and leave it
 * with their last outcome. */
#include <stdio.h>

#include "journal.h"
#include "part.h"

/* The body and the records' blob are bound as they stand, without a copy. */
bool journal_post(struct journal *journal, struct batch *batch, bool guarded,
                  struct err *err)
{
    char now[32];
    struct db *db = &journal->db;
    struct buf *blob = &journal->packed;
    sqlite3_stmt *insert = db_kept(db, KEPT_POST, err);
    if (insert == NULL || !db_begin(db, err) ||
        !posted_pack(blob, &journal->inputs, db, batch, err))
        return false;
    db_stamp(now);
    if (journal->run != 0)
        sqlite3_bind_int64(insert, 1, journal->run);
    sqlite3_bind_int64(insert, 2, journal->target);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_int(insert, 4, guarded);
    sqlite3_bind_int64(insert, 5, batch->count);
    posted_bind_part(insert, 6, &batch->part);
    sqlite3_bind_blob64(insert, 11, batch->body.at, batch->body.len,
                        SQLITE_STATIC);
    sqlite3_bind_blob64(insert, 12, blob->at, blob->len, SQLITE_STATIC);
    posted_bind_failing(insert, 13, batch);
    bool good = db_do(db, insert, err);
    sqlite3_clear_bindings(insert);
    if (good)
        batch->posted = sqlite3_last_insert_rowid(db->file);
    batch->unsafe = journal->syncs + 1;
    return good;
}

/* The file does not shrink by it: its pages are used again. */
bool journal_withdraw(struct journal *journal, int64_t posted, struct err *err)
{
    struct db *db = &journal->db;
    sqlite3_stmt *statement = db_kept(db, KEPT_LEAVE, err);
    if (statement == NULL || !db_begin(db, err))
        return false;
    sqlite3_bind_int64(statement, 1, posted);
    return db_do(db, statement, err);
}

/* A part that is lost in a power cut would be sent as the part before it: so
 * it is unsafe until the next sync, as a new batch is. */
bool journal_part(struct journal *journal, struct batch *batch, struct err *err)
{
    struct db *db = &journal->db;
    batch->unsafe = journal->syncs + 1;
    if (isolation_over(&batch->part))
        return journal_withdraw(journal, batch->posted, err);
    sqlite3_stmt *statement = db_kept(db, KEPT_PART, err);
    if (statement == NULL || !db_begin(db, err))
        return false;
    posted_bind_part(statement, 1, &batch->part);
    posted_bind_failing(statement, 6, batch);
    sqlite3_bind_int64(statement, 10, batch->posted);
    return db_do(db, statement, err);
}

/* Rarely done: its statement is not kept. */
bool journal_lessen(struct journal *journal, const struct batch *batch,
                    struct err *err)
{
    struct db *db = &journal->db;
    struct buf *blob = &journal->packed;
    if (batch->count == 0)
        return journal_withdraw(journal, batch->posted, err);
    if (!db_begin(db, err) ||
        !posted_pack(blob, &journal->inputs, db, batch, err))
        return false;
    sqlite3_stmt *update = db_prepare(
        db,
        "UPDATE outbox SET records=?, done=?, upto=?, suspect=?, found=?,"
        " most=?, body=?, entries=?, salt=?, failures=?, failing=?, unknown=?"
        " WHERE id=?",
        err);
    if (update == NULL)
        return false;
    sqlite3_bind_int64(update, 1, batch->count);
    posted_bind_part(update, 2, &batch->part);
    sqlite3_bind_blob64(update, 7, batch->body.at, batch->body.len,
                        SQLITE_STATIC);
    sqlite3_bind_blob64(update, 8, blob->at, blob->len, SQLITE_STATIC);
    posted_bind_failing(update, 9, batch);
    sqlite3_bind_int64(update, 13, batch->posted);
    bool good = db_do(db, update, err);
    sqlite3_finalize(update);
    return good;
}

bool journal_release_guarded(struct journal *journal, struct err *err)
{
    return db_begin(&journal->db, err) &&
           db_exec(&journal->db, "UPDATE outbox SET held=0 WHERE held=1", err);
}

/* Also when a journal is opened: whoever left them never sent them. */
bool journal_drop_guarded(struct journal *journal, struct err *err)
{
    return db_exec(&journal->db, "DELETE FROM outbox WHERE held=1", err);
}

bool journal_last_number(struct journal *journal, uint64_t *number,
                         struct err *err)
{
    return db_number(&journal->db, "SELECT ifnull(max(id), 0) FROM outbox", 0,
                     number, err);
}

bool journal_pending(struct journal *journal, uint64_t *batches,
                     uint64_t *records, struct err *err)
{
    return db_number(&journal->db,
                     "SELECT count(*) FROM outbox WHERE target=? AND held=0",
                     journal->target, batches, err) &&
           db_number(&journal->db,
                     "SELECT ifnull(sum(records - done), 0) FROM outbox"
                     " WHERE target=? AND held=0",
                     journal->target, records, err);
}

bool journal_own_pending(struct journal *journal, uint64_t *records,
                         struct err *err)
{
    char select[128];
    snprintf(select, sizeof select,
             "SELECT ifnull(sum(records - done), 0) FROM outbox"
             " WHERE target=? AND held=0 AND run=%lld",
             (long long)journal->run);
    return db_number(&journal->db, select, journal->target, records, err);
}

bool journal_elsewhere(struct journal *journal, struct buf *out,
                       struct err *err)
{
    int step;
    sqlite3_stmt *select = db_prepare(
        &journal->db,
        "SELECT form, server, sum(records - done) FROM outbox"
        " JOIN targets ON targets.id = target WHERE target<>? AND held=0"
        " GROUP BY target ORDER BY target",
        err);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, journal->target);
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        buf_puts(out, out->len > 0 ? ", " : "");
        ledger_count((uint64_t)sqlite3_column_int64(select, 2), "record",
                     "records", out);
        buf_addf(out, " of %s for %s", sqlite3_column_text(select, 0),
                 sqlite3_column_text(select, 1));
    }
    return db_end(&journal->db, select, step, err);
}

enum step journal_next(struct journal *journal, int64_t after,
                       struct batch *batch, struct err *err)
{
    enum step step = posted_next(&journal->db, &journal->inputs,
                                 journal->target, after, batch, err);
    batch->unsafe = journal->syncs + 1; /* as far as is known */
    return step;
}
