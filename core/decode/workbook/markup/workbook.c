/* workbook.c: elements are known by their names and by what they stand in;
 * what stands between is no sheet. Prefixes are cut off already (xml.h). */
#include "workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "decode/table/grid.h"
#include "stored.h"

enum { ROWS = 1048576 };

void workbook_open(struct workbook *workbook)
{
    *workbook = (struct workbook){0};
    arena_init(&workbook->arena);
}

void workbook_release(struct workbook *workbook)
{
    styles_release(&workbook->styles);
    free(workbook->column_shown);
    buf_release(&workbook->visible);
    arena_release(&workbook->arena);
    *workbook = (struct workbook){0};
}

static void refuse(struct workbook *workbook, const char *text)
{
    struct err err;
    err_set(&err, EXIT_INPUT, "sheet %u, row %llu: %s", workbook->sheet,
            (unsigned long long)workbook->line, text);
    xml_fail(workbook->xml, &err);
}

/* A number from 1 to `most` that an attribute says, `none` where it says none.
 */
static unsigned number_of(const char *const *attributes, const char *name,
                          unsigned none, unsigned most)
{
    const char *text = xml_attribute(attributes, name);
    unsigned number = 0;
    if (text == NULL || !ascii_digit(*text))
        return none;
    for (; ascii_digit(*text) && number <= most; text++)
        number = number * 10 + (unsigned)(*text - '0');
    return number < most ? number : most;
}

static bool is_true(const char *const *attributes, const char *name)
{
    const char *text = xml_attribute(attributes, name);
    return text != NULL && strcmp(text, "1") == 0;
}

static struct found_table *found_sheet(const struct workbook *workbook)
{
    return workbook->found ? found_number(workbook->found, workbook->sheet)
                           : NULL;
}

static void start_sheet(struct workbook *workbook,
                        const char *const *attributes)
{
    const char *name = xml_attribute(attributes, "Name");
    workbook->sheet++;
    workbook->line = 0;
    workbook->column_count = 0;
    if (workbook->found == NULL)
        return;
    struct found_table *sheet = found_add(workbook->found, workbook->sheet, 0);
    if (sheet == NULL)
        refuse(workbook, "more than 10000 sheets" ERR_FIXED);
    else if (name != NULL && strlen(name) > GRID_NAME_BYTES)
        refuse(workbook, GRID_NAME_LONG);
    else if (name != NULL)
        buf_puts(&sheet->caption, name);
}

static void end_sheet(struct workbook *workbook)
{
    workbook->done = workbook->sheet;
}

/* The format of a style, for the columns from `first` on. */
static void set_columns(struct workbook *workbook, unsigned first,
                        unsigned count, const char *style)
{
    unsigned end = first + count;
    if (end > workbook->column_cap) {
        workbook->column_cap = 2 * end;
        workbook->column_shown =
            mem_resize(workbook->column_shown,
                       workbook->column_cap * sizeof *workbook->column_shown);
    }
    for (unsigned i = workbook->column_count; i < first; i++)
        workbook->column_shown[i] = (struct shown){0};
    for (unsigned i = first; i < end; i++)
        workbook->column_shown[i] = styles_find(&workbook->styles, style);
    workbook->column_count = end;
}

static void start_column(struct workbook *workbook,
                         const char *const *attributes)
{
    unsigned first = number_of(attributes, "Index", workbook->column_count + 1,
                               LINES_COLUMNS) -
                     1;
    unsigned count = 1 + number_of(attributes, "Span", 0, LINES_COLUMNS);
    struct found_table *sheet = found_sheet(workbook);
    if (first < workbook->column_count || first + count > LINES_COLUMNS)
        return;
    set_columns(workbook, first, count, xml_attribute(attributes, "StyleID"));
    if (sheet != NULL && is_true(attributes, "Hidden"))
        found_column(sheet, first, first + count - 1);
}

static void start_row(struct workbook *workbook, const char *const *attributes)
{
    uint64_t next = workbook->line + 1;
    const char *style = xml_attribute(attributes, "StyleID");
    workbook->line = number_of(attributes, "Index", (unsigned)next, ROWS + 1);
    workbook->span = number_of(attributes, "Span", 0, ROWS);
    workbook->next = 0;
    workbook->row_styled = style != NULL;
    workbook->row_shown = styles_find(&workbook->styles, style);
    if (workbook->line < next || workbook->line > ROWS)
        refuse(workbook,
               "rows are out of order, or more than a sheet has (1048576)");
    else if (workbook->lines != NULL)
        lines_begin(workbook->lines, workbook->sheet, workbook->line,
                    is_true(attributes, "Hidden"));
}

static void end_row(struct workbook *workbook)
{
    workbook->line += workbook->span;
    if (workbook->lines != NULL)
        lines_end(workbook->lines);
}

/* A cell is shown as its own style says, or its row's, or its column's. */
static struct shown shown_of(struct workbook *workbook,
                             const char *const *attributes)
{
    const char *style = xml_attribute(attributes, "StyleID");
    if (style != NULL)
        return styles_find(&workbook->styles, style);
    if (workbook->row_styled || workbook->column >= workbook->column_count)
        return workbook->row_shown;
    return workbook->column_shown[workbook->column];
}

static void add_area(struct workbook *workbook, const char *const *attributes)
{
    unsigned across = number_of(attributes, "MergeAcross", 0, LINES_COLUMNS);
    unsigned down = number_of(attributes, "MergeDown", 0, ROWS);
    struct found_table *sheet = found_sheet(workbook);
    workbook->next = workbook->column + across + 1;
    const struct grid_area area = {.top = workbook->line,
                                   .bottom = workbook->line + down,
                                   .left = workbook->column,
                                   .right = workbook->column + across};
    if (sheet != NULL && (across > 0 || down > 0))
        found_area(sheet, &area);
}

static void start_cell(struct workbook *workbook, const char *const *attributes)
{
    unsigned next = workbook->next;
    workbook->column =
        number_of(attributes, "Index", next + 1, 2 * LINES_COLUMNS) - 1;
    add_area(workbook, attributes);
    workbook->shown = shown_of(workbook, attributes);
    workbook->formula = xml_attribute(attributes, "Formula") != NULL;
    workbook->filled = false;
    workbook->writing = false;
    if (workbook->lines == NULL)
        return;
    if (workbook->column < next)
        lines_fault(workbook->lines, "cells are out of order");
    else if (workbook->column >= LINES_COLUMNS)
        lines_fault(workbook->lines, "more than 16384 cells");
    else {
        lines_cell(workbook->lines, workbook->column);
        workbook->writing = true;
    }
}

static void end_cell(struct workbook *workbook)
{
    if (!workbook->filled && workbook->writing) {
        if (workbook->formula)
            lines_doubt_value(workbook->lines, workbook->column,
                              &sheet_no_result, NULL);
        lines_cell_end(workbook->lines);
    }
    struct found_table *sheet = found_sheet(workbook);
    if (sheet != NULL)
        sheet->cells += workbook->filled;
    workbook->writing = false;
}

/* The first value has ended its cell, so another one has no place. */
static void start_data(struct workbook *workbook, const char *const *attributes)
{
    if (workbook->filled && workbook->writing) {
        lines_fault(workbook->lines, "a cell has more than one value");
        workbook->writing = false;
    }
    workbook->type = stored_type_of(xml_attribute(attributes, "Type"));
}

static void end_data(struct workbook *workbook)
{
    if (!workbook->writing || !workbook->filled)
        return;
    const struct stored stored = {.type = workbook->type,
                                  .shown = workbook->shown,
                                  .from_1904 = workbook->from_1904,
                                  .column = workbook->column};
    stored_end(&stored, workbook->lines, &workbook->arena);
}

/* What begins in what. */
static const struct {
    const char *name;
    void (*start)(struct workbook *workbook, const char *const *attributes);
    void (*end)(struct workbook *workbook);
} elements[ELEMENTS] = {
    [IN_BOOK] = {"Workbook", NULL, NULL},
    [IN_SHEET] = {"Worksheet", start_sheet, end_sheet},
    [IN_TABLE] = {"Table", NULL, NULL},
    [IN_ROW] = {"Row", start_row, end_row},
    [IN_CELL] = {"Cell", start_cell, end_cell},
    [IN_DATA] = {"Data", start_data, end_data},
};

/* What stands beside them. */
static void start_other(struct workbook *workbook, const char *name,
                        const char *const *attributes)
{
    const char *id = xml_attribute(attributes, "ID");
    const char *format = xml_attribute(attributes, "Format");
    if (workbook->in == IN_TABLE && strcmp(name, "Column") == 0)
        start_column(workbook, attributes);
    else if (workbook->in == IN_SHEET && strcmp(name, "Visible") == 0)
        workbook->in_visible = true;
    else if (workbook->in != IN_BOOK)
        return;
    else if (strcmp(name, "Style") == 0 && id != NULL &&
             !styles_add(&workbook->styles, id,
                         xml_attribute(attributes, "Parent")))
        refuse(workbook, "more than 65536 styles" ERR_FIXED);
    else if (strcmp(name, "NumberFormat") == 0 && format != NULL)
        styles_format(&workbook->styles, format);
    else if (strcmp(name, "Date1904") == 0)
        workbook->from_1904 = true;
}

static void hear_start(void *self, const char *name,
                       const char *const *attributes)
{
    struct workbook *workbook = self;
    enum element inner = workbook->in + 1;
    workbook->level++;
    if (inner == ELEMENTS)
        return;
    if (workbook->level != workbook->begun[workbook->in] + 1 ||
        strcmp(name, elements[inner].name) != 0) {
        start_other(workbook, name, attributes);
        return;
    }
    workbook->in = inner;
    workbook->begun[inner] = workbook->level;
    if (elements[inner].start != NULL)
        elements[inner].start(workbook, attributes);
}

static void end_visible(struct workbook *workbook)
{
    static const char hidden[] = "SheetHidden", very[] = "SheetVeryHidden";
    const char *text = buf_text(&workbook->visible);
    struct found_table *sheet = found_sheet(workbook);
    if (sheet != NULL)
        sheet->hidden = strcmp(text, hidden) == 0 || strcmp(text, very) == 0;
    buf_clear(&workbook->visible);
    workbook->in_visible = false;
}

static void hear_end(void *self, const char *name)
{
    struct workbook *workbook = self;
    enum element in = workbook->in;
    (void)name;
    if (in != IN_NOTHING && workbook->level == workbook->begun[in]) {
        if (elements[in].end != NULL)
            elements[in].end(workbook);
        workbook->in--;
    } else if (workbook->in_visible) {
        end_visible(workbook);
    }
    workbook->level--;
}

static void hear_text(void *self, const char *text, size_t len)
{
    enum { VISIBLE = 64 };
    struct workbook *workbook = self;
    if (workbook->in_visible && workbook->visible.len + len <= VISIBLE)
        buf_add(&workbook->visible, text, len);
    if (workbook->in != IN_DATA || len == 0)
        return;
    workbook->filled = true;
    if (!workbook->writing)
        return;
    if (lines_cell_len(workbook->lines) + len > workbook->max_cell)
        lines_fault(workbook->lines, workbook->too_long);
    else
        buf_add(&workbook->lines->text, text, len);
}

struct xml_listener workbook_listener(struct workbook *workbook)
{
    return (struct xml_listener){.start = hear_start,
                                 .end = hear_end,
                                 .text = hear_text,
                                 .self = workbook};
}
