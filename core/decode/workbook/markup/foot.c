/* foot.c: rows that wait lie in lines of their own, to which the tables write
 * meanwhile. */
#include "foot.h"

#include "tables.h"

static const struct found_foot *settled(const struct tables *tables,
                                        const struct table *table)
{
    return table->listed ? &found_number(tables->settled, table->number)->foot
                         : NULL;
}

static bool is_moved(const struct tables *tables, const struct table *table)
{
    const struct found_foot *foot = settled(tables, table);
    return foot != NULL && foot->below > 0;
}

void foot_begin(struct tables *tables, struct table *table)
{
    if (table->foot.top > 0)
        return;
    table->foot.top = table->layout.line + 1;
    table->in_foot = true;
    tables->feet++;
    if (is_moved(tables, table)) {
        tables->above = tables->lines;
        tables->lines = &tables->waiting;
    }
}

void foot_end(struct tables *tables, struct table *table)
{
    if (!table->in_foot)
        return;
    table->in_foot = false;
    table->foot.bottom = table->layout.line;
    tables->feet--;
    if (is_moved(tables, table))
        tables->lines = tables->above;
}

void foot_text(struct tables *tables, size_t len)
{
    if (tables->feet == 0)
        return;
    for (unsigned i = 0; i < tables->depth; i++)
        if (tables->open[i].in_foot)
            tables->open[i].foot.bytes += len;
}

/* A row of the table as it stands becomes one as it is shown. */
static uint64_t shown_line(const struct found_foot *foot, uint64_t line)
{
    uint64_t rows = foot->bottom - foot->top + 1;
    if (foot->below == 0 || line < foot->top)
        return line;
    return line <= foot->bottom ? line + foot->below : line - rows;
}

void foot_tell(const struct table *table, struct found_table *found)
{
    struct found_foot foot = table->foot;
    if (foot.top == 0 || foot.bottom < foot.top ||
        foot.bottom - foot.top >= FOOT_ROWS || foot.bytes > FOOT_BYTES)
        return;
    foot.below = table->layout.line - foot.bottom;
    found->foot = foot;
    for (unsigned i = 0; i < found->area_count; i++) {
        struct grid_area *area = &found->areas[i];
        area->top = shown_line(&foot, area->top);
        area->bottom = shown_line(&foot, area->bottom);
    }
}

void foot_put(struct tables *tables)
{
    lines_move(tables->lines, &tables->waiting);
}

uint64_t foot_line(const struct tables *tables, const struct table *table)
{
    const struct found_foot *foot = settled(tables, table);
    return foot != NULL ? shown_line(foot, table->layout.line)
                        : table->layout.line;
}
