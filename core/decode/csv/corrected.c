/* corrected.c: a row of a rejects file: before our columns it is what people
 * made of the row that was rejected, and our columns say what that one was. */
#include "corrected.h"

#include <string.h>

#include "base/utf8.h"
#include "decode/marks.h"
#include "decode/rejected.h"
#include "decode/table/unwrap.h"

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

/* White space that a mark hid goes now. */
static void trim(const struct input *input, struct value *cell)
{
    const char *start = cell->text, *end = cell->text + cell->len;
    if (!input->trim)
        return;
    utf8_trim(&start, &end);
    cell->text = start;
    cell->len = (uint32_t)(end - start);
}

/* Cells that were no CSV have no wrapping but what is theirs. */
void csv_drop_marks(const struct input *input, struct csv_rows *rows,
                    unsigned count)
{
    char mark = marks_byte(&input->dialect);
    for (unsigned i = 0; i < count; i++) {
        struct value *cell = &rows->cells[i];
        if (cell->len > 0 && cell->text[0] == mark) {
            cell->text++;
            cell->len--;
            trim(input, cell);
        }
        if (!input->typed && table_unwrap(cell, rows->arena)) {
            trim(input, cell);
            buf_add(&rows->unwrapped, &i, sizeof i);
        }
    }
}

static const char *keep(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

/* Files of earlier versions have no `_key`: of them a reason of ours tells. */
const char *csv_carried(const struct input *input, const struct csv_rows *rows,
                        unsigned own)
{
    if (rows->width <= own)
        return NULL;
    const struct value *key = &rows->cells[own];
    const struct value *reason = &rows->cells[rows->width - 1];
    if (input->keyed)
        return keep(rows->arena, key->text, key->len);
    bool taken = rows->width == own + REJECTED_COLUMNS && reason->len > 5 &&
                 memcmp(reason->text, "same ", 5) == 0;
    return taken ? REJECTED_TAKEN : NULL;
}

struct origin csv_unmarked(const struct input *input, struct csv_rows *rows)
{
    struct buf *out = &rows->scratch;
    buf_clear(out);
    marks_drop(out, &input->dialect, rows->text + rows->start,
               rows->end - rows->start);
    return origin_text(keep(rows->arena, out->at, out->len), out->len);
}
