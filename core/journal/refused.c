/* refused.c: records that the server refused, each with what a line of the
 * rejects file needs: it is reported there at the end of this run or, where
 * this one does not come to its end, of a later one. */
#include <stdlib.h>

#include "answer.h"
#include "base/mem.h"
#include "journal.h"
#include "packed.h"
#include "part.h"

/* The record itself, for whoever asks what became of it. */
static bool write_refused(struct journal *journal, const struct batch *batch,
                          uint32_t index, const char *reason, struct err *err)
{
    char now[32], hash[16];
    struct db *db = &journal->db;
    const struct batch_entry *entry = &batch->entries[index];
    sqlite3_stmt *insert = db_kept(db, KEPT_REFUSED, err);
    int64_t input;
    if (insert == NULL ||
        !inputs_number(&journal->inputs, db, entry->input, &input, err))
        return false;
    db_stamp(now);
    word_put(word_put(hash, entry->key_hash[0]), entry->key_hash[1]);
    if (journal->run != 0)
        sqlite3_bind_int64(insert, 1, journal->run);
    sqlite3_bind_int64(insert, 2, journal->target);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, input);
    sqlite3_bind_int64(insert, 5, place_number(&entry->place));
    sqlite3_bind_blob(insert, 6, hash, sizeof hash, SQLITE_STATIC);
    sqlite3_bind_text(insert, 7, batch->texts.at + entry->key,
                      (int)entry->key_len, SQLITE_STATIC);
    sqlite3_bind_text(insert, 8, batch->body.at + entry->json,
                      (int)entry->json_len, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 9, batch->texts.at + entry->source,
                      (int)entry->source_len, SQLITE_STATIC);
    sqlite3_bind_text(insert, 10, reason, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 11, entry->place.sheet);
    bool good = db_do(db, insert, err);
    sqlite3_clear_bindings(insert);
    return good;
}

bool journal_refused(struct journal *journal, struct batch *batch,
                     uint32_t index, const char *reason,
                     const struct journal_answer *answer, struct err *err)
{
    return answer_write(journal, batch, index, index + 1, true, answer, err) &&
           write_refused(journal, batch, index, reason, err) &&
           journal_part(journal, batch, err);
}

/* A hash of another length is of a damaged row; zero meets no key. */
static void read_unreported(struct unreported *record, sqlite3_stmt *row)
{
    const char *hash = sqlite3_column_blob(row, 1);
    const char *source = sqlite3_column_blob(row, 3);
    size_t len = (size_t)sqlite3_column_bytes(row, 3);
    *record = (struct unreported){
        .place = place_of(sqlite3_column_int64(row, 2),
                          (uint32_t)sqlite3_column_int64(row, 5)),
        .source = mem_text_n(source ? source : "", len),
        .source_len = len,
        .reason = mem_text((const char *)sqlite3_column_text(row, 4)),
        .key = mem_text((const char *)sqlite3_column_text(row, 6)),
    };
    if (sqlite3_column_bytes(row, 1) == 16) {
        record->key_hash[0] = word_get(hash);
        record->key_hash[1] = word_get(hash + 8);
    }
}

/* They are few; the list grows by one at a time. */
bool journal_unreported(struct journal *journal, struct unreported **all,
                        size_t *count, struct err *err)
{
    int step = SQLITE_DONE;
    bool good = true;
    *all = NULL;
    *count = 0;
    sqlite3_stmt *select =
        db_prepare(&journal->db,
                   "SELECT input, key_hash, line, source, reason, sheet, key"
                   " FROM refused WHERE target=? AND told=0 ORDER BY id",
                   err);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, journal->target);
    while (good && (step = sqlite3_step(select)) == SQLITE_ROW) {
        *all = mem_resize(*all, (*count + 1) * sizeof **all);
        struct unreported *record = &(*all)[(*count)++];
        read_unreported(record, select);
        record->input = inputs_find(&journal->inputs, &journal->db,
                                    sqlite3_column_int64(select, 0), err);
        good = record->input != NULL;
    }
    if (good && step != SQLITE_DONE)
        good = db_fail(&journal->db, err);
    sqlite3_finalize(select);
    return good;
}

void unreported_free(struct unreported *records, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(records[i].source);
        free(records[i].reason);
        free(records[i].key);
    }
    free(records);
}
