/* corrected.c: a row of a rejects file: before our columns it is what people
 * made of the row that was rejected, and our columns say what that one was. */
#include <string.h>

#include "base/utf8.h"
#include "csv.h"
#include "decode/marks.h"
#include "decode/rejected.h"

unsigned csv_shown_columns(const struct input *input)
{
    return input->columns.count + input->typed;
}

const char *csv_find_gap(const struct csv_rows *rows)
{
    const char *end = rows->text + rows->end;
    const char *at = rows->text + rows->start;
    while ((at = memchr(at, REJECTED_MARK[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= strlen(REJECTED_MARK) &&
            memcmp(at, REJECTED_MARK, strlen(REJECTED_MARK)) == 0)
            return "\"" REJECTED_MARK
                   "\" stands where something could not be read or "
                   "was missing: put in what belongs there, or nothing";
        at++;
    }
    return NULL;
}

void csv_drop_marks(const struct input *input, struct value *cells,
                    unsigned count)
{
    char mark = marks_byte(&input->dialect);
    for (unsigned i = 0; i < count; i++) {
        struct value *cell = &cells[i];
        if (cell->len == 0 || cell->text[0] != mark)
            continue;
        const char *start = cell->text + 1, *end = cell->text + cell->len;
        if (input->trim)
            utf8_trim(&start, &end);
        cell->text = start;
        cell->len = (uint32_t)(end - start);
    }
}

/* How many of its cells are the input's. */
static unsigned own_cells(const struct input *input, unsigned width)
{
    unsigned count = csv_shown_columns(input);
    unsigned ours = REJECTED_COLUMNS + input->keyed;
    if (width > count + ours)
        return width - ours;
    return width > count ? count : width;
}

static char *keep(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

/* Files of earlier versions have no `_key`: of them a reason of ours tells. */
static const char *carried(const struct input *input,
                           const struct csv_rows *rows, unsigned own)
{
    const struct value *key = &rows->cells[own];
    const struct value *reason = &rows->cells[rows->width - 1];
    if (rows->width <= own)
        return NULL;
    if (input->keyed)
        return keep(rows->arena, key->text, key->len);
    bool taken = rows->width == own + REJECTED_COLUMNS && reason->len > 5 &&
                 memcmp(reason->text, "same ", 5) == 0;
    return taken ? REJECTED_TAKEN : NULL;
}

void csv_take_corrected(const struct input *input, struct csv_rows *rows,
                        struct row *row)
{
    unsigned own = own_cells(input, rows->width);
    row->carried = carried(input, rows, own);
    if (own < rows->width)
        rows->end = rows->starts[own & 3] - 1;
    rows->width = own;
    csv_drop_marks(input, rows->cells, own);
    buf_clear(&rows->scratch);
    marks_drop(&rows->scratch, &input->dialect, rows->text + rows->start,
               rows->end - rows->start);
    row->origin =
        origin_text(keep(rows->arena, rows->scratch.at, rows->scratch.len),
                    rows->scratch.len);
}
