/* cells.c: a kind of record a function; the table is by the low byte of their
 * types, in which no two kinds are the same. */
#include "cells.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bytes.h"
#include "decode/workbook/sheet/doubt.h"

/* A cell, and what of its record comes after its place and its looks. */
struct cell {
    const struct xls_record *record;
    unsigned column;
    unsigned skip; /* bytes of the record before what comes after */
    struct shown shown;
    struct err *err;
};

static bool damaged(const struct xls_row *row, const struct cell *cell)
{
    return err_set(cell->err, EXIT_INPUT,
                   "it is damaged in row %u, column %u: a record of type "
                   "0x%04X has %u bytes; export it once more",
                   row->number + 1, cell->column + 1, cell->record->type,
                   cell->record->len);
}

static bool too_wide(const struct xls_row *row, const struct cell *cell)
{
    return err_set(cell->err, EXIT_INPUT,
                   "it is damaged in row %u: cells stand beyond column %d, the "
                   "last of such a sheet; export it once more",
                   row->number + 1, XLS_COLUMNS);
}

static void put(struct xls_row *row, unsigned column, struct value value)
{
    row->cells[column] = value;
    if (column >= row->width)
        row->width = column + 1;
}

static void doubt(struct xls_row *row, unsigned column, const char *value,
                  const struct sheet_doubt *said)
{
    if (row->doubt_count == XLS_COLUMNS)
        return;
    row->doubts[row->doubt_count++] =
        (struct grid_doubt){.column = column,
                            .kind = said->kind,
                            .text = said->text,
                            .value = value ? value_text(value, strlen(value))
                                           : (struct value){.type = VALUE_NIL}};
}

/* Whole numbers need no format's help. */
static void put_number(struct xls_row *row, const struct cell *cell,
                       double number)
{
    const double exact = 1e15;
    struct value value;
    if (!isfinite(number)) {
        doubt(row, cell->column, NULL, &sheet_no_number);
        return;
    }
    if (cell->shown.kind == SHOWN_NUMBER && fabs(number) < exact &&
        (double)(int64_t)number == number)
        value = (struct value){.integer = (int64_t)number, .type = VALUE_INT};
    else
        value =
            shown_value(number, cell->shown, row->book->from_1904, row->arena);
    put(row, cell->column, value);
}

static void put_text(struct xls_row *row, unsigned column, const char *text,
                     size_t len)
{
    if (len == 0)
        return;
    char *kept = arena_alloc(row->arena, len);
    memcpy(kept, text, len);
    put(row, column, value_text(kept, len));
}

static void put_error(struct xls_row *row, unsigned column, unsigned code)
{
    static const struct {
        unsigned char code;
        const char *name;
    } errors[] = {
        {0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0F, "#VALUE!"}, {0x17, "#REF!"},
        {0x1D, "#NAME?"}, {0x24, "#NUM!"},   {0x2A, "#N/A"},
    };
    const char *name = "#ERROR";
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (errors[i].code == code)
            name = errors[i].name;
    doubt(row, column, name, &sheet_error);
}

/* A number of 30 bits: the upper ones of a double, or whole; of either the
 * hundredth part. */
static double rk_number(uint32_t rk)
{
    enum { HUNDREDTH = 1, WHOLE = 2 };
    double number;
    if ((rk & WHOLE) != 0) {
        int32_t whole = (int32_t)(rk & ~UINT32_C(3)) / 4;
        number = (double)whole;
    } else {
        uint64_t bits = (uint64_t)(rk & ~UINT32_C(3)) << 32;
        memcpy(&number, &bits, sizeof number);
    }
    return (rk & HUNDREDTH) != 0 ? number / 100 : number;
}

static bool take_integer(struct xls_row *row, struct cell *cell)
{
    put_number(row, cell, xls_u16(cell->record->at + cell->skip));
    return true;
}

static bool take_number(struct xls_row *row, struct cell *cell)
{
    put_number(row, cell, xls_double(cell->record->at + cell->skip));
    return true;
}

static bool take_rk(struct xls_row *row, struct cell *cell)
{
    put_number(row, cell, rk_number(xls_u32(cell->record->at + cell->skip)));
    return true;
}

/* Row, first column, then an XF and a number for each, then the last column. */
static bool take_rks(struct xls_row *row, struct cell *cell)
{
    enum { HEAD = 4, EACH = 6, TAIL = 2 };
    unsigned count = (cell->record->len - (unsigned)(HEAD + TAIL)) / EACH;
    const unsigned char *at = cell->record->at + HEAD;
    if (count > XLS_COLUMNS - cell->column)
        return too_wide(row, cell);
    for (; count > 0; count--, at += EACH, cell->column++) {
        cell->shown = xls_shown_cell(&row->book->formats, xls_u16(at));
        put_number(row, cell, rk_number(xls_u32(at + 2)));
    }
    return true;
}

static bool take_truth(struct xls_row *row, struct cell *cell)
{
    const unsigned char *at = cell->record->at + cell->skip;
    if (at[1] != 0)
        put_error(row, cell->column, at[0]);
    else
        put(row, cell->column,
            (struct value){.truth = at[0] != 0, .type = VALUE_BOOL});
    return true;
}

/* A row with a text that cannot be read is not used. */
static void note_unread(struct xls_row *row, unsigned column, unsigned unread)
{
    enum { MAX = 80 };
    char *text = arena_alloc(row->arena, MAX);
    snprintf(text, MAX, "column %u: byte 0x%02X is no character of %s",
             column + 1, unread & 0xFF, row->book->text.encoding);
    row->fault = text;
}

/* A text, behind its length of one byte or two. */
static bool take_text(struct xls_row *row, const struct cell *cell,
                      const struct xls_record *record, unsigned skip, bool two)
{
    struct xls_book *book = row->book;
    struct xls_bytes bytes;
    unsigned char count[2] = {0};
    unsigned unread;
    buf_clear(&book->scratch);
    xls_bytes_open(&bytes, &book->records, record, skip, cell->err);
    if (!xls_bytes_take(&bytes, count, two ? 2 : 1) ||
        !xls_text_take(&book->text, &bytes, xls_u16(count), &book->scratch,
                       &unread))
        return !bytes.failed && damaged(row, cell);
    put_text(row, cell->column, book->scratch.at, book->scratch.len);
    if (unread != 0 && row->fault == NULL)
        note_unread(row, cell->column, unread);
    return true;
}

static bool take_label(struct xls_row *row, struct cell *cell)
{
    bool two = cell->record->type >> 8 != 0 || cell->skip == 6;
    return take_text(row, cell, cell->record, cell->skip, two);
}

static bool take_shared(struct xls_row *row, struct cell *cell)
{
    const struct xls_strings *strings = &row->book->strings;
    uint32_t at = xls_u32(cell->record->at + cell->skip);
    size_t len;
    if (at >= strings->count)
        return err_set(cell->err, EXIT_INPUT,
                       "it is damaged in row %u, column %u: there is no text "
                       "number %u; export it once more",
                       row->number + 1, cell->column + 1, at);
    const char *text = xls_string(strings, at, &len);
    put_text(row, cell->column, text, len);
    return true;
}

/* The text of a formula's result stands in a record behind it; between them
 * may be how the formula is shared, and more of that. */
static bool take_result_text(struct xls_row *row, struct cell *cell)
{
    enum { STRING = 0x07, CONTINUE = 0x3C };
    struct xls_records *records = &row->book->records;
    struct xls_record record;
    enum step step;
    while ((step = xls_record_next(records, &record, cell->err)) == STEP_ITEM) {
        unsigned low = record.type & 0xFF;
        if (record.type == STRING || record.type == 0x207)
            return take_text(row, cell, &record, 0, record.type != STRING);
        if (record.type != 0x4BC && record.type != CONTINUE &&
            !((low == 0x21 || low == 0x36 || low == 0x37) &&
              record.type >> 8 <= 2))
            break;
    }
    if (step == STEP_FAIL)
        return false;
    if (step == STEP_ITEM)
        xls_record_back(records, &record);
    doubt(row, cell->column, NULL, &sheet_no_result);
    return true;
}

/* Eight bytes: a number, or what is none of those that are meant as numbers. */
static bool take_formula(struct xls_row *row, struct cell *cell)
{
    enum { TEXT, TRUTH, ERROR, EMPTY, AT_VALUE = 2, AT_MARK = 6 };
    const unsigned char *at = cell->record->at + cell->skip;
    if (xls_u16(at + AT_MARK) != 0xFFFF) {
        put_number(row, cell, xls_double(at));
        return true;
    }
    switch (at[0]) {
    case TEXT:
        return take_result_text(row, cell);
    case TRUTH:
        put(row, cell->column,
            (struct value){.truth = at[AT_VALUE] != 0, .type = VALUE_BOOL});
        return true;
    case ERROR:
        put_error(row, cell->column, at[AT_VALUE]);
        return true;
    case EMPTY:
        return true;
    default:
        doubt(row, cell->column, NULL, &sheet_no_result);
        return true;
    }
}

static const struct kind {
    uint8_t least; /* bytes after what tells the cell's place and looks */
    bool (*take)(struct xls_row *row, struct cell *cell);
} kinds[256] = {
    [0x02] = {2, take_integer}, [0x03] = {8, take_number},
    [0x04] = {1, take_label},   [0x05] = {2, take_truth},
    [0x06] = {8, take_formula}, [0x7E] = {4, take_rk},
    [0xBD] = {0, take_rks},     [0xD6] = {2, take_label},
    [0xFD] = {4, take_shared},
};

void xls_row_begin(struct xls_row *row, unsigned number, struct arena *arena)
{
    for (unsigned i = 0; i < row->width; i++)
        row->cells[i] = value_text("", 0);
    row->arena = arena;
    row->number = number;
    row->width = row->doubt_count = 0;
    row->fault = NULL;
}

/* Cells of BIFF2 name no XF but say themselves how they look, the format in the
 * second of three bytes. */
bool xls_row_take(struct xls_row *row, const struct xls_record *record,
                  struct err *err)
{
    enum { AT_COLUMN = 2, AT_XF = 4, AFTER = 6, AFTER_OLD = 7, OLD = 0x10 };
    bool old = record->type < OLD && row->book->version < 5;
    const struct kind *kind = &kinds[record->type & 0xFF];
    struct cell cell = {
        .record = record, .skip = old ? AFTER_OLD : AFTER, .err = err};
    if (record->len < cell.skip + kind->least)
        return damaged(row, &cell);
    cell.column = xls_u16(record->at + AT_COLUMN);
    if (cell.column >= XLS_COLUMNS)
        return too_wide(row, &cell);
    const struct xls_formats *known = &row->book->formats;
    cell.shown = old ? xls_shown(known, record->at[AT_XF + 1] & 0x3F)
                     : xls_shown_cell(known, xls_u16(record->at + AT_XF));
    return kind->take(row, &cell);
}
