/* cells.c: the row that a statement stands on, cell by cell, in the order of
 * its columns, as every driver can; a long one in pieces. Texts come as UTF-16,
 * whatever the server has them in, and numbers that are exact as their digits.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "decode/decoded.h"
#include "state.h"
#include "wide.h"

enum { PIECE = 64 * 1024, END = sizeof(SQLWCHAR) };

/* One cell that is taken. */
struct taking {
    const struct input *input;
    struct odbc *state;
    struct arena *arena;
    SQLUSMALLINT column;
    const char *wrong; /* with the cell */
};

static bool fetch(const struct taking *taking, SQLSMALLINT type, void *to,
                  SQLLEN size, SQLLEN *len, SQLRETURN *code)
{
    *code =
        SQLGetData(taking->state->rows, taking->column, type, to, size, len);
    return odbc_good(*code);
}

/* What of a piece is filled; *more: others follow it, whatever the driver says
 * of the whole: SQL_NO_DATA comes where none do. */
static size_t piece_of(SQLLEN len, size_t room, bool *more)
{
    *more = len == SQL_NO_TOTAL || (size_t)len > room;
    return *more ? room : (size_t)len;
}

/* Into state->cell: texts as UTF-8, bytes as they are. *null: there is none. */
static bool fetch_long(struct taking *taking, bool wide, bool *null)
{
    struct odbc *state = taking->state;
    const struct odbc_options *options = taking->input->options;
    char *piece = state->piece.at;
    size_t room = wide ? PIECE - END : PIECE;
    bool more = true, first = true, good = true;
    uint16_t high = 0;
    SQLRETURN code;
    SQLLEN len;
    buf_clear(&state->cell);
    for (; more; first = false) {
        if (!fetch(taking, wide ? SQL_C_WCHAR : SQL_C_BINARY, piece, PIECE,
                   &len, &code))
            return code == SQL_NO_DATA && !first;
        *null = len == SQL_NULL_DATA;
        if (*null)
            return true;
        size_t got = piece_of(len, room, &more);
        if (wide)
            good = good && wide_to(&state->cell, (uint16_t *)(void *)piece,
                                   got / END, &high);
        else
            buf_add(&state->cell, piece, got);
        if (state->cell.len > options->asked.max_cell) {
            taking->wrong = "is longer than max_cell";
            return true;
        }
    }
    if (!good || high != 0)
        taking->wrong = "is no valid UTF-16";
    return true;
}

static bool take_long(struct taking *taking, bool wide, struct value *value)
{
    const struct buf *cell = &taking->state->cell;
    bool null = false;
    if (!fetch_long(taking, wide, &null))
        return false;
    if (null || taking->wrong != NULL)
        return true;
    if (!wide) {
        *value = asked_bytes(taking->arena, cell->at, cell->len);
        return true;
    }
    char *text = arena_alloc(taking->arena, cell->len + 1);
    if (cell->len > 0)
        memcpy(text, cell->at, cell->len);
    *value = value_text(text, cell->len);
    return true;
}

/* "NaN" stays a text. */
static bool take_digits(struct taking *taking, struct value *value)
{
    if (!take_long(taking, true, value))
        return false;
    if (value->type == VALUE_TEXT)
        asked_number(taking->arena, value->text, value->len, value);
    return true;
}

/* A float has fewer digits than the double that it is fetched as. */
static bool take_double(struct taking *taking, bool single, struct value *value)
{
    double real = 0;
    float narrow = 0;
    SQLLEN len = 0;
    SQLRETURN code;
    bool good =
        single ? fetch(taking, SQL_C_FLOAT, &narrow, sizeof narrow, &len, &code)
               : fetch(taking, SQL_C_DOUBLE, &real, sizeof real, &len, &code);
    if (!good || len == SQL_NULL_DATA)
        return good;
    real = single ? (double)narrow : real;
    if (isfinite(real))
        *value = asked_real(taking->arena, real, single);
    else
        taking->wrong = "is an infinite number, or none";
    return true;
}

static bool take_truth(struct taking *taking, struct value *value)
{
    unsigned char truth = 0;
    SQLLEN len = 0;
    SQLRETURN code;
    if (!fetch(taking, SQL_C_BIT, &truth, sizeof truth, &len, &code))
        return false;
    if (len != SQL_NULL_DATA)
        *value = (struct value){.type = VALUE_BOOL, .truth = truth != 0};
    return true;
}

static struct value text_in(struct arena *arena, const char *text, int len)
{
    char *own = memcpy(arena_alloc(arena, (size_t)len), text, (size_t)len);
    return value_text(own, (size_t)len);
}

static bool take_date(struct taking *taking, struct value *value)
{
    enum { TEXT = 64 };
    char text[TEXT];
    SQL_DATE_STRUCT date = {0};
    SQLLEN len = 0;
    SQLRETURN code;
    if (!fetch(taking, SQL_C_TYPE_DATE, &date, sizeof date, &len, &code))
        return false;
    if (len != SQL_NULL_DATA)
        *value = text_in(taking->arena, text,
                         snprintf(text, TEXT, "%04d-%02u-%02u", date.year,
                                  date.month, date.day));
    return true;
}

/* The time of day only where it is not midnight, its fraction without the
 * zeros at its end. */
static bool take_moment(struct taking *taking, struct value *value)
{
    enum { TEXT = 96 };
    char text[TEXT];
    SQL_TIMESTAMP_STRUCT at = {0};
    SQLLEN len = 0;
    SQLRETURN code;
    if (!fetch(taking, SQL_C_TYPE_TIMESTAMP, &at, sizeof at, &len, &code))
        return false;
    if (len == SQL_NULL_DATA)
        return true;
    int used =
        snprintf(text, TEXT, "%04d-%02u-%02u", at.year, at.month, at.day);
    if (at.hour != 0 || at.minute != 0 || at.second != 0 || at.fraction != 0)
        used += snprintf(text + used, TEXT - (size_t)used, "T%02u:%02u:%02u",
                         at.hour, at.minute, at.second);
    if (at.fraction != 0) {
        used += snprintf(text + used, TEXT - (size_t)used, ".%09lu",
                         (unsigned long)at.fraction);
        while (text[used - 1] == '0')
            used--;
    }
    *value = text_in(taking->arena, text, used);
    return true;
}

/* Has the text this shape, where 0 is a digit? Answers its length, or 0. */
static size_t shaped(const char *text, size_t len, const char *shape)
{
    size_t at = 0;
    while (shape[at] != '\0' && at < len &&
           (shape[at] == '0' ? ascii_digit(text[at]) : shape[at] == text[at]))
        at++;
    return shape[at] == '\0' ? at : 0;
}

/* `2024-01-15 10:30:00.250` as take_moment has it; answers its length, or 0: it
 * is none. */
static size_t as_moment(char *text, size_t len)
{
    size_t day = shaped(text, len, "0000-00-00");
    size_t seconds = day + shaped(text + day, len - day, " 00:00:00");
    size_t end = seconds;
    if (seconds > day && end < len && text[end] == '.')
        for (end++; end < len && ascii_digit(text[end]);)
            end++;
    if (day == 0 || end < len || memcmp(text + 5, "00", 2) == 0)
        return 0;
    while (end > seconds && strchr("0.", text[end - 1]) != NULL)
        end--;
    if (end == seconds && memcmp(text + day, " 00:00:00", seconds - day) == 0)
        return day;
    text[day] = 'T';
    return end;
}

static bool take_said(struct taking *taking, struct value *value)
{
    if (!take_long(taking, true, value))
        return false;
    if (value->type != VALUE_TEXT)
        return true;
    char *text = (char *)(uintptr_t)value->text; /* in our arena */
    size_t len = as_moment(text, value->len);
    if (len == 0)
        taking->wrong = "is a time that the driver does not give (infinity, "
                        "before Christ, after 9999)";
    *value =
        len > 0 ? value_text(text, len) : (struct value){.type = VALUE_NIL};
    return true;
}

static bool take_cell(struct taking *taking, enum odbc_kind kind,
                      struct value *value)
{
    *value = (struct value){.type = VALUE_NIL};
    switch (kind) {
    case CELL_DIGITS:
        return take_digits(taking, value);
    case CELL_DOUBLE:
    case CELL_FLOAT:
        return take_double(taking, kind == CELL_FLOAT, value);
    case CELL_TRUTH:
        return take_truth(taking, value);
    case CELL_BYTES:
        return take_long(taking, false, value);
    case CELL_DATE:
        return take_date(taking, value);
    case CELL_MOMENT:
        return take_moment(taking, value);
    case CELL_SAID:
        return take_said(taking, value);
    default:
        return take_long(taking, true, value);
    }
}

bool odbc_take(const struct input *input, struct chunk *chunk,
               struct place place, size_t *size, struct err *err)
{
    struct odbc *state = input->state;
    unsigned width = input->columns.count;
    struct value *cells = arena_alloc(&chunk->arena, width * sizeof *cells);
    struct buf fault = {0};
    bool good = true;
    buf_reserve(&state->piece, PIECE);
    *size = sizeof(struct decoded) + width * sizeof *cells;
    for (unsigned i = 0; good && i < width; i++) {
        struct taking taking = {.input = input,
                                .state = state,
                                .arena = &chunk->arena,
                                .column = (SQLUSMALLINT)(i + 1)};
        good = take_cell(&taking, state->kinds[i], &cells[i]) ||
               odbc_fail(SQL_HANDLE_STMT, state->rows, err);
        *size += cells[i].type == VALUE_TEXT ? cells[i].len : 0;
        if (taking.wrong != NULL && fault.len == 0)
            buf_addf(&fault, "\"%s\" %s", input->columns.all[i].name,
                     taking.wrong);
    }
    if (good && fault.len > 0)
        decoded_fault(input, chunk, place, cells, width, buf_text(&fault));
    else if (good)
        memcpy(decoded_add(chunk, place, width), cells, width * sizeof *cells);
    buf_release(&fault);
    return good;
}
