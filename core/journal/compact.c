/* compact.c: from the newest batch to the oldest, an entry stays where
 * its key is met for the first time. The batches themselves stay, with their
 * fkey and count: they are history. One transaction, all or nothing. */
#include "compact.h"

#include "packed.h"
#include "seen.h"

/* Copies the entries that live; true where any was left out. */
static bool keep_live(const char *at, size_t len, struct seen *met,
                      struct buf *kept)
{
    struct packed record;
    const char *end = at + len;
    buf_clear(kept);
    while (packed_next(&at, end, &record))
        if (seen_first(met, record.key_hash))
            packed_add(kept, &record);
    return kept->len < len;
}

static bool rewrite(struct db *db, sqlite3_stmt *update, int64_t id,
                    const struct buf *kept, struct err *err)
{
    sqlite3_bind_blob64(update, 1, kept->at ? kept->at : "", kept->len,
                        SQLITE_STATIC);
    sqlite3_bind_int64(update, 2, id);
    return db_do(db, update, err);
}

/* The newest batch of the target below `id`: *id and its keys. */
static enum step step_back(struct db *db, int64_t target, sqlite3_stmt *select,
                           int64_t *id, struct buf *keys, struct err *err)
{
    sqlite3_bind_int64(select, 1, target);
    sqlite3_bind_int64(select, 2, *id);
    int step = sqlite3_step(select);
    buf_clear(keys);
    if (step == SQLITE_ROW) {
        *id = sqlite3_column_int64(select, 0);
        const void *blob = sqlite3_column_blob(select, 1);
        buf_add(keys, blob, (size_t)sqlite3_column_bytes(select, 1));
    } else if (step != SQLITE_DONE) {
        db_fail(db, err);
    }
    sqlite3_reset(select);
    return step == SQLITE_ROW    ? STEP_ITEM
           : step == SQLITE_DONE ? STEP_END
                                 : STEP_FAIL;
}

static bool compact_all(struct db *db, int64_t target, sqlite3_stmt *select,
                        sqlite3_stmt *update, struct err *err)
{
    struct seen *met = seen_new();
    struct buf keys = {0}, kept = {0};
    int64_t id = INT64_MAX;
    bool good = true;
    enum step step = STEP_ITEM;
    while (good && step == STEP_ITEM) {
        step = step_back(db, target, select, &id, &keys, err);
        if (step == STEP_ITEM && keep_live(keys.at, keys.len, met, &kept))
            good = rewrite(db, update, id, &kept, err);
    }
    buf_release(&keys);
    buf_release(&kept);
    seen_free(met);
    return good && step == STEP_END;
}

bool compact(struct db *db, int64_t target, struct err *err)
{
    if (!db_exec(db, "BEGIN IMMEDIATE", err))
        return false;
    sqlite3_stmt *select =
        db_prepare(db,
                   "SELECT id, keys FROM batches WHERE target=? AND id<?"
                   " ORDER BY id DESC LIMIT 1",
                   err);
    sqlite3_stmt *update =
        select ? db_prepare(db,
                            "UPDATE batches SET keys=?1, titles="
                            " CASE WHEN length(?1)>0 THEN titles END"
                            " WHERE id=?2",
                            err)
               : NULL;
    bool good = update != NULL && compact_all(db, target, select, update, err);
    sqlite3_finalize(select);
    sqlite3_finalize(update);
    if (good)
        return db_exec(db, "COMMIT", err);
    sqlite3_exec(db->file, "ROLLBACK", NULL, NULL, NULL);
    return false;
}
