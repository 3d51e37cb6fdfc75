/* rows.c: each row is cut, decoded, asked what it is, and made a row of the
 * input, by the same functions as where the reader does all of it. */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/decoded.h"
#include "decode/table/part.h"
#include "reader.h"

/* What a mapper keeps from row to row. */
struct state {
    const struct grid_part *parts;
    unsigned part_count;
    struct decoded_maker maker;
    struct xlsx_row row;
    uint32_t next; /* of rows that are decoded */
    /* Of rows in bytes: */
    const struct grid_part *part;
    size_t at, end;     /* of the rows that are left */
    uint64_t line;      /* of the last row */
    struct place place; /* of the next row, but for its line */
};

static void rows_open(struct rows *rows)
{
    const struct input *input = rows->input;
    const struct xlsx_reader *reader = grid_book(input);
    struct state *state = mem_zero(1, sizeof *state);
    state->parts = grid_parts(input, &state->part_count);
    decoded_maker_open(&state->maker, input);
    xlsx_row_init(&state->row, reader->book, input->columns.count);
    rows->state = state;
}

static const struct grid_part *find_part(const struct state *state,
                                         const struct place *place)
{
    for (unsigned i = 0; i < state->part_count; i++)
        if (state->parts[i].sheet + 1 == place->sheet)
            return &state->parts[i];
    return &state->parts[0];
}

static void rows_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    rows->chunk = chunk;
    decoded_maker_begin(&state->maker, chunk);
    state->next = 0;
    state->row.arena = &chunk->arena;
    state->part = find_part(state, &chunk->first);
    state->at = chunk->before;
    state->end = chunk->bytes.len;
    state->line = chunk->first.line - 1;
    state->place = chunk->first;
}

/* The next row of bytes; it ends where the next one begins. */
static bool cut_row(struct state *state, const struct chunk *chunk)
{
    const char *text = chunk->bytes.at, *end = text + state->end;
    if (state->at >= state->end)
        return false;
    state->row.readable = end + BUF_SLACK;
    const char *next = xlsx_row_read(&state->row, text + state->at, end);
    state->line = state->row.line > 0 ? state->row.line : state->line + 1;
    state->at = (size_t)(next - text);
    return true;
}

/* Is it a row of the input? It stands in its columns then. */
static bool take(struct state *state, struct chunk *chunk,
                 struct grid_row *taken)
{
    const struct xlsx_row *row = &state->row;
    unsigned width = xlsx_row_width(row);
    if (width == 0 && row->fault == NULL)
        return false;
    *taken = (struct grid_row){
        .line = state->line,
        .cells = row->cells,
        .width = width,
        .hidden = row->hidden,
        .fault = row->fault,
        .doubts = row->doubts,
        .doubt_count = row->doubt_count,
    };
    enum left_kind kind = part_take(state->part, taken, &chunk->arena);
    if (kind != LEFT_KINDS)
        left_out_lines(&chunk->left, kind, 1,
                       grid_left_sheet(chunk->input, state->part), state->line);
    return kind == LEFT_KINDS;
}

static const struct cell_doubt *keep_doubts(struct arena *arena,
                                            const struct grid_row *row)
{
    struct cell_doubt *doubts =
        arena_alloc(arena, row->doubt_count * sizeof *doubts);
    for (unsigned i = 0; i < row->doubt_count; i++)
        doubts[i] = (struct cell_doubt){.column = row->doubts[i].column,
                                        .kind = row->doubts[i].kind,
                                        .text = row->doubts[i].text,
                                        .value = row->doubts[i].value};
    return doubts;
}

/* The cells as a mapping sees them, where few of them, or none, are otherwise;
 * else NULL. */
static const struct value *make_ready(struct state *state,
                                      const struct grid_row *taken)
{
    const struct xlsx_row *row = &state->row;
    if (row->unready_count > XLSX_UNREADY || state->part->columns != NULL ||
        taken->fault != NULL)
        return NULL;
    if (row->unready_count == 0)
        return row->cells;
    unsigned count = row->least > taken->width ? row->least : taken->width;
    struct value *cells = arena_alloc(row->arena, count * sizeof *cells);
    memcpy(cells, row->cells, count * sizeof *cells);
    for (unsigned i = 0; i < row->unready_count; i++) {
        struct value *cell = &cells[row->unready[i]];
        *cell = ready_value(&state->maker.ready, cell);
    }
    return cells;
}

static void make(struct rows *rows, const struct grid_row *taken,
                 struct row *row)
{
    struct state *state = rows->state;
    struct arena *arena = &rows->chunk->arena;
    struct decoded decoded = {
        .place = state->place, .cells = taken->cells, .width = taken->width};
    decoded.place.line = taken->line;
    if (taken->fault != NULL)
        decoded = decoded_faulty(rows->input, arena, decoded.place,
                                 taken->cells, taken->width, taken->fault);
    if (taken->fault == NULL && taken->doubt_count > 0) {
        decoded.doubts = keep_doubts(arena, taken);
        decoded.doubt_count = taken->doubt_count;
    }
    decoded_make(&state->maker, rows->input, &decoded, make_ready(state, taken),
                 row);
    state->place.index++;
}

static bool next_decoded(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    if (state->next >= rows->chunk->decoded_count)
        return false;
    decoded_make(&state->maker, rows->input,
                 &rows->chunk->decoded[state->next++], NULL, row);
    return true;
}

static bool rows_next(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    struct grid_row taken;
    if (state->end == 0)
        return next_decoded(rows, row);
    while (cut_row(state, rows->chunk)) {
        if (take(state, rows->chunk, &taken)) {
            make(rows, &taken, row);
            return true;
        }
    }
    return false;
}

static void rows_close(struct rows *rows)
{
    struct state *state = rows->state;
    decoded_maker_close(&state->maker);
    xlsx_row_release(&state->row);
    free(state);
    rows->state = NULL;
}

const struct row_reader xlsx_rows = {
    .open = rows_open,
    .begin = rows_begin,
    .next = rows_next,
    .close = rows_close,
};
