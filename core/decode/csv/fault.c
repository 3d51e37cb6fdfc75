/* fault.c: is a row one that can be used?
 *
 * The masks have only said that something in the row, or near it, is no UTF-8;
 * here it is found byte by byte. A mark stands for what could not be read, and
 * while it does the row is not taken: it has not been corrected yet. */
#include <string.h>

#include "broken.h"
#include "corrected.h"
#include "decode/encoding/voices.h"
#include "decode/rejected.h"
#include "show.h"

/* Many of them are what a file holds that was not written to its end. */
static const char *name_nuls(struct csv_rows *rows, const char *at,
                             const char *end, const struct spot *spot)
{
    size_t count = 0;
    while (at + count < end && at[count] == '\0')
        count++;
    unsigned long long line = spot->line, column = spot->column;
    if (count == 1)
        return show_say(rows->arena, "NUL byte at line %llu, column %llu", line,
                        column);
    return show_say(rows->arena,
                    "%zu NUL bytes at line %llu, column %llu: the file was not "
                    "written whole; export it again",
                    count, line, column);
}

/* One row of another encoding among those of UTF-8 can be anywhere. */
static const char *name_looks(struct csv_rows *rows, const char *at, size_t len)
{
    enum { LOOK = 1024 };
    const char *looks = voices_of_line(at, len < LOOK ? len : LOOK);
    return looks != NULL
               ? show_say(rows->arena, ": the row looks like %s", looks)
               : "";
}

/* What is no text between two places, or NULL. */
static const char *find_bad(const struct input *input, struct csv_rows *rows,
                            size_t start, size_t stop)
{
    bool decoded = show_decoded(input);
    const char *at = rows->text + start, *end = rows->text + stop;
    while (at < end) {
        struct sign sign = show_sign(at, end, decoded);
        if (sign.bad) {
            struct spot spot =
                show_spot(input, rows->text + start,
                          (size_t)(at - rows->text) - start, rows->line);
            unsigned long long line = spot.line, column = spot.column;
            if (sign.byte == 0 && sign.len == 1)
                return name_nuls(rows, at, end, &spot);
            return show_say(
                rows->arena,
                "invalid %s (byte 0x%02X) at line %llu, column %llu%s",
                input->encoding, sign.byte, line, column,
                decoded ? ""
                        : name_looks(rows, rows->text + start, stop - start));
        }
        at += sign.len;
    }
    return NULL;
}

/* The row ends after so many of its cells. */
static void cut_row(struct csv_rows *rows, unsigned width)
{
    enum { KNOWN = sizeof rows->starts / sizeof *rows->starts };
    const char *text = rows->text + rows->start;
    size_t len = rows->end - rows->start, at = 0;
    if (width >= rows->width)
        return;
    if (width == 0) { /* a rejects file without a column of its own */
        rows->end = rows->start;
    } else if (rows->taken - width < KNOWN) {
        rows->end = rows->starts[width & 3] - 1;
    } else {
        for (unsigned i = 0; i < width; i++)
            at = csv_cell_end(&rows->grammar, text, len, at) + 1;
        rows->end = rows->start + at - 1;
    }
    rows->width = width;
}

/* Blank cells beyond the columns are none: the row ends before them. */
static void drop_blank_cells(struct csv_rows *rows, unsigned count)
{
    unsigned width = rows->width;
    while (width > count &&
           csv_is_blank(&rows->grammar, rows->cells[width - 1].text,
                        rows->cells[width - 1].len))
        width--;
    cut_row(rows, width);
}

/* In a rejects file, the row ends before the columns that we added. */
static void leave_ours_out(const struct input *input, struct csv_rows *rows,
                           struct row *row)
{
    unsigned count = show_columns(input);
    unsigned ours = REJECTED_COLUMNS + input->keyed, own = count;
    drop_blank_cells(rows, count + ours);
    if (rows->width > count + ours)
        own = rows->width - ours;
    row->carried = csv_carried(input, rows, own);
    cut_row(rows, own);
    csv_drop_marks(input, rows, rows->width);
}

/* Cells that are missing at the row's end are blank, as spreadsheets leave
 * them out, unless a line end has broken the row; but `_types` must be there.
 */
static const char *check_width(const struct input *input,
                               const struct csv_rows *rows)
{
    unsigned width = rows->width, count = show_columns(input);
    if (input->ragged || width == count)
        return NULL;
    if (width < count && !input->typed)
        return rows->broken;
    return show_say(rows->arena, "%u cell%s, the %s has %u", width,
                    width == 1 ? "" : "s", input->named ? "header" : "input",
                    count);
}

/* An escape at the input's end escapes nothing; shown, it would escape what
 * is put after it. */
static size_t without_loose_escape(const struct csv_rows *rows,
                                   const char *text, size_t len)
{
    size_t escapes = 0;
    while (rows->grammar.escape != '\n' && escapes < len &&
           text[len - 1 - escapes] == rows->grammar.escape)
        escapes++;
    return len - escapes % 2;
}

/* Why the row cannot be used, or NULL; *bad: it holds what is no text. */
static const char *find_fault(const struct input *input, struct csv_rows *rows,
                              bool *bad)
{
    const char *fault = NULL;
    *bad = false;
    if (rows->start < rows->bad_upto) {
        fault = find_bad(input, rows, rows->start, rows->end);
        *bad = fault != NULL;
    }
    if (fault == NULL && rows->width != show_columns(input))
        fault = check_width(input, rows);
    if (fault == NULL)
        fault = rows->escaped;
    if (fault == NULL && input->rejects_file)
        fault = csv_find_gap(rows);
    unsigned count = input->columns.count;
    if (fault == NULL && input->typed && rows->width > count &&
        !rejected_types(&rows->cells[count], count))
        fault = "its " REJECTED_TYPES " must say a letter for each cell";
    return fault;
}

/* Cells that are missing are blank. Those of a typed rejects file get back
 * what they were. */
static void complete(const struct input *input, struct csv_rows *rows,
                     struct row *row)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    unsigned count = input->columns.count;
    if (input->typed && rows->width > count)
        rejected_restore(rows->cells, count, &rows->cells[count], input->trim,
                         rows->arena);
    for (unsigned i = rows->width; i < count; i++)
        rows->cells[i] = blank;
    row->cells = rows->cells;
    row->count = count;
    row->width = rows->width > count ? rows->width - input->typed : rows->width;
}

void csv_check(const struct input *input, struct csv_rows *rows,
               struct row *row)
{
    bool bad;
    if (input->rejects_file)
        leave_ours_out(input, rows, row);
    if (rows->width > show_columns(input) && !input->ragged)
        drop_blank_cells(rows, show_columns(input));
    rows->broken = NULL;
    if (rows->width < show_columns(input))
        rows->broken = csv_find_broken(input, rows);
    row->origin = input->rejects_file ? csv_unmarked(input, rows)
                                      : origin_text(rows->text + rows->start,
                                                    rows->end - rows->start);
    const char *text = row->origin.text;
    size_t len = without_loose_escape(rows, text, row->origin.len);
    row->origin.len = (uint32_t)len;
    row->fault = find_fault(input, rows, &bad);
    rows->escaped = NULL;
    if (bad || rows->width < show_columns(input)) {
        buf_clear(&rows->scratch);
        show_clean(input, &rows->scratch, text, len);
        bool marked =
            row->fault != NULL && (input->typed || rows->broken != NULL);
        show_missing(input, rows, rows->width, marked ? REJECTED_MARK : "",
                     row);
    }
    complete(input, rows, row);
}
