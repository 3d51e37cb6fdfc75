/* answer.c: what the server answered, with the keys that it gave an outcome,
 * packed into one blob: so that reading all back is one scan. */
#include "answer.h"

#include "packed.h"
#include "part.h"
#include "titles.h"

/* `content`: whether the records' own is what the server holds now. */
static void pack(struct buf *blob, const struct batch *batch, uint32_t from,
                 uint32_t upto, bool content)
{
    buf_clear(blob);
    for (uint32_t i = from; i < upto; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        const struct packed record = {
            .key_hash = {entry->key_hash[0], entry->key_hash[1]},
            .content = content ? entry->content : 0,
            .key = batch->texts.at + entry->key,
            .key_len = entry->key_len,
        };
        packed_add(blob, &record);
    }
}

/* A refused record is written with a content of 0: nobody knows what the
 * server holds, so that it is sent again when it comes again. */
bool answer_write(struct journal *journal, const struct batch *batch,
                  uint32_t from, uint32_t upto, bool refused,
                  const struct journal_answer *answer, struct err *err)
{
    char now[32];
    struct db *db = &journal->db;
    sqlite3_stmt *insert = db_kept(db, KEPT_ANSWER, err);
    if (insert == NULL || !db_begin(db, err))
        return false;
    db_stamp(now);
    pack(&journal->packed, batch, from, upto, !refused);
    if (journal->run != 0)
        sqlite3_bind_int64(insert, 1, journal->run);
    sqlite3_bind_int64(insert, 2, journal->target);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, upto - from);
    sqlite3_bind_text(insert, 5, answer->fkey, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(insert, 6, journal->packed.at, journal->packed.len,
                        SQLITE_STATIC);
    if (!refused) {
        titles_pack(&journal->titles, batch, from, upto);
        sqlite3_bind_blob64(insert, 10, journal->titles.at, journal->titles.len,
                            SQLITE_STATIC);
    }
    sqlite3_bind_int(insert, 7, refused + (refused && answer->by_hand));
    sqlite3_bind_text(insert, 8, answer->message, -1, SQLITE_STATIC);
    if (batch->sent != 0)
        sqlite3_bind_int64(insert, 9, (sqlite3_int64)batch->sent);
    bool good = db_do(db, insert, err);
    sqlite3_clear_bindings(insert);
    return good;
}

/* By an index over the hashes of bodies that were answered. */
bool journal_knows(struct journal *journal, uint64_t body, bool *known,
                   struct err *err)
{
    sqlite3_stmt *select = db_kept(&journal->db, KEPT_KNOWS, err);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, journal->target);
    sqlite3_bind_int64(select, 2, (sqlite3_int64)body);
    int step = sqlite3_step(select);
    *known = step == SQLITE_ROW;
    bool good = db_stepped(&journal->db, step, err);
    sqlite3_reset(select);
    return good;
}

bool journal_accepted(struct journal *journal, struct batch *batch,
                      uint32_t from, uint32_t upto,
                      const struct journal_answer *answer, struct err *err)
{
    return answer_write(journal, batch, from, upto, false, answer, err) &&
           journal_part(journal, batch, err);
}
