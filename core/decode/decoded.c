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
static struct value marked(struct arena *arena, struct value cell)
{
    size_t len = cell.type == VALUE_TEXT ? cell.len : 0;
    size_t more = strlen(REJECTED_MARK);
    char *text = arena_alloc(arena, len + more);
    if (len > 0)
        memcpy(text, cell.text, len);
    memcpy(text + len, REJECTED_MARK, more);
    return value_text(text, len + more);
}

struct decoded decoded_faulty(const struct input *input, struct arena *arena,
                              struct place place, const struct value *cells,
                              unsigned width, const char *fault)
{
    unsigned count = input->columns.count, all = width > count ? width : count;
    struct value *kept = arena_alloc(arena, all * sizeof *kept);
    size_t size = strlen(fault) + 1;
    if (width > 0)
        memcpy(kept, cells, width * sizeof *kept);
    for (unsigned i = width; i < count; i++)
        kept[i] = value_text(REJECTED_MARK, strlen(REJECTED_MARK));
    if (width >= count && count > 0)
        kept[count - 1] = marked(arena, kept[count - 1]);
    return (struct decoded){
        .place = place,
        .cells = kept,
        .width = all,
        .fault = memcpy(arena_alloc(arena, size), fault, size),
    };
}

void decoded_fault(const struct input *input, struct chunk *chunk,
                   struct place place, const struct value *cells,
                   unsigned width, const char *fault)
{
    if (chunk->decoded_count == 0)
        chunk->first = place;
    *chunk_add_decoded(chunk) =
        decoded_faulty(input, &chunk->arena, place, cells, width, fault);
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

void decoded_maker_open(struct decoded_maker *maker, const struct input *input)
{
    *maker = (struct decoded_maker){.cap = input->columns.count + 1};
    maker->cells = mem_alloc(maker->cap * sizeof *maker->cells);
    maker->ready.trim = input->trim;
}

void decoded_maker_begin(struct decoded_maker *maker, struct chunk *chunk)
{
    maker->ready.arena = &chunk->arena;
    maker->warnings.arena = &chunk->arena;
}

void decoded_maker_close(struct decoded_maker *maker)
{
    buf_release(&maker->ready.scratch);
    free(maker->cells);
}

/* Too few cells are blank ones, as spreadsheets leave out what is empty at a
 * row's end; too many have no name. */
static const char *check_width(const struct input *input, struct arena *arena,
                               unsigned width)
{
    enum { MAX = 80 };
    unsigned count = input->columns.count;
    if (width <= count || input->ragged)
        return NULL;
    char *text = arena_alloc(arena, MAX);
    snprintf(text, MAX, "%u cells, the %s has %u", width,
             input->named && !input->format->headless ? "header" : "input",
             count);
    return text;
}

/* Made anew for each row and kept by the reader: a mapping looks at one row at
 * a time. */
static void make_cells(struct decoded_maker *maker, unsigned count,
                       const struct decoded *decoded)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    unsigned width = decoded->width, needed = width > count ? width : count;
    if (needed > maker->cap) {
        maker->cap = needed;
        maker->cells = mem_resize(maker->cells, needed * sizeof *maker->cells);
    }
    for (unsigned i = 0; i < width; i++)
        maker->cells[i] = ready_value(&maker->ready, &decoded->cells[i]);
    for (unsigned i = width; i < count; i++)
        maker->cells[i] = blank;
}

/* What the reader doubted, under the columns' names. */
static const struct warnings *doubts_of(struct decoded_maker *maker,
                                        const struct columns *columns,
                                        const struct decoded *decoded)
{
    struct warnings *warnings = &maker->warnings;
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

void decoded_make(struct decoded_maker *maker, const struct input *input,
                  const struct decoded *decoded, const struct value *cells,
                  struct row *row)
{
    unsigned count = input->columns.count;
    if (cells == NULL)
        make_cells(maker, count, decoded);
    *row = (struct row){
        .cells = cells ? cells : maker->cells,
        .count = count,
        .width = decoded->width,
        .place = decoded->place,
        .origin = {.cells = decoded->cells,
                   .len = decoded->width,
                   .decoded = true},
        .fault = decoded->fault
                     ? decoded->fault
                     : check_width(input, maker->ready.arena, decoded->width),
        .warnings = doubts_of(maker, &input->columns, decoded),
    };
}

/* A mapper's half: rows of the chunk, in their order. */
struct state {
    struct decoded_maker maker;
    uint32_t next;
};

static void reader_open(struct rows *rows)
{
    struct state *state = mem_zero(1, sizeof *state);
    decoded_maker_open(&state->maker, rows->input);
    rows->state = state;
}

static void reader_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    rows->chunk = chunk;
    state->next = 0;
    decoded_maker_begin(&state->maker, chunk);
}

static void reader_close(struct rows *rows)
{
    struct state *state = rows->state;
    decoded_maker_close(&state->maker);
    free(state);
    rows->state = NULL;
}

static bool reader_next(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    if (state->next >= rows->chunk->decoded_count)
        return false;
    decoded_make(&state->maker, rows->input,
                 &rows->chunk->decoded[state->next++], NULL, row);
    return true;
}

const struct row_reader decoded_rows = {
    .open = reader_open,
    .begin = reader_begin,
    .next = reader_next,
    .close = reader_close,
};
