/* below.c: cells are compared by their shapes, so that codes that count up are
 * alike. */
#include "below.h"

#include <string.h>

#include "base/ascii.h"
#include "cell.h"

enum {
    BELOW = 20,     /* lines that a header is compared with */
    COMPARED = 256, /* columns; those after are not looked at */
};

bool below_same_text(const struct value *a, const struct value *b)
{
    return a->len > 0 && a->len == b->len &&
           memcmp(a->text, b->text, a->len) == 0;
}

static bool is_digit(const struct value *cell, uint32_t at)
{
    return at < cell->len && ascii_digit(cell->text[at]);
}

static uint32_t after_digits(const struct value *cell, uint32_t at)
{
    while (is_digit(cell, at))
        at++;
    return at;
}

/* The same but for numbers: `KH1` above `KH23` is a code, `Phone 1` above
 * `0901` a name. */
static bool same_shape(const struct value *a, const struct value *b)
{
    uint32_t i = 0, j = 0;
    bool digits = false;
    while (i < a->len && j < b->len) {
        bool both = is_digit(a, i) && is_digit(b, j);
        if (!both && a->text[i] != b->text[j])
            return false;
        digits |= both;
        i = both ? after_digits(a, i) : i + 1;
        j = both ? after_digits(b, j) : j + 1;
    }
    return digits && i == a->len && j == b->len;
}

unsigned below_columns(const struct table_line *line)
{
    return line->width < COMPARED ? line->width : COMPARED;
}

bool below_is_numbered(const struct table_line *line, unsigned column)
{
    const struct value *cell = &line->cells[column];
    for (unsigned i = 0; i < below_columns(line); i++)
        if (i != column && !cell_is_year(cell) &&
            same_shape(cell, &line->cells[i]))
            return true;
    return false;
}

bool below_is_like(const struct table_view *view, unsigned at, unsigned column)
{
    const struct value *cell = &view->all[at].cells[column];
    unsigned like = 0, looked = 0;
    if (below_is_numbered(&view->all[at], column))
        return false;
    for (unsigned i = at + 1; i < view->count && looked < BELOW; i++) {
        const struct table_line *line = &view->all[i];
        if (line->kind != TABLE_ROW || column >= line->width ||
            line->cells[column].len == 0)
            continue;
        looked++;
        like += cell_is_year(cell) ? cell_is_year(&line->cells[column])
                                   : same_shape(cell, &line->cells[column]);
    }
    return 2 * like > looked || (looked == 0 && cell_is_year(cell));
}

bool below_are_numbers(const struct table_view *view, unsigned at,
                       unsigned column)
{
    unsigned numbers = 0;
    for (unsigned i = at + 1; i < view->count && i < at + BELOW; i++) {
        const struct table_line *line = &view->all[i];
        if (line->kind != TABLE_ROW || column >= line->width ||
            line->cells[column].len == 0)
            continue;
        if (!cell_is_number(&line->cells[column]))
            return false;
        numbers++;
    }
    return numbers > 0;
}

bool below_has_digit(const struct value *cell)
{
    for (uint32_t i = 0; i < cell->len; i++)
        if (is_digit(cell, i))
            return true;
    return false;
}

bool below_is_code(const struct value *cell)
{
    return below_has_digit(cell) && !cell_is_number(cell) &&
           memchr(cell->text, ' ', cell->len) == NULL;
}

bool below_is_lower(const struct value *cell)
{
    return ascii_lower(cell->text[0]) == cell->text[0];
}

struct below below_of(const struct table_view *view, unsigned at,
                      unsigned column)
{
    struct below below = {0};
    const struct value *last = NULL;
    for (unsigned i = at + 1; i < view->count && below.cells < BELOW; i++) {
        const struct table_line *line = &view->all[i];
        if (line->kind != TABLE_ROW || column >= line->width ||
            line->cells[column].len == 0)
            continue;
        const struct value *cell = &line->cells[column];
        below.cells++;
        below.codes += below_is_code(cell);
        below.digits += below_has_digit(cell);
        below.mails += memchr(cell->text, '@', cell->len) != NULL;
        below.lower += below_is_lower(cell);
        below.again += last != NULL && below_same_text(cell, last);
        last = cell;
    }
    return below;
}
