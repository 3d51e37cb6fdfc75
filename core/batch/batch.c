/* batch.c: appends; the body is complete but for its last two bytes until it
 * is closed. */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "decode/rejected.h"

static const char data_key[] = ",\"data\":[";

void batch_begin(const struct batch_limits *limits, struct buf *body)
{
    buf_puts(body, "{\"form\":");
    json_cstring(body, limits->form);
    buf_puts(body, data_key);
}

void batch_end(struct buf *body)
{
    buf_puts(body, "]}");
}

/* The number in binary, a tab for 1 and a blank for 0: white space that no
 * parser sees, and other bytes for every other number. */
void batch_salt(struct buf *body, uint64_t salt)
{
    if (salt == 0)
        return;
    body->len--;
    for (; salt > 0; salt >>= 1)
        buf_putc(body, salt & 1 ? '\t' : ' ');
    buf_putc(body, '}');
}

/* The frame is measured rather than counted: the form's name may need escapes.
 */
void batch_limits(struct batch_limits *limits, const char *form,
                  uint64_t records, uint64_t bytes)
{
    *limits =
        (struct batch_limits){.form = form, .records = records, .bytes = bytes};
    struct buf empty = {0};
    batch_begin(limits, &empty);
    limits->frame = empty.len + BATCH_END;
    buf_release(&empty);
}

struct batch *batch_new(const struct batch_limits *limits)
{
    struct batch *batch = mem_zero(1, sizeof *batch);
    batch->limits = limits;
    batch_clear(batch);
    return batch;
}

void batch_free(struct batch *batch)
{
    if (batch == NULL)
        return;
    buf_release(&batch->body);
    buf_release(&batch->part_body);
    buf_release(&batch->texts);
    free(batch->entries);
    free(batch);
}

void batch_clear(struct batch *batch)
{
    buf_clear(&batch->body);
    buf_clear(&batch->texts);
    batch->count = 0;
    batch->posted = 0;
    batch->salt = batch->sent = batch->unsafe = 0;
    batch->again = batch->resumed = false;
    batch->unknown = batch->tried = false;
    batch->failures = 0;
    batch->failing_since = 0;
    batch->next = NULL;
    batch_begin(batch->limits, &batch->body);
}

void batch_reserve(struct batch *batch, uint32_t count)
{
    if (count <= batch->cap)
        return;
    batch->cap = count;
    batch->entries =
        mem_resize(batch->entries, batch->cap * sizeof *batch->entries);
}

bool batch_takes(const struct batch *batch, const struct record *record)
{
    return batch_fits(batch->limits, batch->count, batch->body.len + BATCH_END,
                      record->json_len);
}

static size_t keep(struct batch *batch, const char *text, uint32_t len)
{
    size_t at = batch->texts.len;
    buf_add(&batch->texts, text, len);
    return at;
}

/* The row of the entry just added, as rejects.csv and the journal want it. */
static void keep_origin(struct batch *batch, const struct input *input,
                        const struct origin *origin)
{
    struct batch_entry *entry = &batch->entries[batch->count - 1];
    entry->source = batch->texts.len;
    rejected_row(&batch->texts, input, origin);
    entry->source_len = (uint32_t)(batch->texts.len - entry->source);
}

/* Texts go to one buffer and entries hold offsets, as the buffer moves while
 * it grows. */
void batch_add(struct batch *batch, const struct chunk *chunk,
               const struct record *record)
{
    if (batch->count == batch->cap)
        batch_reserve(batch, batch->cap ? batch->cap * 2 : 64);
    if (batch->count > 0)
        buf_putc(&batch->body, ',');
    batch->entries[batch->count++] = (struct batch_entry){
        .key_hash = {record->key_hash[0], record->key_hash[1]},
        .content = record->content,
        .place = record->place,
        .input = chunk->input,
        .key = keep(batch, record->key, record->key_len),
        .key_len = record->key_len,
        .json = (uint32_t)batch->body.len,
        .json_len = record->json_len,
    };
    keep_origin(batch, chunk->input, &record->origin);
    buf_add(&batch->body, chunk->json.at + record->json, record->json_len);
}

void batch_close(struct batch *batch)
{
    batch_end(&batch->body);
    isolation_begin(&batch->part, batch->count);
}

/* Records stand side by side in the body; [from, upto) of them go between a new
 * head and end. */
static void make_body(const struct batch *batch, uint32_t from, uint32_t upto,
                      uint64_t salt, struct buf *body)
{
    const struct batch_entry *last = &batch->entries[upto - 1];
    uint32_t at = batch->entries[from].json;
    buf_clear(body);
    batch_begin(batch->limits, body);
    buf_add(body, batch->body.at + at, last->json + last->json_len - at);
    batch_end(body);
    batch_salt(body, salt);
}

void batch_lone(const struct batch *batch, uint32_t index, uint64_t salt,
                struct buf *out)
{
    make_body(batch, index, index + 1, salt, out);
}

/* The whole batch goes as it was formed. */
const struct buf *batch_request(struct batch *batch)
{
    const struct isolation *part = &batch->part;
    if (isolation_size(part) == batch->count && batch->salt == 0)
        return &batch->body;
    make_body(batch, part->at, part->upto, batch->salt, &batch->part_body);
    return &batch->part_body;
}

bool batch_holds(const struct batch *batch, const uint64_t key[2])
{
    for (uint32_t i = 0; i < batch->count; i++) {
        const uint64_t *other = batch->entries[i].key_hash;
        if (other[0] == key[0] && other[1] == key[1])
            return true;
    }
    return false;
}

/* A few hundred keys each: comparing all is quicker than a table of them. */
bool batch_meets(const struct batch *batch, const struct batch *other)
{
    for (uint32_t i = 0; i < batch->count; i++)
        if (batch_holds(other, batch->entries[i].key_hash))
            return true;
    return false;
}
