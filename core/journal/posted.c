/* posted.c: a batch without an outcome is kept whole: the body that is
 * sent, how far its parts have got, and of each record what its outcome will
 * need: keys, the source row, where it stood.
 *
 * The records' numbers stand before their texts in one blob, a word for each of
 * `enum word`. Reading back trusts nothing: what does not add up is a damaged
 * journal, and no request is made of it. */
#include "posted.h"

#include <string.h>

#include "base/mem.h"
#include "packed.h"

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

/* What the server may hold of it. */
enum { UNKNOWN = 1, TRIED = 2 };

/* Two small numbers share a word. */
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

static char *pack_entry(char *at, const struct batch_entry *entry,
                        int64_t input)
{
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
    return at;
}

bool posted_pack(struct buf *blob, struct inputs *inputs, struct db *db,
                 const struct batch *batch, struct err *err)
{
    size_t len = (size_t)batch->count * ENTRY;
    buf_clear(blob);
    char *at = buf_reserve(blob, len);
    for (uint32_t i = 0; i < batch->count; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        int64_t input;
        if (!inputs_number(inputs, db, entry->input, &input, err))
            return false;
        at = pack_entry(at, entry, input);
    }
    blob->len += len;
    /* Keys and sources stand in `texts` in the order of the records. */
    buf_add(blob, batch->texts.at, batch->texts.len);
    return true;
}

bool posted_find_key(const char *blob, size_t len, uint32_t from,
                     uint32_t count, const uint64_t key[2], uint64_t *content)
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

void posted_bind_part(sqlite3_stmt *statement, int at,
                      const struct isolation *part)
{
    const uint32_t numbers[] = {part->at, part->upto, part->bad, part->found,
                                part->max};
    for (int i = 0; i < 5; i++)
        sqlite3_bind_int64(statement, at + i, numbers[i]);
}

void posted_bind_failing(sqlite3_stmt *statement, int at,
                         const struct batch *batch)
{
    sqlite3_bind_int64(statement, at, (sqlite3_int64)batch->salt);
    sqlite3_bind_int64(statement, at + 1, batch->failures);
    sqlite3_bind_int64(statement, at + 2, batch->failing_since);
    sqlite3_bind_int(statement, at + 3,
                     (batch->unknown ? UNKNOWN : 0) |
                         (batch->tried ? TRIED : 0));
}

static bool damaged(const struct db *db, int64_t id, struct err *err)
{
    return err_set(err, db->in_run ? EXIT_FAULT : EXIT_USAGE,
                   "%s: pending batch %lld is damaged; fastsync doctor says "
                   "how to mend it",
                   db->path, (long long)id);
}

/* The key's and the source's offsets follow from the lengths before them. */
static bool unpack_entry(struct db *db, struct inputs *inputs,
                         struct batch *batch, const char *head, struct err *err)
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
    entry->input = inputs_find(inputs, db, low(words[WORD_INPUT]), err);
    return entry->input != NULL;
}

/* Texts must end where the blob does, and the records' JSON must lie in the
 * body in its order: nothing is sent of a batch whose parts do not fit. */
static bool unpack_entries(struct db *db, struct inputs *inputs,
                           struct batch *batch, const char *blob, size_t len,
                           int64_t id, struct err *err)
{
    uint32_t count = batch->part.count;
    size_t texts = (size_t)count * ENTRY, at = 0, json = 0;
    if (len < texts)
        return damaged(db, id, err);
    batch_reserve(batch, count);
    for (; batch->count < count; batch->count++) {
        struct batch_entry *entry = &batch->entries[batch->count];
        if (!unpack_entry(db, inputs, batch,
                          blob + (size_t)batch->count * ENTRY, err))
            return false;
        entry->key = at;
        entry->source = at + entry->key_len;
        at = entry->source + entry->source_len;
        if (at > len - texts || entry->json < json)
            return damaged(db, id, err);
        json = (size_t)entry->json + entry->json_len;
    }
    if (at != len - texts || json + BATCH_END != batch->body.len)
        return damaged(db, id, err);
    buf_add(&batch->texts, blob + texts, len - texts);
    return true;
}

/* A batch that is here has records left, and a next part of at least one. */
static bool read_batch(struct db *db, struct inputs *inputs, sqlite3_stmt *row,
                       struct batch *batch, struct err *err)
{
    int64_t id = sqlite3_column_int64(row, 0);
    uint32_t numbers[6];
    for (int i = 0; i < 6; i++)
        numbers[i] = (uint32_t)sqlite3_column_int64(row, 1 + i);
    batch->part = (struct isolation){.count = numbers[0],
                                     .at = numbers[1],
                                     .upto = numbers[2],
                                     .bad = numbers[3],
                                     .found = numbers[4],
                                     .max = numbers[5]};
    if (numbers[1] >= numbers[2] || numbers[2] > numbers[0])
        return damaged(db, id, err);
    batch->posted = id;
    batch->salt = (uint64_t)sqlite3_column_int64(row, 9);
    batch->failures = (uint32_t)sqlite3_column_int64(row, 10);
    batch->failing_since = sqlite3_column_int64(row, 11);
    batch->unknown = (sqlite3_column_int(row, 12) & UNKNOWN) != 0;
    batch->tried = (sqlite3_column_int(row, 12) & TRIED) != 0;
    buf_clear(&batch->body);
    buf_add(&batch->body, sqlite3_column_blob(row, 7),
            (size_t)sqlite3_column_bytes(row, 7));
    return unpack_entries(db, inputs, batch, sqlite3_column_blob(row, 8),
                          (size_t)sqlite3_column_bytes(row, 8), id, err);
}

bool posted_check(struct db *db, struct inputs *inputs, struct err *err)
{
    static const struct batch_limits none = {.form = ""};
    int step = SQLITE_DONE;
    bool good = true;
    sqlite3_stmt *select =
        db_prepare(db,
                   "SELECT id, records, done, upto, suspect, found, most,"
                   " body, entries, salt, failures, failing, unknown"
                   " FROM outbox ORDER BY id",
                   err);
    if (select == NULL)
        return false;
    struct batch *batch = batch_new(&none);
    while (good && (step = sqlite3_step(select)) == SQLITE_ROW) {
        batch_clear(batch);
        good = read_batch(db, inputs, select, batch, err);
    }
    if (good && step != SQLITE_DONE)
        good = db_fail(db, err);
    sqlite3_finalize(select);
    batch_free(batch);
    return good;
}

enum step posted_next(struct db *db, struct inputs *inputs, int64_t target,
                      int64_t after, struct batch *batch, struct err *err)
{
    sqlite3_stmt *select = db_kept(db, KEPT_NEXT, err);
    if (select == NULL)
        return STEP_FAIL;
    sqlite3_bind_int64(select, 1, target);
    sqlite3_bind_int64(select, 2, after);
    int found = sqlite3_step(select);
    enum step step = found == SQLITE_DONE ? STEP_END : STEP_FAIL;
    if (found == SQLITE_ROW && read_batch(db, inputs, select, batch, err))
        step = STEP_ITEM;
    else if (found != SQLITE_ROW && found != SQLITE_DONE)
        db_fail(db, err);
    sqlite3_reset(select);
    return step;
}
