/* put.c: the row's cells grow as columns come; the arena keeps what they were.
 */
#include "put.h"

#include <string.h>

static const struct value blank = {.text = "", .type = VALUE_TEXT};

void xlsx_put_fault(struct xlsx_row *row, const char *fault)
{
    if (row->fault == NULL)
        row->fault = fault;
}

void xlsx_put_room(struct xlsx_row *row, unsigned needed)
{
    struct value *cells = row->cells;
    unsigned cap = row->cap * 2 > needed ? row->cap * 2 : needed;
    row->cap = cap < XLSX_COLUMNS ? cap : XLSX_COLUMNS;
    row->cells = arena_alloc(row->arena, row->cap * sizeof *row->cells);
    if (row->filled > 0)
        memcpy(row->cells, cells, row->filled * sizeof *cells);
}

void xlsx_put_blanks(struct xlsx_row *row, unsigned count)
{
    if (count > row->cap)
        xlsx_put_room(row, count);
    for (unsigned i = row->filled; i < count; i++)
        row->cells[i] = blank;
    if (count > row->filled)
        row->filled = count;
}

static void add_doubt(struct xlsx_row *row, unsigned column,
                      const struct xlsx_said *said)
{
    if (row->doubt_count == row->doubt_cap) {
        struct grid_doubt *doubts = row->doubts;
        row->doubt_cap = row->doubt_cap * 2 + 4;
        row->doubts =
            arena_alloc(row->arena, row->doubt_cap * sizeof *row->doubts);
        if (row->doubt_count > 0)
            memcpy(row->doubts, doubts, row->doubt_count * sizeof *doubts);
    }
    row->doubts[row->doubt_count++] =
        (struct grid_doubt){.column = column,
                            .kind = said->doubt->kind,
                            .text = said->doubt->text,
                            .value = said->about};
}

static bool is_empty(const struct value *value)
{
    return value->type == VALUE_TEXT && value->len == 0;
}

/* A cell of a column that has one already is not lost without a word. */
static void put(struct xlsx_row *row, const struct xlsx_cell *cell,
                struct value value)
{
    unsigned column = cell->column;
    if (is_empty(&value))
        return;
    if (column < row->filled && !is_empty(&row->cells[column]))
        xlsx_put_fault(row, "two cells stand in one column");
    xlsx_put_blanks(row, column + 1);
    row->cells[column] = value;
    if (column >= row->width)
        row->width = column + 1;
}

void xlsx_put_cell(struct xlsx_row *row, const struct xlsx_cell *cell)
{
    struct xlsx_said said = {0};
    struct value value =
        xlsx_cell_value(cell, row->book, row->arena, &row->scratch, &said);
    put(row, cell, value);
    if (said.unready)
        xlsx_put_unready(row, cell->column);
    if (said.fault != NULL)
        xlsx_put_fault(row, said.fault);
    if (said.doubt != NULL) {
        xlsx_put_blanks(row, cell->column + 1);
        add_doubt(row, cell->column, &said);
    }
}
