/* rows.c: the reader of XML rests at each row's end, so that rows are handed
 * out as they come, each in the memory of who asks for it. A row that stands
 * many times is kept, and copied as often; one that is blank is only counted.
 */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "decode/table/hidden.h"
#include "line.h"
#include "stream.h"
#include "where.h"

/* Cells that a sheet may have beyond those that are written. */
enum { REPEATED_MAX = 64 << 20 };

struct ods_rows {
    struct ods *ods;
    struct ods_stream stream;
    struct ods_where where;
    unsigned wanted; /* the sheet that is read */
    bool ended;      /* and has ended */
    bool complete;   /* a row has */
    uint64_t number; /* of the row that began last, from 1 */
    uint32_t repeat; /* of it */
    struct ods_cell cell;
    char too_long[64]; /* a fault's text */
    struct ods_line line;
    struct arena *arena; /* of the row that is asked for */
    struct arena kept;   /* of one that stands many times */
    struct grid_row again;
    uint32_t left;    /* so many times more */
    bool begun;       /* the sheet's first row was read */
    bool ahead;       /* and that before it was asked for */
    uint64_t repeats; /* cells that were not written */
    struct hidden hidden;
    uint32_t column;
};

struct ods_rows *ods_rows_new(struct ods *ods)
{
    struct ods_rows *rows = mem_zero(1, sizeof *rows);
    rows->ods = ods;
    rows->cell.max = ods->max_cell;
    snprintf(rows->too_long, sizeof rows->too_long,
             "a cell is longer than %zu bytes (max_cell)", ods->max_cell);
    arena_init(&rows->kept);
    return rows;
}

void ods_rows_free(struct ods_rows *rows)
{
    if (rows == NULL)
        return;
    ods_stream_close(&rows->stream);
    ods_cell_release(&rows->cell);
    ods_line_release(&rows->line);
    arena_release(&rows->kept);
    free(rows);
}

static void fail(struct ods_rows *rows, const char *what)
{
    struct err err;
    err_set(&err, EXIT_INPUT, "row %llu: %s", (unsigned long long)rows->number,
            what);
    xml_fail(rows->stream.xml, &err);
}

static bool is_unseen(const char *const *attributes)
{
    const char *said = xml_attribute(attributes, "visibility");
    return said != NULL && strcmp(said, "visible") != 0;
}

static void begin_row(struct ods_rows *rows, const char *const *attributes)
{
    const char *repeat = xml_attribute(attributes, "number-rows-repeated");
    rows->number++;
    rows->repeat = repeat ? ods_count(repeat) : 1;
    ods_line_clear(&rows->line);
    rows->line.hidden = is_unseen(attributes);
}

static void take_column(struct ods_rows *rows, const char *const *attributes)
{
    const char *repeat = xml_attribute(attributes, "number-columns-repeated");
    uint32_t count = repeat ? ods_count(repeat) : 1;
    if (rows->column > ODS_COLUMNS)
        return;
    if (is_unseen(attributes))
        hidden_add(&rows->hidden, rows->column, rows->column + count - 1);
    rows->column += count;
}

static void take_inline(struct ods_rows *rows, const char *name,
                        const char *const *attributes)
{
    if (strcmp(name, "s") == 0) {
        const char *count = xml_attribute(attributes, "c");
        ods_cell_put(&rows->cell, ' ', count ? ods_count(count) : 1);
    } else if (strcmp(name, "line-break") == 0) {
        ods_cell_put(&rows->cell, '\n', 1);
    } else if (strcmp(name, "tab") == 0) {
        ods_cell_put(&rows->cell, '\t', 1);
    }
}

static void on_start(void *self, const char *name,
                     const char *const *attributes)
{
    struct ods_rows *rows = self;
    if (!ods_enter(&rows->where, name, attributes)) {
        if (rows->where.level == ODS_CELL &&
            rows->where.skipped == rows->where.depth &&
            strcmp(name, "table") == 0)
            rows->line.fault =
                "a cell of it holds a table, which is not read: put what that "
                "holds into cells of the sheet";
        return;
    }
    switch (rows->where.level) {
    case ODS_CELL:
        ods_cell_begin(&rows->cell, attributes);
        rows->cell.covered = name[0] == 'c';
        break;
    case ODS_LINE:
        if (name[0] == 'p' && name[1] == '\0')
            ods_cell_line(&rows->cell);
        else
            take_inline(rows, name, attributes);
        break;
    case ODS_ROW:
        begin_row(rows, attributes);
        break;
    case ODS_SHEET:
        if (strcmp(name, "table-column") == 0)
            take_column(rows, attributes);
        else if (strcmp(name, "table") == 0 &&
                 rows->where.sheets != rows->wanted + 1)
            ods_skip(&rows->where);
        break;
    default:
        break;
    }
}

static void on_text(void *self, const char *text, size_t len)
{
    struct ods_rows *rows = self;
    if (rows->where.level == ODS_LINE && rows->where.skipped == 0)
        ods_cell_text(&rows->cell, text, len);
}

static struct value shown_error(const struct ods_rows *rows)
{
    enum { LONGEST = 20 };
    size_t len = rows->cell.text.len;
    if (len == 0 || len > LONGEST)
        return (struct value){0};
    return value_text(
        memcpy(arena_alloc(rows->arena, len), rows->cell.text.at, len), len);
}

static void end_cell(struct ods_rows *rows)
{
    const struct ods_cell *cell = &rows->cell;
    struct value value = {0};
    const struct sheet_doubt *doubt = NULL;
    if (!cell->covered)
        value = ods_cell_value(cell, rows->arena, &doubt);
    if (cell->too_long)
        rows->line.fault = rows->too_long;
    if (doubt != NULL)
        ods_line_doubt(&rows->line, doubt, shown_error(rows));
    if (value.type != VALUE_NIL)
        rows->repeats += cell->repeat - 1;
    ods_line_add(&rows->line, value, cell->repeat);
}

/* Rests where the row holds anything. */
static void end_row(struct ods_rows *rows)
{
    uint64_t more = rows->repeat - 1;
    if (ods_line_is_blank(&rows->line)) {
        rows->number += more;
        return;
    }
    rows->repeats += more * rows->line.width;
    if (more > 0 && rows->number + more > ODS_ROWS)
        fail(rows, "it is repeated beyond a sheet's last row (1 048 576)");
    else if (rows->repeats > REPEATED_MAX)
        fail(rows, "more than 67 108 864 cells of the sheet are repeated "
                   "ones" ERR_FIXED);
    rows->complete = true;
    xml_pause(rows->stream.xml);
}

static void on_end(void *self, const char *name)
{
    struct ods_rows *rows = self;
    (void)name;
    switch (ods_leave(&rows->where)) {
    case ODS_CELL:
        end_cell(rows);
        break;
    case ODS_ROW:
        end_row(rows);
        break;
    case ODS_SHEET:
        rows->ended = true;
        xml_pause(rows->stream.xml);
        break;
    default:
        break;
    }
}

/* A sheet that comes later in the document is read on to. */
bool ods_rows_begin(struct ods_rows *rows, unsigned sheet, struct err *err)
{
    const struct xml_listener listener = {on_start, on_end, on_text, rows};
    const struct ods *ods = rows->ods;
    bool further =
        rows->stream.xml != NULL && rows->ended && sheet >= rows->where.sheets;
    rows->wanted = sheet;
    rows->ended = rows->complete = false;
    rows->number = rows->repeats = 0;
    rows->left = rows->column = 0;
    rows->hidden = (struct hidden){0};
    rows->begun = rows->ahead = false;
    if (further)
        return true;
    ods_stream_close(&rows->stream);
    rows->where = (struct ods_where){0};
    bool good = ods_stream_open(&rows->stream, ods->source, ods->zip,
                                ods->content, &listener, err);
    rows->stream.plain = ods->plain;
    return good;
}

/* Up to the end of a row, or of the sheet; its texts go to the arena. */
static bool read_row(struct ods_rows *rows, struct arena *arena,
                     struct err *err)
{
    rows->arena = arena;
    rows->complete = false;
    rows->begun = true;
    while (!rows->complete && !rows->ended && !rows->stream.ended)
        if (!ods_stream_step(&rows->stream, err))
            return false;
    return true;
}

/* The row that stands in the line, as often as it does. */
static void hand_out(struct ods_rows *rows, struct arena *arena,
                     struct grid_row *row)
{
    rows->left = rows->repeat - 1;
    ods_line_copy(&rows->line, rows->ahead, arena, row);
    row->line = rows->number;
    if (rows->left > 0) {
        arena_reset(&rows->kept);
        ods_row_copy(row, &rows->kept, &rows->again);
    }
}

enum step ods_rows_next(struct ods_rows *rows, struct arena *arena,
                        struct grid_row *row, struct err *err)
{
    if (rows->left > 0) {
        rows->left--;
        ods_row_copy(&rows->again, arena, row);
        row->line = ++rows->number;
        return STEP_ITEM;
    }
    if (!rows->ahead && !read_row(rows, arena, err))
        return STEP_FAIL;
    if (rows->complete)
        hand_out(rows, arena, row);
    rows->ahead = false;
    return rows->complete ? STEP_ITEM : STEP_END;
}

/* Columns stand before rows. What fails here fails again when it is asked for
 * rows. */
bool ods_rows_hides(struct ods_rows *rows, unsigned column)
{
    struct err unsaid;
    if (!rows->begun) {
        arena_reset(&rows->kept);
        rows->ahead = read_row(rows, &rows->kept, &unsaid);
    }
    return hidden_has(&rows->hidden, column);
}

uint64_t ods_rows_taken(const struct ods_rows *rows)
{
    return ods_stream_taken(&rows->stream);
}
