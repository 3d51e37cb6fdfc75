/* rows.c: its width, its letters before they were composed, and whether it is a
 * total or a signature that stands among the rows. */
#include "rows.h"

#include <string.h>

#include "base/case.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* Workbooks leave out what is empty at a row's end; texts have delimiters. */
static void look_at_width(struct signs *signs, unsigned columns,
                          const struct row *row)
{
    if (row->origin.decoded || row->width == columns)
        return;
    signs_add(signs, row->width < columns ? SIGN_SHORT : SIGN_LONG, columns,
              &row->place, "", 0, NULL);
}

static bool is_within(const struct row *row, const char *text)
{
    return text >= row->origin.text &&
           text < row->origin.text + row->origin.len;
}

/* Was the cell's text made anew, as what must be composed is? */
static bool is_made(const struct row *row, unsigned column)
{
    const struct value *cell = &row->cells[column];
    if (cell->type != VALUE_TEXT || (cell->flags & VALUE_WIDE) == 0)
        return false;
    if (!row->origin.decoded)
        return !is_within(row, cell->text);
    return column < row->origin.len &&
           row->origin.cells[column].type == VALUE_TEXT &&
           row->origin.cells[column].text != cell->text;
}

/* What may not be NFC is made so, and compared. */
static bool is_other(const char *text, size_t len)
{
    struct buf composed = {0};
    if (utf8_is_nfc(text, len))
        return false;
    utf8_nfc(&composed, text, len);
    bool other = composed.len != len || memcmp(composed.at, text, len) != 0;
    buf_release(&composed);
    return other;
}

static bool is_apart(const struct row *row, unsigned column)
{
    if (!row->origin.decoded)
        return is_other(row->origin.text, row->origin.len);
    const struct value *cell = &row->origin.cells[column];
    return is_other(cell->text, cell->len);
}

static void look_at_letters(struct signs *signs, unsigned columns,
                            const struct row *row)
{
    for (unsigned i = 0; i < columns; i++) {
        if (!is_made(row, i))
            continue;
        if (is_apart(row, i))
            signs_add(signs, SIGN_FORMS, columns, &row->place,
                      row->cells[i].text, row->cells[i].len, NULL);
        else if (row->origin.decoded)
            continue;
        return; /* the row's whole text was looked at */
    }
}

/* How such rows begin, folded. */
static const struct {
    const char *text;
    bool whole;
} known[] = {
    {"tong cong", true},    {"tong", true},
    {"cong", true},         {"tong so", false},
    {"tong tien", false},   {"total", false},
    {"grand total", false}, {"totals", true},
    {"sum", true},          {"subtotal", false},
    {"sub total", false},   {"cong trang", false},
    {"nguoi lap", false},   {"ke toan truong", false},
    {"thu quy", true},      {"giam doc", true},
    {"ngay in", false},     {"so du cuoi ky", false},
};

static bool is_total(const struct value *cell)
{
    bool found = false;
    struct buf folded = {0};
    utf8_fold(&folded, cell->text, cell->len);
    const char *text = buf_text(&folded);
    for (size_t i = 0; !found && i < sizeof known / sizeof *known; i++) {
        size_t len = strlen(known[i].text);
        found = strncmp(text, known[i].text, len) == 0 &&
                (text[len] == '\0' || (!known[i].whole && text[len] == ' '));
    }
    buf_release(&folded);
    return found;
}

/* They fill few cells, and their first one is short. */
static void look_for_total(struct signs *signs, unsigned columns,
                           const struct row *row)
{
    enum { LONGEST = 60 };
    const struct value *first = NULL;
    unsigned filled = 0;
    for (unsigned i = 0; i < columns; i++) {
        const struct value *cell = &row->cells[i];
        if (cell->type == VALUE_NIL ||
            (cell->type == VALUE_TEXT && cell->len == 0))
            continue;
        first = filled++ == 0 ? cell : first;
        if (2 * filled > columns)
            return;
    }
    if (first != NULL && first->type == VALUE_TEXT && first->len <= LONGEST &&
        is_total(first))
        signs_add(signs, SIGN_TOTAL, columns, &row->place, first->text,
                  first->len, NULL);
}

/* The decoder has told already. */
static bool is_told(const struct row *row)
{
    for (unsigned i = 0; row->warnings != NULL && i < row->warnings->count; i++)
        if (row->warnings->all[i].kind == WARNING_TOTAL)
            return true;
    return false;
}

void rows_look(struct signs *signs, unsigned columns, const struct row *row)
{
    look_at_width(signs, columns, row);
    look_at_letters(signs, columns, row);
    if (columns > 2 && !is_told(row))
        look_for_total(signs, columns, row);
}
