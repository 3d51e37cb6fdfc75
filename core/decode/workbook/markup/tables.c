/* tables.c: tables nest, so they lie on a stack. A tag that cannot be where it
 * stands ends what keeps it from being there, as browsers have it: a row ends
 * the cell before it, a table that begins outside of a cell the table before
 * it. */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

#include "clean.h"
#include "decode/workbook/sheet/format.h"
#include "html.h"
#include "tag.h"

void tables_release(struct tables *tables)
{
    for (unsigned i = 0; i < tables->cap; i++)
        layout_release(&tables->open[i].layout);
    free(tables->open);
    lines_release(&tables->waiting);
    *tables = (struct tables){0};
}

struct table *tables_top(const struct tables *tables)
{
    return tables->depth > 0 ? &tables->open[tables->depth - 1] : NULL;
}

static struct found_table *found_of(const struct tables *tables,
                                    const struct table *table)
{
    return tables->found ? found_number(tables->found, table->number) : NULL;
}

static bool is_listed(const struct tables *tables, unsigned number)
{
    const struct found_table *table =
        tables->settled ? found_number(tables->settled, number) : NULL;
    return table != NULL && !table->layout && !table->inner;
}

static struct table *push(struct tables *tables)
{
    if (tables->depth == tables->cap) {
        unsigned cap = tables->cap > 0 ? 2 * tables->cap : 4;
        tables->open = mem_resize(tables->open, cap * sizeof *tables->open);
        memset(tables->open + tables->cap, 0,
               (cap - tables->cap) * sizeof *tables->open);
        tables->cap = cap;
    }
    struct table *table = &tables->open[tables->depth++];
    tables->steps++;
    struct layout layout = table->layout;
    layout_clear(&layout);
    *table = (struct table){.number = ++tables->begun, .layout = layout};
    return table;
}

void tables_begin(struct tables *tables, bool hidden)
{
    const struct table *top = tables_top(tables);
    while (top != NULL && !top->in_cell) {
        tables_end(tables);
        top = tables_top(tables);
    }
    unsigned parent = top ? top->number : 0;
    struct table *table = push(tables);
    table->listed = is_listed(tables, table->number);
    if (tables->found != NULL) {
        struct found_table *found =
            found_add(tables->found, table->number, parent);
        if (found != NULL)
            found->hidden = hidden;
    }
    if (tables->writing)
        cell_block(&tables->cell);
}

static void tell(struct tables *tables, const struct table *table)
{
    struct found_table *found = found_of(tables, table);
    if (found == NULL)
        return;
    found->rows = table->rows;
    found->cells = table->cells;
    found->width = table->width;
    foot_tell(table, found);
}

void tables_end(struct tables *tables)
{
    struct table *table = tables_top(tables);
    if (table == NULL)
        return;
    tables_group(tables, false, false);
    tell(tables, table);
    if (table->listed) {
        foot_put(tables);
        tables->done = table->number;
    }
    tables->depth--;
    tables->steps++;
    if (tables->writing)
        cell_block(&tables->cell);
}

void tables_tell_cut(struct tables *tables)
{
    for (unsigned i = 0; i < tables->depth; i++)
        if (tables->open[i].listed)
            lines_doubt_last(tables->lines, WARNING_CUT,
                             "the page ends before its table does: is it "
                             "whole?");
}

void tables_end_all(struct tables *tables)
{
    while (tables->depth > 0)
        tables_end(tables);
}

/* No cell spans rows beyond its group. */
static void cut_areas(struct tables *tables, struct table *table)
{
    struct found_table *found = found_of(tables, table);
    layout_cut(&table->layout);
    if (found == NULL)
        return;
    for (unsigned i = table->group_area; i < found->area_count; i++)
        if (found->areas[i].bottom > table->layout.line)
            found->areas[i].bottom = table->layout.line;
    table->group_area = found->area_count;
}

void tables_group(struct tables *tables, bool hidden, bool foot)
{
    struct table *table = tables_top(tables);
    if (table == NULL)
        return;
    tables_row_end(tables);
    cut_areas(tables, table);
    foot_end(tables, table);
    table->group_hidden = hidden;
    if (foot)
        foot_begin(tables, table);
}

void tables_row(struct tables *tables, bool hidden)
{
    if (tables->depth == 0)
        tables_begin(tables, false);
    tables_row_end(tables);
    struct table *table = tables_top(tables);
    tables->steps++;
    table->in_row = true;
    table->row_filled = false;
    layout_row(&table->layout);
    if (table->listed)
        lines_begin(tables->lines, table->number, foot_line(tables, table),
                    hidden || table->group_hidden);
    else if (tables->writing)
        cell_block(&tables->cell);
}

void tables_row_end(struct tables *tables)
{
    struct table *table = tables_top(tables);
    if (table == NULL || !table->in_row)
        return;
    tables_cell_end(tables);
    table->in_row = false;
    table->rows += table->row_filled;
    if (table->listed)
        lines_end(tables->lines);
}

static void keep_exact(struct tables *tables, const char *const *attributes)
{
    const char *exact = html_attribute(attributes, "x:num");
    if (exact == NULL || *exact == '\0')
        exact = html_attribute(attributes, "sdval");
    tables->exact[0] = '\0';
    if (exact != NULL && strlen(exact) < sizeof tables->exact)
        memcpy(tables->exact, exact, strlen(exact) + 1);
}

static void begin_listed(struct tables *tables, const struct table *table,
                         const char *const *attributes)
{
    if (table->column >= LINES_COLUMNS) {
        lines_fault(tables->lines, "more than 16384 cells");
        return;
    }
    lines_cell(tables->lines, table->column);
    cell_begin(&tables->cell, &tables->lines->text, tables->max_cell);
    keep_exact(tables, attributes);
    tables->writing = true;
    tables->hid = false;
}

void tables_cell(struct tables *tables, const char *const *attributes)
{
    struct table *table = tables_top(tables);
    if (table == NULL || !table->in_row)
        tables_row(tables, false);
    tables_cell_end(tables);
    table = tables_top(tables);
    struct grid_area area =
        layout_cell(&table->layout, tag_number(attributes, "colspan"),
                    tag_number(attributes, "rowspan"));
    struct found_table *found = found_of(tables, table);
    if (found != NULL && (area.bottom > area.top || area.right > area.left))
        found_area(found, &area);
    tables->steps++;
    table->in_cell = true;
    table->cell_filled = false;
    table->column = area.left;
    if (table->listed)
        begin_listed(tables, table, attributes);
    else if (tables->writing)
        cell_blank(&tables->cell);
}

/* 1.23457E+13, or ##### where the column is narrow. */
static bool is_rounded(const char *text, size_t len)
{
    size_t hashes = 0, others = 0;
    bool exponent = false;
    for (size_t i = 0; i < len; i++) {
        hashes += text[i] == '#';
        exponent |= i > 0 && (text[i] == 'E' || text[i] == 'e');
        others += strchr("0123456789.,+-Ee", text[i]) == NULL;
    }
    return len > 0 && (hashes == len || (exponent && others == 0));
}

/* The digits of a number that the cell shows rounded. */
static void take_exact(struct tables *tables, unsigned column)
{
    char digits[SHOWN_MAX];
    bool integer;
    struct buf *text = &tables->lines->text;
    size_t len = lines_cell_len(tables->lines);
    if (tables->exact[0] == '\0' ||
        !is_rounded(lines_cell_text(tables->lines), len))
        return;
    size_t count =
        shown_digits(tables->exact, strlen(tables->exact), digits, &integer);
    if (count == 0)
        return;
    if (lines_cell_text(tables->lines)[0] == '#')
        lines_doubt(tables->lines, column, WARNING_EXCEL,
                    "the page shows #####, as the column was too narrow; its "
                    "number stands here, which may be a date's");
    text->len -= len;
    buf_add(text, digits, count);
}

static void mend(struct tables *tables)
{
    struct clean_faults faults = {0};
    struct lines *lines = tables->lines;
    size_t len = lines_cell_len(lines);
    lines->text.len -= len;
    lines->text.len +=
        clean_mend(lines->text.at + lines->text.len, len, &faults);
    tables->cell.too_long |= faults.cut;
    if (faults.bad)
        lines_bad_byte(lines, faults.first);
}

static void end_listed(struct tables *tables, const struct table *table)
{
    if (!tables->writing)
        return;
    tables->writing = false;
    if (*tables->marked)
        mend(tables);
    take_exact(tables, table->column);
    if (tables->cell.too_long)
        lines_fault(tables->lines, tables->too_long);
    if (tables->hid)
        lines_doubt(tables->lines, table->column, WARNING_INVISIBLE,
                    "text that the page hides is left out");
    lines_cell_end(tables->lines);
}

void tables_cell_end(struct tables *tables)
{
    struct table *table = tables_top(tables);
    if (table == NULL || !table->in_cell)
        return;
    table->in_cell = false;
    if (table->listed)
        end_listed(tables, table);
    if (!table->cell_filled)
        return;
    table->cells++;
    table->row_filled = true;
    if (table->column >= table->width)
        table->width = table->column + 1;
}

void tables_columns(struct tables *tables, unsigned count, bool hidden)
{
    struct table *table = tables_top(tables);
    if (table == NULL || count == 0 || table->columns >= LINES_COLUMNS)
        return;
    count = count < LAYOUT_COLSPAN ? count : LAYOUT_COLSPAN;
    struct found_table *found = found_of(tables, table);
    if (hidden && found != NULL)
        found_column(found, table->columns, table->columns + count - 1);
    table->columns += count;
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] > ' ')
            return false;
    return true;
}

void tables_text(struct tables *tables, const char *text, size_t len)
{
    struct table *table = tables_top(tables);
    if (table != NULL && table->in_cell && !table->cell_filled)
        table->cell_filled = !is_blank(text, len);
    foot_text(tables, len);
    if (tables->writing)
        cell_text(&tables->cell, text, len);
}
