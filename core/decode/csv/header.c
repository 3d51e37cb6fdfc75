/* header.c: which row names the columns, where nobody says so.
 *
 * The first row of the usual width that is about as full as the rows get, if
 * it holds no numbers. Names may repeat, as long as none of them is met again
 * in its column; else there is no header. */
#include <string.h>

#include "csv.h"

/* Digits and what stands between them; a year is none: it may head a column. */
static bool is_number(const struct value *cell)
{
    bool digit = false;
    for (uint32_t i = 0; i < cell->len; i++) {
        if (memchr("0123456789 .,-+/%:()", cell->text[i], 20) == NULL)
            return false;
        digit |= cell->text[i] >= '0' && cell->text[i] <= '9';
    }
    bool year = cell->len == 4 && (memcmp(cell->text, "19", 2) == 0 ||
                                   memcmp(cell->text, "20", 2) == 0);
    return digit && !year;
}

static bool has_number(const struct csv_rows *rows)
{
    for (unsigned i = 0; i < rows->width; i++)
        if (is_number(&rows->cells[i]))
            return true;
    return false;
}

static unsigned filled(const struct csv_rows *rows)
{
    unsigned count = 0;
    for (unsigned i = 0; i < rows->width; i++)
        count += rows->cells[i].len > 0;
    return count;
}

/* The largest number of cells that one of the first rows of this width fills.
 */
static unsigned max_filled(const struct csv_guess *guess, const char *head,
                           size_t len, bool whole)
{
    struct csv_walk walk;
    enum csv_found found;
    unsigned max = 0, rows = 0;
    csv_walk_open(&walk, &guess->grammar, head, len, whole);
    while (rows++ < CSV_LOOK &&
           (found = csv_walk_next(&walk)) != CSV_FOUND_END) {
        unsigned count = 0;
        if (found == CSV_FOUND_ROW && walk.rows.width == guess->width)
            count = filled(&walk.rows);
        max = count > max ? count : max;
    }
    csv_walk_close(&walk);
    return max;
}

static bool same_text(const struct value *a, const struct value *b)
{
    return a->len > 0 && a->len == b->len &&
           memcmp(a->text, b->text, a->len) == 0;
}

enum { COMPARED = 256 }; /* columns; those after are not looked at */

static bool repeats(const struct csv_rows *row)
{
    unsigned width = row->width < COMPARED ? row->width : COMPARED;
    for (unsigned i = 0; i < width; i++)
        for (unsigned j = 0; j < i; j++)
            if (same_text(&row->cells[i], &row->cells[j]))
                return true;
    return false;
}

/* Does a cell of the row at `offset` come again below, in its own column? */
static bool recurs(const struct csv_rows *row, size_t offset, const char *head,
                   size_t len, bool whole)
{
    struct csv_walk walk;
    enum csv_found found;
    unsigned rows = 0;
    bool again = false;
    csv_walk_open(&walk, &row->grammar, head, len, whole);
    while (!again && rows++ < CSV_LOOK &&
           (found = csv_walk_next(&walk)) != CSV_FOUND_END) {
        if (found == CSV_FOUND_DAMAGE || walk.begin + walk.rows.start <= offset)
            continue;
        for (unsigned i = 0; i < row->width && i < walk.rows.width; i++)
            again = again || same_text(&row->cells[i], &walk.rows.cells[i]);
    }
    csv_walk_close(&walk);
    return again;
}

void csv_find_header(struct csv_guess *guess, const char *head, size_t len,
                     bool whole)
{
    struct csv_walk walk;
    enum csv_found found;
    unsigned rows = 0, max = max_filled(guess, head, len, whole);
    bool named = false;
    csv_walk_open(&walk, &guess->grammar, head, len, whole);
    while (rows++ < CSV_LOOK &&
           (found = csv_walk_next(&walk)) != CSV_FOUND_END) {
        const struct csv_rows *row = &walk.rows;
        if (found == CSV_FOUND_DAMAGE || row->width != guess->width ||
            2 * filled(row) <= max)
            continue;
        size_t offset = walk.begin + row->start;
        named = !has_number(row) &&
                !(repeats(row) && recurs(row, offset, head, len, whole));
        guess->header_line += row->line;
        guess->header += offset;
        break;
    }
    csv_walk_close(&walk);
    if (!named)
        guess->header_line = 0;
}
