/* rows.c: a book's rows into chunks, one sheet after the other. */
#include "grid.h"

#include "decode/decoded.h"
#include "state.h"

enum { CHUNK_CELLS = CHUNK_BYTES / sizeof(struct value) };

static void add_doubts(struct chunk *chunk, const struct grid_row *row)
{
    struct decoded *decoded = &chunk->decoded[chunk->decoded_count - 1];
    struct cell_doubt *doubts =
        arena_alloc(&chunk->arena, row->doubt_count * sizeof *doubts);
    for (unsigned i = 0; i < row->doubt_count; i++)
        doubts[i] = (struct cell_doubt){.column = row->doubts[i].column,
                                        .kind = row->doubts[i].kind,
                                        .text = row->doubts[i].text,
                                        .value = row->doubts[i].value};
    decoded->doubts = doubts;
    decoded->doubt_count = row->doubt_count;
}

static void add_row(const struct input *input, struct grid *grid,
                    struct chunk *chunk, const struct grid_row *row)
{
    struct place place = {.line = row->line, .index = grid->index++};
    if (input->sheets != NULL)
        place.sheet = grid->parts[grid->at].sheet + 1;
    if (row->fault != NULL) {
        decoded_fault(input, chunk, place, row->cells, row->width, row->fault);
        return;
    }
    if (chunk->decoded_count == 0)
        chunk->first = place;
    *chunk_add_decoded(chunk) = (struct decoded){
        .place = place, .cells = row->cells, .width = row->width};
    if (row->doubt_count > 0)
        add_doubts(chunk, row);
}

/* Lines between the last row and this one hold nothing. */
static void count_blank(struct grid *grid, struct chunk *chunk, uint64_t line)
{
    if (line <= grid->line + 1)
        return;
    if (chunk->left.count[LEFT_BLANK] == 0)
        chunk->left.first[LEFT_BLANK] = grid->line + 1;
    chunk->left.count[LEFT_BLANK] += line - grid->line - 1;
}

static bool is_blank(const struct grid_row *row)
{
    for (unsigned i = 0; i < row->width; i++)
        if (row->cells[i].type != VALUE_NIL &&
            (row->cells[i].type != VALUE_TEXT || row->cells[i].len > 0))
            return false;
    return true;
}

static void take_row(const struct input *input, struct grid *grid,
                     struct chunk *chunk, const struct grid_row *row)
{
    const struct grid_part *part = &grid->parts[grid->at];
    if (row->line <= part->before)
        return;
    count_blank(grid, chunk, row->line);
    grid->line = row->line;
    if (row->fault == NULL && is_blank(row))
        left_out_count(&chunk->left, LEFT_BLANK, row->line);
    else
        add_row(input, grid, chunk, row);
}

static bool begin(struct grid *grid, struct err *err)
{
    const struct grid_part *part = &grid->parts[grid->at];
    grid->line = part->before;
    grid->begun = true;
    return grid->kind->begin(grid->book, part->sheet, err);
}

static bool leaves_out(const struct chunk *chunk)
{
    for (unsigned i = 0; i < LEFT_KINDS; i++)
        if (chunk->left.count[i] > 0)
            return true;
    return false;
}

enum step grid_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct grid *grid = input->state;
    size_t cells = 0;
    while (grid->at < grid->part_count && cells < CHUNK_CELLS) {
        struct grid_row row = {0};
        if (!grid->begun && !begin(grid, err))
            return STEP_FAIL;
        switch (grid->kind->next(grid->book, &chunk->arena, &row, err)) {
        case STEP_FAIL:
            return STEP_FAIL;
        case STEP_END:
            grid->begun = false;
            grid->at++;
            break;
        case STEP_ITEM:
            take_row(input, grid, chunk, &row);
            cells += row.width + 4;
            break;
        }
    }
    if (grid->kind->consumed != NULL)
        chunk->consumed = grid->kind->consumed(grid->book);
    return chunk->decoded_count > 0 || leaves_out(chunk) ? STEP_ITEM : STEP_END;
}
