/* keys.c: all that the server has accepted, read in one scan when a run begins;
 * later rows win. */
#include "compact.h"
#include "journal.h"
#include "packed.h"
#include "part.h"
#include "target.h"

enum { COMPACT_FROM = 10000 }; /* superseded entries; fewer may stay */

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
    sqlite3_stmt *select = db_prepare(&journal->db, sql, err);
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
        db_fail(&journal->db, err);
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
    return db_end(&journal->db, select, step, err);
}

bool journal_load(struct journal *journal, const char *form, const char *url,
                  struct seen *seen, struct err *err)
{
    bool good = target_claim(&journal->db, form, url, &journal->target, err);
    if (!good || seen == NULL)
        return good;
    size_t before = seen_count(seen), total = 0;
    if (!expect_keys(journal, seen, err) ||
        !load_all(journal, seen, &total, err))
        return false;
    size_t live = seen_count(seen) - before;
    bool crowded = total > 2 * live && total - live > COMPACT_FROM;
    return !crowded || compact(&journal->db, journal->target, err);
}
