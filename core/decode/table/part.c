/* part.c: a row of a sheet as one of the input. */
#include "part.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cell.h"

static uint32_t column_of(const struct grid_part *part, unsigned column)
{
    if (part->columns == NULL)
        return column;
    if (column < part->column_count)
        return part->columns[column];
    return part->width + (column - part->column_count);
}

/* The width of the row in the input's columns. */
static unsigned width_of(const struct grid_part *part,
                         const struct grid_row *row)
{
    unsigned width = 0;
    for (unsigned i = 0; i < row->width; i++) {
        uint32_t column = column_of(part, i);
        if (column != PART_NO_COLUMN && column + 1 > width)
            width = column + 1;
    }
    return width;
}

static void place_doubts(const struct grid_part *part, struct grid_row *row,
                         struct arena *arena)
{
    struct grid_doubt *doubts =
        arena_alloc(arena, (row->doubt_count + 1) * sizeof *doubts);
    unsigned count = 0;
    for (unsigned i = 0; i < row->doubt_count; i++) {
        doubts[count] = row->doubts[i];
        doubts[count].column = column_of(part, row->doubts[i].column);
        count += doubts[count].column != PART_NO_COLUMN;
    }
    row->doubts = doubts;
    row->doubt_count = count;
}

/* Each cell goes to its column. */
static void place_cells(const struct grid_part *part, struct grid_row *row,
                        struct arena *arena)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    unsigned width = width_of(part, row);
    struct value *cells = arena_alloc(arena, (width + 1) * sizeof *cells);
    for (unsigned i = 0; i < width; i++)
        cells[i] = blank;
    for (unsigned i = 0; i < row->width; i++) {
        uint32_t column = column_of(part, i);
        if (column != PART_NO_COLUMN)
            cells[column] = row->cells[i];
    }
    row->cells = cells;
    row->width = width;
    if (row->doubt_count > 0)
        place_doubts(part, row, arena);
}

static void doubt_row(struct grid_row *row, struct arena *arena)
{
    unsigned column;
    const char *text = table_doubt(row->cells, row->width, &column);
    if (text == NULL)
        return;
    size_t size = row->doubt_count * sizeof(struct grid_doubt);
    struct grid_doubt *doubts = arena_alloc(arena, size + sizeof *doubts);
    if (size > 0)
        memcpy(doubts, row->doubts, size);
    doubts[row->doubt_count++] =
        (struct grid_doubt){.column = column,
                            .kind = WARNING_TOTAL,
                            .text = text,
                            .value = row->cells[column]};
    row->doubts = doubts;
}

enum left_kind part_kind(const struct grid_part *part, struct grid_row *row,
                         struct arena *arena)
{
    if (row->line <= part->skip)
        return LEFT_SKIPPED;
    if (part->skip_hidden && row->hidden)
        return LEFT_HIDDEN;
    if (row->fault != NULL)
        return LEFT_KINDS;
    enum left_kind kind = table_left(&part->rule, row->cells, row->width);
    /* Something stood there that has become nothing. */
    if (kind == LEFT_BLANK && row->doubt_count > 0)
        return LEFT_KINDS;
    if (kind == LEFT_KINDS && !part->rule.as_is)
        doubt_row(row, arena);
    return kind;
}

void part_place(const struct grid_part *part, struct grid_row *row,
                struct arena *arena)
{
    if (part->columns != NULL)
        place_cells(part, row, arena);
}

enum left_kind part_take(const struct grid_part *part, struct grid_row *row,
                         struct arena *arena)
{
    enum left_kind kind = part_kind(part, row, arena);
    if (kind == LEFT_KINDS)
        part_place(part, row, arena);
    return kind;
}

struct tail_line part_tail(const struct grid_part *part,
                           const struct grid_row *row)
{
    if (row->fault != NULL || part->rule.as_is || part->width < 2)
        return (struct tail_line){.line = row->line, .shape = TAIL_ROW};
    if (row->doubt_count > 0 &&
        cells_first(row->cells, row->width) == row->width)
        return (struct tail_line){.line = row->line, .shape = TAIL_ROW};
    return tail_line_of(row->line, row->cells, row->width, part->width);
}

bool part_is_header(const struct grid_part *part, uint64_t number)
{
    for (unsigned i = 0; i < part->header_count; i++)
        if (part->numbers[i] == number)
            return true;
    return false;
}

bool part_may_be_record(const struct grid_part *part, const struct value *cells,
                        unsigned width)
{
    unsigned filled = 0;
    for (unsigned i = 0; i < width; i++)
        filled += !cell_is_blank(&cells[i]);
    return part->early > 0 && filled >= 2 && 2 * filled > part->early &&
           width + 1 >= part->early && !cells_are_form(cells, width) &&
           table_left(&part->rule, cells, width) == LEFT_KINDS;
}

void part_release(struct grid_part *part)
{
    table_rule_release(&part->rule);
    free(part->columns);
    *part = (struct grid_part){0};
}
