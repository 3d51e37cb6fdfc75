/* layout.c: only cells that span rows are remembered, each column by the last
 * row that it is taken up to. */
#include "layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "lines.h"

void layout_release(struct layout *layout)
{
    free(layout->until);
    *layout = (struct layout){0};
}

void layout_clear(struct layout *layout)
{
    layout->line = layout->taken_until = 0;
    layout->column = layout->count = 0;
}

void layout_row(struct layout *layout)
{
    layout->line++;
    layout->column = 0;
}

void layout_cut(struct layout *layout)
{
    layout->taken_until = 0;
    layout->count = 0;
}

/* Columns beyond all that a row may have are not told apart. */
static void take_up(struct layout *layout, unsigned first, unsigned end,
                    uint64_t line)
{
    end = end < LINES_COLUMNS ? end : LINES_COLUMNS;
    if (end > layout->cap) {
        layout->cap = 2 * end;
        layout->until =
            mem_resize(layout->until, layout->cap * sizeof *layout->until);
    }
    while (layout->count < end)
        layout->until[layout->count++] = 0;
    for (unsigned i = first; i < end; i++)
        layout->until[i] = line;
}

static unsigned bound(unsigned span, unsigned least, unsigned most)
{
    return span < least ? least : span > most ? most : span;
}

enum { MANY = 64 };

/* So many columns at the row's begin are taken up, and by which row all of them
 * still are: other rows do not ask each one. */
static void remember(struct layout *layout, unsigned count)
{
    layout->taken = count;
    layout->taken_until = layout->until[0];
    for (unsigned i = 1; i < count; i++)
        if (layout->until[i] < layout->taken_until)
            layout->taken_until = layout->until[i];
}

struct grid_area layout_cell(struct layout *layout, unsigned columns,
                             unsigned rows)
{
    unsigned first = layout->column;
    columns = bound(columns, 1, LAYOUT_COLSPAN);
    rows = rows == 0 ? LAYOUT_ROWSPAN : bound(rows, 1, LAYOUT_ROWSPAN);
    if (first == 0 && layout->line <= layout->taken_until)
        first = layout->taken;
    while (first < layout->count && layout->until[first] >= layout->line)
        first++;
    if (layout->column == 0 && first > MANY &&
        layout->line > layout->taken_until)
        remember(layout, first);
    if (first < LINES_COLUMNS)
        layout->column = first + columns;
    uint64_t bottom = layout->line + rows - 1;
    if (rows > 1)
        take_up(layout, first, first + columns, bottom);
    return (struct grid_area){.top = layout->line,
                              .bottom = bottom,
                              .left = first,
                              .right = first + columns - 1};
}
