/* memory.c: what runs rejected, so that the next one can say what is new; and
 * what they fetched, so that the next one can ask for what is new. An
 * export may have another name every night: where there was none of this
 * source, the last run over a whole one is the one to compare with. */
#include "journal.h"
#include "net/web/mark.h"
#include "part.h"

bool journal_last_rejects(struct journal *journal, const char *source,
                          struct buf *identities, bool *known, struct err *err)
{
    sqlite3_stmt *select =
        db_prepare(&journal->db,
                   "SELECT rejects FROM runs WHERE rejects IS NOT NULL"
                   " AND form=(SELECT form FROM targets WHERE id=?2)"
                   " ORDER BY ifnull(source=?1, 0) DESC, id DESC LIMIT 1",
                   err);
    *known = false;
    if (select == NULL)
        return false;
    sqlite3_bind_text(select, 1, source, -1, SQLITE_STATIC);
    sqlite3_bind_int64(select, 2, journal->target);
    int step = sqlite3_step(select);
    if (step == SQLITE_ROW) {
        *known = true;
        const void *blob = sqlite3_column_blob(select, 0);
        buf_add(identities, blob, (size_t)sqlite3_column_bytes(select, 0));
    }
    bool good = db_stepped(&journal->db, step, err);
    sqlite3_finalize(select);
    return good;
}

/* The blob goes to this run, and away from those before it of the same source,
 * and of long ago. */
bool journal_keep_rejects(struct journal *journal, const char *source,
                          const struct buf *identities, struct err *err)
{
    if (journal->run == 0 || !db_begin(&journal->db, err))
        return journal->run == 0;
    sqlite3_stmt *update =
        db_prepare(&journal->db,
                   "UPDATE runs SET rejects=CASE WHEN id=?1 THEN ?3 END"
                   " WHERE id=?1 OR (rejects IS NOT NULL AND"
                   " (source=?2 OR id<?1-50))",
                   err);
    if (update == NULL)
        return false;
    sqlite3_bind_int64(update, 1, journal->run);
    sqlite3_bind_text(update, 2, source, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(update, 3, identities->at ? identities->at : "",
                        identities->len, SQLITE_STATIC);
    bool good = db_do(&journal->db, update, err);
    sqlite3_finalize(update);
    return good;
}

static bool keep_mark(struct journal *journal, const struct web_mark *mark,
                      struct err *err)
{
    sqlite3_stmt *insert =
        db_prepare(&journal->db,
                   "INSERT OR REPLACE INTO fetched VALUES (?1, ?2, ?3, ?4, ?5)",
                   err);
    if (insert == NULL)
        return false;
    sqlite3_bind_int64(insert, 1, (int64_t)mark->source);
    sqlite3_bind_int64(insert, 2, journal->run);
    sqlite3_bind_text(insert, 3, mark->etag, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 4, mark->modified, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 5, mark->since);
    bool good = db_do(&journal->db, insert, err);
    sqlite3_finalize(insert);
    return good;
}

bool journal_fetched(struct journal *journal, const struct web_mark *marks,
                     unsigned count, struct err *err)
{
    static const char old[] =
        "DELETE FROM fetched WHERE source IN (SELECT source"
        " FROM fetched ORDER BY run DESC LIMIT -1 OFFSET 4096)";
    bool good = count == 0 || db_begin(&journal->db, err);
    for (unsigned i = 0; good && i < count; i++)
        good = keep_mark(journal, &marks[i], err);
    good = good && (count == 0 || db_exec(&journal->db, old, err));
    return good;
}
