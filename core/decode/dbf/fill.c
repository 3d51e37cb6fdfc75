/* fill.c: the reader's half: all records are equally long, so that it only
 * counts them; mappers take them apart.
 *
 * Where a table ends is said three times: by the number of records in its head,
 * by a mark behind the last, by the file's end. A program that crashed leaves
 * an old number, one that copied half a file no mark: what is there is read up
 * to the mark or the end, and where the number is another one that is told. A
 * table that ends before its last record, and without a mark, is cut off: a row
 * says so that cannot be used. */
#include <string.h>

#include "base/log.h"
#include "decode/input.h"
#include "record.h"
#include "table.h"

struct dbf_limits dbf_limits = {CHUNK_BYTES};

bool dbf_is_blank(const char *record, size_t len)
{
    size_t at = 1;
    while (at < len && record[at] == ' ')
        at++;
    return at == len;
}

static bool read_records(struct input *input, struct chunk *chunk, size_t len,
                         struct err *err)
{
    struct buf *bytes = &chunk->bytes;
    size_t got = 1;
    while (bytes->len < len && got > 0) {
        size_t want = len - bytes->len;
        if (!source_read(input->source, buf_reserve(bytes, want), want, &got,
                         err))
            return false;
        bytes->len += got;
    }
    return true;
}

/* Does the table end before what begins so? What a program has only reserved
 * behind the last record is none. */
static bool ends_before(const struct dbf_table *table, char first)
{
    return first == DBF_END || (first != DBF_LIVE && first != DBF_DELETED &&
                                table->records >= table->layout.records);
}

/* Counts records up to the end; what follows it is none. True: it was met. */
static bool count_records(const struct input *input, struct dbf_table *table,
                          struct buf *bytes)
{
    const struct dbf_options *options = input->options;
    size_t size = table->layout.record, at = 0;
    for (; at + size <= bytes->len; at += size) {
        if (ends_before(table, bytes->at[at]))
            break;
        table->records++;
        table->rows += (options->deleted || bytes->at[at] != DBF_DELETED) &&
                       !dbf_is_blank(bytes->at + at, size);
    }
    bool met = at < bytes->len && ends_before(table, bytes->at[at]);
    if (met)
        bytes->len = at;
    return met;
}

static void tell_number(const struct input *input,
                        const struct dbf_table *table)
{
    if (table->records != table->layout.records)
        log_note("%s: %llu record%s, where its head says %lu: is it whole?",
                 input->path, (unsigned long long)table->records,
                 table->records == 1 ? "" : "s",
                 (unsigned long)table->layout.records);
}

/* Behind the last whole record: `left` bytes are there of another. */
static void end_table(const struct input *input, struct dbf_table *table,
                      bool met, size_t left)
{
    table->ended = true;
    table->cut = !met && (left > 0 || table->records < table->layout.records);
    tell_number(input, table);
}

/* A chunk that is no more than the row that cannot be used; a mark stands for
 * what is not there. */
static void give_cut(struct dbf_table *table, struct chunk *chunk)
{
    chunk->first =
        (struct place){.line = table->records + 1, .index = table->rows + 1};
    chunk->consumed = table->consumed;
    buf_putc(&chunk->bytes, DBF_END);
    chunk->damage = "the table is cut off here: export it again";
    table->cut = false;
}

/* How many records a chunk has: with their memos, as long as these are on the
 * whole, not more than fits. */
static size_t records_of_chunk(const struct input *input,
                               const struct dbf_table *table)
{
    size_t most = dbf_limits.chunk / table->layout.record;
    if (table->memos != NULL) {
        uint64_t there = source_size(input->source) / table->layout.record + 1;
        uint64_t usual = dbf_memos_size(table->memos) / there;
        uint64_t fit = usual > 0 ? dbf_limits.chunk / usual : most;
        most /= DBF_FEWER;
        most = fit < most ? (size_t)fit : most;
    }
    return most > 0 ? most : 1;
}

enum step dbf_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct dbf_table *table = input->state;
    size_t size = table->layout.record;
    size_t want = records_of_chunk(input, table) * size;
    if (table->ended && !table->cut)
        return STEP_END;
    if (table->ended) {
        give_cut(table, chunk);
        return STEP_ITEM;
    }
    chunk->first =
        (struct place){.line = table->records + 1, .index = table->rows + 1};
    if (!read_records(input, chunk, want, err))
        return STEP_FAIL;
    size_t got = chunk->bytes.len;
    bool met = count_records(input, table, &chunk->bytes);
    size_t left = chunk->bytes.len % size;
    if (met || got < want)
        end_table(input, table, met, left);
    chunk->bytes.len -= left;
    table->consumed += chunk->bytes.len;
    chunk->consumed = table->consumed;
    return chunk->bytes.len > 0 ? STEP_ITEM : dbf_fill(input, chunk, err);
}
