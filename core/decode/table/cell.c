/* cell.c: a cell by its looks alone. */
#include "cell.h"

#include <string.h>

#include "base/ascii.h"
#include "base/case.h"
#include "base/utf8.h"

static bool is_blank_text(const char *text, size_t len)
{
    const char *start = text, *end = text + len;
    utf8_trim(&start, &end);
    return start == end;
}

bool cell_is_blank(const struct value *cell)
{
    if (cell->type != VALUE_TEXT)
        return cell->type == VALUE_NIL || cell->type == VALUE_EMPTY;
    if (cell->len == 0)
        return true;
    unsigned char first = (unsigned char)cell->text[0];
    bool letter = first > ' ' && first < 0x7F;
    return !letter && is_blank_text(cell->text, cell->len);
}

/* The text consists of these bytes; *digit: one of them is a digit. */
static bool is_of(const struct value *cell, const char *bytes, bool *digit)
{
    *digit = false;
    for (uint32_t i = 0; i < cell->len; i++) {
        if (cell->text[i] == '\0' || strchr(bytes, cell->text[i]) == NULL)
            return false;
        *digit |= ascii_digit(cell->text[i]);
    }
    return true;
}

bool cell_is_amount(const struct value *cell)
{
    bool digit;
    if (cell->type == VALUE_INT || cell->type == VALUE_NUMBER ||
        cell->type == VALUE_DECIMAL)
        return true;
    if (cell->type != VALUE_TEXT || cell->len == 0)
        return false;
    bool zero =
        cell->len > 1 && cell->text[0] == '0' && ascii_digit(cell->text[1]);
    if (zero || (cell->len > 1 && cell->text[0] == '+'))
        return false;
    return is_of(cell, "0123456789 .,-+%()", &digit);
}

bool cell_is_number(const struct value *cell)
{
    bool digit;
    if (cell->type != VALUE_TEXT)
        return cell->type == VALUE_INT || cell->type == VALUE_NUMBER ||
               cell->type == VALUE_DECIMAL;
    return is_of(cell, "0123456789 .,-+/%:()", &digit) && digit;
}

bool cell_is_year(const struct value *cell)
{
    if (cell->type == VALUE_INT)
        return cell->integer >= 1900 && cell->integer < 2100;
    return cell->type == VALUE_TEXT && cell->len == 4 && cell_is_number(cell) &&
           (memcmp(cell->text, "19", 2) == 0 ||
            memcmp(cell->text, "20", 2) == 0);
}

void cell_fold(struct buf *out, const struct value *cell)
{
    if (cell->type == VALUE_TEXT)
        utf8_fold(out, cell->text, cell->len);
    else if (cell->type != VALUE_NIL)
        value_json(out, cell);
}

unsigned cells_first(const struct value *cells, unsigned width)
{
    unsigned i = 0;
    while (i < width && cell_is_blank(&cells[i]))
        i++;
    return i;
}

bool cells_are_form(const struct value *cells, unsigned width)
{
    unsigned labels = 0, filled = 0;
    for (unsigned i = 0; i < width; i++) {
        const struct value *cell = &cells[i];
        filled += !cell_is_blank(cell);
        labels += cell->type == VALUE_TEXT && cell->len > 1 &&
                  cell->text[cell->len - 1] == ':';
    }
    return labels > 0 && labels < filled;
}
