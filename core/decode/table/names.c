/* names.c: names that blanks alone tell apart, from each other or from what a
 * mapping says: nobody sees the difference, so it is told. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { COMPARED = 256, TOLD_MAX = 3 };

static struct buf without_blanks(const struct value *cell)
{
    struct buf out = {0};
    const char *at = cell->text, *end = at + cell->len;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune >= 0 && !utf8_is_space(rune))
            utf8_put(&out, rune);
    }
    return out;
}

static bool same(const struct buf *a, const struct buf *b)
{
    return a->len > 0 && a->len == b->len && memcmp(a->at, b->at, a->len) == 0;
}

static bool same_cell(const struct value *a, const struct value *b)
{
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

static void tell_pairs(const struct value *cells, const struct buf *bare,
                       unsigned width, struct buf *told)
{
    unsigned count = 0;
    for (unsigned i = 0; i < width; i++)
        for (unsigned j = i + 1; j < width && count < TOLD_MAX; j++)
            if (same(&bare[i], &bare[j]) && !same_cell(&cells[i], &cells[j])) {
                buf_addf(told, "; columns %u and %u differ by blanks alone",
                         i + 1, j + 1);
                count++;
            }
}

static bool is_name(const char *text, size_t len,
                    const struct wanted_name *name)
{
    return len == name->len && memcmp(text, name->text, len) == 0;
}

/* The mapping's name is this cell's, but the cell is written otherwise. */
static void tell_wanted(const struct value *cell, unsigned number,
                        const struct wanted_columns *wanted, struct buf *told)
{
    struct buf spelt = {0};
    column_spell(&spelt, cell);
    for (unsigned i = 0; i < wanted->count; i++) {
        const struct wanted_name *name = &wanted->names[i];
        if (is_name(spelt.at, spelt.len, name) &&
            !is_name(cell->text, cell->len, name))
            buf_addf(told, "; column %u is \"%s\" but for its blanks", number,
                     name->text);
    }
    buf_release(&spelt);
}

void names_tell(const struct value *cells, unsigned width,
                const struct wanted_columns *wanted, struct buf *told)
{
    unsigned count = width < COMPARED ? width : COMPARED;
    struct buf *bare = mem_alloc(count * sizeof *bare + 1);
    for (unsigned i = 0; i < count; i++)
        bare[i] = without_blanks(&cells[i]);
    tell_pairs(cells, bare, count, told);
    for (unsigned i = 0; i < count; i++) {
        if (wanted != NULL)
            tell_wanted(&cells[i], i + 1, wanted, told);
        buf_release(&bare[i]);
    }
    free(bare);
}
