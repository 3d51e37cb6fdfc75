/* keys.c: what the server accepted, written an answer at a time and
 * read back in one scan. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "batch/batch.h"
#include "journal.h"
#include "part.h"

enum { COMPACT_FROM = 10000 }; /* superseded entries; fewer may stay */

char *journal_server(const char *url)
{
    const char *start = strstr(url, "://");
    char *server = mem_text(start ? start + 3 : url);
    for (char *c = server; *c != '\0' && *c != '/'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    size_t len = strlen(server);
    while (len > 0 && server[len - 1] == '/')
        server[--len] = '\0';
    return server;
}

static bool find_target(struct journal *journal, const char *form,
                        const char *server, struct err *err)
{
    sqlite3_stmt *statement =
        journal_prepare(journal,
                        "INSERT INTO targets (form, server) VALUES (?, ?)"
                        " ON CONFLICT DO UPDATE SET form=form RETURNING id",
                        err);
    if (statement == NULL)
        return false;
    sqlite3_bind_text(statement, 1, form, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, server, -1, SQLITE_STATIC);
    bool good = sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        journal->target = sqlite3_column_int64(statement, 0);
    good = good && sqlite3_step(statement) == SQLITE_DONE;
    if (!good)
        journal_fail(journal, err);
    sqlite3_finalize(statement);
    return good;
}

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
    sqlite3_stmt *select = journal_prepare(journal, sql, err);
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
        journal_fail(journal, err);
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
    bool good = step == SQLITE_DONE || journal_fail(journal, err);
    sqlite3_finalize(select);
    return good;
}

bool journal_load(struct journal *journal, const char *form, const char *url,
                  struct seen *seen, struct err *err)
{
    char *server = journal_server(url);
    bool good = find_target(journal, form, server, err);
    free(server);
    if (!good || seen == NULL)
        return good;
    size_t before = seen_count(seen), total = 0;
    if (!expect_keys(journal, seen, err) ||
        !load_all(journal, seen, &total, err))
        return false;
    size_t live = seen_count(seen) - before;
    bool crowded = total > 2 * live && total - live > COMPACT_FROM;
    return !crowded || journal_compact(journal, err);
}

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

/* One answer that gave records [from, upto) their outcome. */
static bool write_answer(struct journal *journal, const struct batch *batch,
                         uint32_t from, uint32_t upto, bool refused,
                         const struct reply *reply, struct err *err)
{
    char now[32];
    sqlite3_stmt *insert = journal_kept(journal, SQL_ANSWER, err);
    if (insert == NULL || !journal_begin(journal, err))
        return false;
    journal_stamp(now);
    pack(&journal->packed, batch, from, upto, !refused);
    if (journal->run != 0)
        sqlite3_bind_int64(insert, 1, journal->run);
    sqlite3_bind_int64(insert, 2, journal->target);
    sqlite3_bind_text(insert, 3, now, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, upto - from);
    sqlite3_bind_text(insert, 5, reply->fkey, -1, SQLITE_STATIC);
    sqlite3_bind_blob64(insert, 6, journal->packed.at, journal->packed.len,
                        SQLITE_STATIC);
    sqlite3_bind_int(insert, 7, refused);
    sqlite3_bind_text(insert, 8, reply->message, -1, SQLITE_STATIC);
    if (batch->sent != 0)
        sqlite3_bind_int64(insert, 9, (sqlite3_int64)batch->sent);
    bool good = journal_do(journal, insert, err);
    sqlite3_clear_bindings(insert);
    return good;
}

bool journal_knows(struct journal *journal, uint64_t body, bool *known,
                   struct err *err)
{
    sqlite3_stmt *select = journal_kept(journal, SQL_KNOWS, err);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, journal->target);
    sqlite3_bind_int64(select, 2, (sqlite3_int64)body);
    int step = sqlite3_step(select);
    *known = step == SQLITE_ROW;
    bool good =
        step == SQLITE_ROW || step == SQLITE_DONE || journal_fail(journal, err);
    sqlite3_reset(select);
    return good;
}

bool journal_accepted(struct journal *journal, struct batch *batch,
                      uint32_t from, uint32_t upto, const struct reply *reply,
                      struct err *err)
{
    return write_answer(journal, batch, from, upto, false, reply, err) &&
           journal_part(journal, batch, err);
}

/* The record behind its refusal, for whoever asks what became of it. */
static bool write_refused(struct journal *journal, const struct batch *batch,
                          uint32_t index, const char *reason, struct err *err)
{
    char now[32], hash[16];
    const struct batch_entry *entry = &batch->entries[index];
    sqlite3_stmt *insert = journal_kept(journal, SQL_REFUSED, err);
    int64_t input;
    if (insert == NULL || !journal_input(journal, entry->input, &input, err))
        return false;
    journal_stamp(now);
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
    bool good = journal_do(journal, insert, err);
    sqlite3_clear_bindings(insert);
    return good;
}

bool journal_refused(struct journal *journal, struct batch *batch,
                     uint32_t index, const char *reason,
                     const struct reply *reply, struct err *err)
{
    return write_answer(journal, batch, index, index + 1, true, reply, err) &&
           write_refused(journal, batch, index, reason, err) &&
           journal_part(journal, batch, err);
}
