/* outbox.c: batches without an outcome, whole: the body that is sent,
 * how far its parts have got, and of each record what its outcome will need
 * (keys, the source row, where it stood).
 *
 * The records' numbers stand in front of their texts in one blob, a word for
 * each of `enum word`. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "batch/batch.h"
#include "decode/input.h"
#include "journal.h"
#include "part.h"

enum word {
    WORD_KEY_0,
    WORD_KEY_1,
    WORD_CONTENT,
    WORD_PLACE, /* place_number */
    WORD_INPUT, /* and the sheet above it */
    WORD_JSON,  /* offset in the body, and length above it */
    WORD_TEXTS, /* lengths of key, and of source above it */
    WORDS,
};

enum { ENTRY = 8 * WORDS };

static uint64_t both(uint32_t low, uint32_t high)
{
    return low | (uint64_t)high << 32;
}

static uint32_t low(uint64_t word)
{
    return (uint32_t)word;
}

static uint32_t high(uint64_t word)
{
    return (uint32_t)(word >> 32);
}

static bool pack_entries(struct journal *journal, const struct batch *batch,
                         struct err *err)
{
    struct buf *blob = &journal->packed;
    buf_clear(blob);
    char *at = buf_reserve(blob, (size_t)batch->count * ENTRY);
    for (uint32_t i = 0; i < batch->count; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        int64_t input;
        if (!journal_input(journal, entry->input, &input, err))
            return false;
        const uint64_t words[WORDS] = {
            [WORD_KEY_0] = entry->key_hash[0],
            [WORD_KEY_1] = entry->key_hash[1],
            [WORD_CONTENT] = entry->content,
            [WORD_PLACE] = (uint64_t)place_number(&entry->place),
            [WORD_INPUT] = both((uint32_t)input, entry->place.sheet),
            [WORD_JSON] = both(entry->json, entry->json_len),
            [WORD_TEXTS] = both(entry->key_len, entry->source_len),
        };
        for (int w = 0; w < WORDS; w++)
            at = word_put(at, words[w]);
    }
    blob->len += (size_t)batch->count * ENTRY;
    /* Keys and sources stand in `texts` in the order of the records. */
    buf_add(blob, batch->texts.at, batch->texts.len);
    return true;
}

bool journal_entry_find(const char *blob, size_t len, uint32_t from,
                        uint32_t count, const uint64_t key[2],
                        uint64_t *content)
{
    for (uint32_t i = from; i < count && (i + 1) * (size_t)ENTRY <= len; i++) {
        const char *entry = blob + (size_t)i * ENTRY;
        if (word_get(entry + 8 * WORD_KEY_0) != key[0] ||
            word_get(entry + 8 * WORD_KEY_1) != key[1])
            continue;
        *content = word_get(entry + 8 * WORD_CONTENT);
        return true;
    }
    return false;
}

static void bind_part(sqlite3_stmt *statement, int at,
                      const struct isolation *part)
{
    const uint32_t numbers[] = {part->at, part->upto, part->suspect,
                                part->found, part->most};
    for (int i = 0; i < 5; i++)
        sqlite3_bind_int64(statement, at + i, numbers[i]);
}

bool journal_post(struct journal *journal, struct batch *batch, bool held,
                  struct err *err)
{
    char now[32];
    sqlite3_stmt *insert = journal_kept(journal, SQL_POST, err);
    if (insert == NULL || !journal_begin(journal, err) ||
        !pack_entries(journal, batch, err))
        return false;
    journal_stamp(now);
    if (journal->run != 0)
        sqlite3_bind_int64(insert, 1, journal->run);
    sqlite3_bind_int64(insert, 2, journal->target);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_int(insert, 4, held);
    sqlite3_bind_int64(insert, 5, batch->count);
    bind_part(insert, 6, &batch->part);
    sqlite3_bind_blob64(insert, 11, batch->body.at, batch->body.len,
                        SQLITE_STATIC);
    sqlite3_bind_blob64(insert, 12, journal->packed.at, journal->packed.len,
                        SQLITE_STATIC);
    sqlite3_bind_int64(insert, 13, (sqlite3_int64)batch->salt);
    bool good = journal_do(journal, insert, err);
    sqlite3_clear_bindings(insert);
    if (good)
        batch->posted = sqlite3_last_insert_rowid(journal->db);
    batch->unsafe = journal->syncs + 1;
    return good;
}

bool journal_withdraw(struct journal *journal, int64_t posted, struct err *err)
{
    sqlite3_stmt *statement = journal_kept(journal, SQL_LEAVE, err);
    if (statement == NULL || !journal_begin(journal, err))
        return false;
    sqlite3_bind_int64(statement, 1, posted);
    return journal_do(journal, statement, err);
}

bool journal_part(struct journal *journal, struct batch *batch, struct err *err)
{
    batch->unsafe = journal->syncs + 1;
    if (isolation_over(&batch->part))
        return journal_withdraw(journal, batch->posted, err);
    sqlite3_stmt *statement = journal_kept(journal, SQL_PART, err);
    if (statement == NULL || !journal_begin(journal, err))
        return false;
    bind_part(statement, 1, &batch->part);
    sqlite3_bind_int64(statement, 6, (sqlite3_int64)batch->salt);
    sqlite3_bind_int64(statement, 7, batch->posted);
    return journal_do(journal, statement, err);
}

bool journal_let_go(struct journal *journal, struct err *err)
{
    return journal_begin(journal, err) &&
           journal_exec(journal, "UPDATE outbox SET held=0 WHERE held=1", err);
}

bool journal_drop_held(struct journal *journal, struct err *err)
{
    return journal_exec(journal, "DELETE FROM outbox WHERE held=1", err);
}

bool journal_last_number(struct journal *journal, uint64_t *number,
                         struct err *err)
{
    return journal_number(journal, "SELECT ifnull(max(id), 0) FROM outbox",
                          number, err);
}

bool journal_pending(struct journal *journal, uint64_t *batches,
                     uint64_t *records, struct err *err)
{
    return journal_number(journal,
                          "SELECT count(*) FROM outbox"
                          " WHERE target=? AND held=0",
                          batches, err) &&
           journal_number(journal,
                          "SELECT ifnull(sum(records - done), 0) FROM outbox"
                          " WHERE target=? AND held=0",
                          records, err);
}

bool journal_elsewhere(struct journal *journal, struct buf *out,
                       struct err *err)
{
    int step;
    sqlite3_stmt *select = journal_prepare(
        journal,
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
    bool good = step == SQLITE_DONE || journal_fail(journal, err);
    sqlite3_finalize(select);
    return good;
}

/* Reading back. What does not add up is a damaged journal. */

static bool damaged(const struct journal *journal, int64_t id, struct err *err)
{
    return err_set(err, journal->run != 0 ? EXIT_FAULT : EXIT_USAGE,
                   "%s: pending batch %lld is damaged; fastsync doctor says "
                   "how to mend it",
                   journal->path, (long long)id);
}

static bool unpack_entry(struct journal *journal, struct batch *batch,
                         const char *head, struct err *err)
{
    uint64_t words[WORDS];
    struct batch_entry *entry = &batch->entries[batch->count];
    for (int w = 0; w < WORDS; w++)
        words[w] = word_get(head + 8 * w);
    *entry = (struct batch_entry){
        .key_hash = {words[WORD_KEY_0], words[WORD_KEY_1]},
        .content = words[WORD_CONTENT],
        .place = place_of((int64_t)words[WORD_PLACE], high(words[WORD_INPUT])),
        .json = low(words[WORD_JSON]),
        .json_len = high(words[WORD_JSON]),
        .key_len = low(words[WORD_TEXTS]),
        .source_len = high(words[WORD_TEXTS]),
    };
    entry->input = journal_restored(journal, low(words[WORD_INPUT]), err);
    return entry->input != NULL;
}

static bool unpack_entries(struct journal *journal, struct batch *batch,
                           const char *blob, size_t len, int64_t id,
                           struct err *err)
{
    uint32_t count = batch->part.count;
    size_t texts = (size_t)count * ENTRY, at = 0, json = 0;
    if (len < texts)
        return damaged(journal, id, err);
    batch_reserve(batch, count);
    for (; batch->count < count; batch->count++) {
        struct batch_entry *entry = &batch->entries[batch->count];
        if (!unpack_entry(journal, batch, blob + (size_t)batch->count * ENTRY,
                          err))
            return false;
        entry->key = at;
        entry->source = at + entry->key_len;
        at = entry->source + entry->source_len;
        if (at > len - texts || entry->json < json)
            return damaged(journal, id, err);
        json = (size_t)entry->json + entry->json_len;
    }
    if (at != len - texts || json + BATCH_END != batch->body.len)
        return damaged(journal, id, err);
    buf_add(&batch->texts, blob + texts, len - texts);
    return true;
}

static bool read_batch(struct journal *journal, sqlite3_stmt *row,
                       struct batch *batch, struct err *err)
{
    int64_t id = sqlite3_column_int64(row, 0);
    uint32_t numbers[6];
    for (int i = 0; i < 6; i++)
        numbers[i] = (uint32_t)sqlite3_column_int64(row, 1 + i);
    batch->part = (struct isolation){.count = numbers[0],
                                     .at = numbers[1],
                                     .upto = numbers[2],
                                     .suspect = numbers[3],
                                     .found = numbers[4],
                                     .most = numbers[5]};
    if (numbers[1] >= numbers[2] || numbers[2] > numbers[0])
        return damaged(journal, id, err);
    batch->posted = id;
    batch->salt = (uint64_t)sqlite3_column_int64(row, 9);
    batch->unsafe = journal->syncs + 1; /* as far as is known */
    buf_clear(&batch->body);
    buf_add(&batch->body, sqlite3_column_blob(row, 7),
            (size_t)sqlite3_column_bytes(row, 7));
    return unpack_entries(journal, batch, sqlite3_column_blob(row, 8),
                          (size_t)sqlite3_column_bytes(row, 8), id, err);
}

/* The outbox as a whole: does each of its batches add up? */
bool journal_sound(struct journal *journal, struct err *err)
{
    static const struct batch_limits none = {.form = ""};
    struct batch *batch = batch_new(&none);
    bool good = true;
    int step = SQLITE_DONE;
    sqlite3_stmt *select =
        journal_prepare(journal,
                        "SELECT id, records, done, upto, suspect, found, most,"
                        " body, entries, salt FROM outbox ORDER BY id",
                        err);
    while (select && good && (step = sqlite3_step(select)) == SQLITE_ROW) {
        batch_clear(batch);
        good = read_batch(journal, select, batch, err);
    }
    if (good && step != SQLITE_DONE)
        good = journal_fail(journal, err);
    sqlite3_finalize(select);
    batch_free(batch);
    return good && select != NULL;
}

enum step journal_next(struct journal *journal, int64_t after,
                       struct batch *batch, struct err *err)
{
    sqlite3_stmt *select = journal_kept(journal, SQL_NEXT, err);
    if (select == NULL)
        return STEP_FAIL;
    sqlite3_bind_int64(select, 1, journal->target);
    sqlite3_bind_int64(select, 2, after);
    int found = sqlite3_step(select);
    enum step step = found == SQLITE_DONE ? STEP_END : STEP_FAIL;
    if (found == SQLITE_ROW && read_batch(journal, select, batch, err))
        step = STEP_ITEM;
    else if (found != SQLITE_ROW && found != SQLITE_DONE)
        journal_fail(journal, err);
    sqlite3_reset(select);
    return step;
}

static void read_owed(struct owed *owed, sqlite3_stmt *row)
{
    const char *hash = sqlite3_column_blob(row, 1);
    const char *source = sqlite3_column_blob(row, 3);
    size_t len = (size_t)sqlite3_column_bytes(row, 3);
    *owed = (struct owed){
        .place = place_of(sqlite3_column_int64(row, 2),
                          (uint32_t)sqlite3_column_int64(row, 5)),
        .source = mem_text_n(source ? source : "", len),
        .source_len = len,
        .reason = mem_text((const char *)sqlite3_column_text(row, 4)),
    };
    if (sqlite3_column_bytes(row, 1) == 16) {
        owed->key_hash[0] = word_get(hash);
        owed->key_hash[1] = word_get(hash + 8);
    }
}

bool journal_owed(struct journal *journal, struct owed **all, size_t *count,
                  struct err *err)
{
    int step;
    bool good = true;
    *all = NULL;
    *count = 0;
    sqlite3_stmt *select =
        journal_prepare(journal,
                        "SELECT input, key_hash, line, source, reason, sheet"
                        " FROM refused WHERE target=? AND told=0 ORDER BY id",
                        err);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, journal->target);
    while (good && (step = sqlite3_step(select)) == SQLITE_ROW) {
        *all = mem_resize(*all, (*count + 1) * sizeof **all);
        struct owed *owed = &(*all)[(*count)++];
        read_owed(owed, select);
        owed->input =
            journal_restored(journal, sqlite3_column_int64(select, 0), err);
        good = owed->input != NULL;
    }
    if (good && step != SQLITE_DONE)
        good = journal_fail(journal, err);
    sqlite3_finalize(select);
    return good;
}

void owed_free(struct owed *owed, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(owed[i].source);
        free(owed[i].reason);
    }
    free(owed);
}
