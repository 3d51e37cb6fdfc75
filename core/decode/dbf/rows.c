/* rows.c: the mapper's half: records made rows. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/decoded.h"
#include "decode/input.h"
#include "record.h"
#include "table.h"

struct state {
    struct decoded_maker maker;
    struct dbf_record record;
    size_t at;
    bool damaged;       /* the chunk's damage is still to be told */
    struct place place; /* of the next record */
};

static void rows_open(struct rows *rows)
{
    const struct input *input = rows->input;
    const struct dbf_table *table = input->state;
    const struct dbf_options *options = input->options;
    struct state *state = mem_zero(1, sizeof *state);
    decoded_maker_open(&state->maker, input);
    state->record.layout = &table->layout;
    state->record.memos = table->memos;
    state->record.encoding = input->encoding;
    state->record.guessed = table->guessed;
    state->record.plain = table->plain;
    state->record.trim = input->trim;
    state->record.most = (DBF_MEMOS - 1) * options->max_cell;
    if (!charset_is_utf8(input->encoding))
        transcoder_open(&state->record.transcoder, input->encoding);
    rows->state = state;
}

static void rows_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    rows->chunk = chunk;
    decoded_maker_begin(&state->maker, chunk);
    state->record.arena = &chunk->arena;
    state->record.kept = 0;
    state->damaged = chunk->damage != NULL;
    state->at = state->damaged ? chunk->bytes.len : 0;
    state->place = chunk->first;
}

static void rows_close(struct rows *rows)
{
    struct state *state = rows->state;
    decoded_maker_close(&state->maker);
    transcoder_close(&state->record.transcoder);
    buf_release(&state->record.scratch);
    free(state);
    rows->state = NULL;
}

static void make(struct rows *rows, const unsigned char *bytes, struct row *row)
{
    struct state *state = rows->state;
    const struct input *input = rows->input;
    unsigned count = state->record.layout->count, read = 0;
    struct arena *arena = &rows->chunk->arena;
    struct value *cells = arena_alloc(arena, (count + 1) * sizeof *cells);
    const char *why =
        bytes[0] == DBF_LIVE || bytes[0] == DBF_DELETED
            ? dbf_record_read(&state->record, bytes, cells, &read)
            : "its first byte says neither that it is there nor that it is "
              "deleted";
    struct decoded decoded = {
        .place = state->place, .cells = cells, .width = input->columns.count};
    cells[count] =
        (struct value){.truth = bytes[0] == DBF_DELETED, .type = VALUE_BOOL};
    if (why != NULL)
        decoded = decoded_faulty(input, arena, state->place, cells, read, why);
    decoded_make(&state->maker, input, &decoded, why == NULL ? cells : NULL,
                 row);
}

static bool give_damage(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    struct decoded decoded =
        decoded_faulty(rows->input, &rows->chunk->arena, state->place, NULL, 0,
                       rows->chunk->damage);
    state->damaged = false;
    decoded_make(&state->maker, rows->input, &decoded, NULL, row);
    return true;
}

/* What the record is; LEFT_KINDS: a row. */
static enum left_kind left_of(const struct dbf_options *options,
                              const char *record, size_t size)
{
    if (record[0] == DBF_DELETED && !options->deleted)
        return LEFT_DELETED;
    return dbf_is_blank(record, size) ? LEFT_BLANK : LEFT_KINDS;
}

static bool rows_next(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    struct chunk *chunk = rows->chunk;
    size_t size = state->record.layout->record;
    while (state->at < chunk->bytes.len) {
        const char *record = chunk->bytes.at + state->at;
        enum left_kind left = left_of(rows->input->options, record, size);
        state->at += size;
        if (left == LEFT_KINDS)
            make(rows, (const unsigned char *)record, row);
        else
            left_out_count(&chunk->left, left, state->place.line);
        state->place.line++;
        state->place.index += left == LEFT_KINDS;
        if (left == LEFT_KINDS)
            return true;
    }
    return state->damaged && give_damage(rows, row);
}

const struct row_reader dbf_rows = {
    .open = rows_open,
    .begin = rows_begin,
    .next = rows_next,
    .close = rows_close,
};
