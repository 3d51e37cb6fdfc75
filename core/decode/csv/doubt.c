/* doubt.c: what is doubtful in a row that can be used. */
#include "decode/table/left.h"
#include "decode/table/unwrap.h"
#include "rows.h"

static void warn_unwrapped(const struct input *input, struct csv_rows *rows)
{
    const unsigned *cells = (const unsigned *)(const void *)rows->unwrapped.at;
    size_t count = rows->unwrapped.len / sizeof *cells;
    for (size_t i = 0; i < count; i++)
        if (cells[i] < input->columns.count)
            warn(&rows->warnings, WARNING_EXCEL,
                 input->columns.all[cells[i]].name, &rows->cells[cells[i]],
                 UNWRAP_TEXT);
}

static void warn_cut(const struct input *input, struct csv_rows *rows,
                     const struct row *row)
{
    unsigned count = input->columns.count;
    for (unsigned i = count; i < row->width; i++)
        if (rows->cells[i].len > 0) {
            warn(&rows->warnings, WARNING_CUT, "", &rows->cells[i],
                 "%u cells, the %s has %u: this one, or more, is left out",
                 row->width, input->named ? "header" : "input", count);
            return;
        }
}

static void warn_footer(const struct input *input, struct csv_rows *rows)
{
    unsigned count = input->columns.count;
    unsigned width = rows->width < count ? rows->width : count;
    unsigned column;
    const char *text = table_doubt(rows->cells, width, &column);
    if (text != NULL)
        warn(&rows->warnings, WARNING_TOTAL, input->columns.all[column].name,
             &rows->cells[column], "%s", text);
}

void csv_doubt(const struct input *input, struct csv_rows *rows, bool last,
               struct row *row)
{
    bool unended = last && input->ends_lines;
    bool cut = row->width > input->columns.count && !input->spec.as_is;
    if (row->fault != NULL)
        return;
    warnings_clear(&rows->warnings);
    rows->warnings.arena = rows->arena;
    warn_unwrapped(input, rows);
    if (!input->spec.as_is)
        warn_footer(input, rows);
    if (cut)
        warn_cut(input, rows, row);
    if (rows->broken != NULL)
        warn(&rows->warnings, WARNING_CUT, "", NULL, "%s", rows->broken);
    if (unended)
        warn(&rows->warnings, WARNING_CUT, "", NULL,
             "the last line has no line end, as the last export had: it may "
             "be cut off");
    if (rows->warnings.count > 0)
        row->warnings = &rows->warnings;
}
