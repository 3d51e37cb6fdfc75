/* decoded.c: the mapper's half of formats without one of their own.
 *
 * The cells that were decoded stay as they are, for the rejects file; those
 * that the mapping sees are made beside them, in memory that the reader keeps
 * from row to row. */
#include "decoded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ready.h"
#include "rejected.h"

/* Rows of one chunk are neighbours; the place of the first one is the chunk's.
 */
struct value *decoded_add(struct chunk *chunk, struct place place,
                          unsigned width)
{
    struct value *cells = arena_alloc(&chunk->arena, width * sizeof *cells);
    if (chunk->decoded_count == 0)
        chunk->first = place;
    *chunk_add_decoded(chunk) =
        (struct decoded){.place = place, .cells = cells, .width = width};
    return cells;
}

/* The text with a mark after it. */
static struct value marked(struct chunk *chunk, struct value cell)
{
    size_t len = cell.type == VALUE_TEXT ? cell.len : 0;
    size_t more = strlen(REJECTED_MARK);
    char *text = arena_alloc(&chunk->arena, len + more);
    if (len > 0)
        memcpy(text, cell.text, len);
    memcpy(text + len, REJECTED_MARK, more);
    return value_text(text, len + more);
}

void decoded_fault(const struct input *input, struct chunk *chunk,
                   struct place place, const struct value *cells,
                   unsigned width, const char *fault)
{
    unsigned count = input->columns.count;
    struct value *kept =
        decoded_add(chunk, place, width > count ? width : count);
    size_t size = strlen(fault) + 1;
    if (width > 0)
        memcpy(kept, cells, width * sizeof *kept);
    for (unsigned i = width; i < count; i++)
        kept[i] = value_text(REJECTED_MARK, strlen(REJECTED_MARK));
    if (width >= count && count > 0)
        kept[count - 1] = marked(chunk, kept[count - 1]);
    chunk->decoded[chunk->decoded_count - 1].fault =
        memcpy(arena_alloc(&chunk->arena, size), fault, size);
}

/* The rows' memory goes with them, and that of `to` the other way: both chunks
 * are used again. */
void decoded_move(struct chunk *to, struct chunk *from)
{
    const struct chunk spare = *to;
    to->decoded = from->decoded;
    to->decoded_count = from->decoded_count;
    to->decoded_cap = from->decoded_cap;
    to->arena = from->arena;
    to->bytes = from->bytes;
    to->first = from->first;
    to->consumed = from->consumed;
    from->decoded = spare.decoded;
    from->decoded_count = 0;
    from->decoded_cap = spare.decoded_cap;
    from->arena = spare.arena;
    from->bytes = spare.bytes;
}

/* What a mapper keeps from row to row. */
struct state {
    struct value *cells;
    unsigned cap;
    uint32_t next;
    struct ready ready;
    struct warnings warnings;
};

static void reader_open(struct rows *rows)
{
    struct state *state = mem_zero(1, sizeof *state);
    state->cap = rows->input->columns.count + 1;
    state->cells = mem_alloc(state->cap * sizeof *state->cells);
    rows->state = state;
}

static void reader_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    rows->chunk = chunk;
    state->next = 0;
    state->ready.arena = &chunk->arena;
    state->ready.trim = rows->input->trim;
    state->warnings.arena = &chunk->arena;
}

static void reader_close(struct rows *rows)
{
    struct state *state = rows->state;
    buf_release(&state->ready.scratch);
    free(state->cells);
    free(state);
    rows->state = NULL;
}

/* Too few cells are blank ones, as spreadsheets leave out what is empty at a
 * row's end; too many have no name. */
static const char *check_width(const struct rows *rows, unsigned width)
{
    enum { MAX = 80 };
    unsigned count = rows->input->columns.count;
    if (width <= count || rows->input->ragged)
        return NULL;
    char *text = arena_alloc(&rows->chunk->arena, MAX);
    snprintf(text, MAX, "%u cells, the %s has %u", width,
             rows->input->named ? "header" : "input", count);
    return text;
}

/* Made anew for each row and kept by the reader: a mapping looks at one row at
 * a time. */
static void make_cells(struct rows *rows, const struct decoded *decoded)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    struct state *state = rows->state;
    unsigned count = rows->input->columns.count, width = decoded->width;
    unsigned needed = width > count ? width : count;
    if (needed > state->cap) {
        state->cap = needed;
        state->cells = mem_resize(state->cells, needed * sizeof *state->cells);
    }
    for (unsigned i = 0; i < width; i++)
        state->cells[i] = ready_value(&state->ready, &decoded->cells[i]);
    for (unsigned i = width; i < count; i++)
        state->cells[i] = blank;
}

/* What the reader doubted, under the columns' names. */
static const struct warnings *doubts_of(struct rows *rows,
                                        const struct decoded *decoded)
{
    const struct columns *columns = &rows->input->columns;
    struct warnings *warnings = &((struct state *)rows->state)->warnings;
    if (decoded->doubt_count == 0)
        return NULL;
    warnings_clear(warnings);
    for (unsigned i = 0; i < decoded->doubt_count; i++) {
        const struct cell_doubt *doubt = &decoded->doubts[i];
        bool known = doubt->column < columns->count;
        warn(warnings, doubt->kind,
             known ? columns->all[doubt->column].name : "", &doubt->value, "%s",
             doubt->text);
    }
    return warnings;
}

static bool reader_next(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    if (state->next >= rows->chunk->decoded_count)
        return false;
    const struct decoded *decoded = &rows->chunk->decoded[state->next++];
    make_cells(rows, decoded);
    *row = (struct row){
        .cells = state->cells,
        .count = rows->input->columns.count,
        .width = decoded->width,
        .place = decoded->place,
        .origin = {.cells = decoded->cells,
                   .len = decoded->width,
                   .decoded = true},
        .fault =
            decoded->fault ? decoded->fault : check_width(rows, decoded->width),
        .warnings = doubts_of(rows, decoded),
    };
    return true;
}

const struct row_reader decoded_rows = {
    .open = reader_open,
    .begin = reader_begin,
    .next = reader_next,
    .close = reader_close,
};
