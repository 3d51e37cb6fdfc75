/* wanted.c: names are compared as columns spell them. */
#include "wanted.h"

#include <string.h>

static bool is_name(const struct value *cell, const struct wanted_name *name,
                    struct buf *spelt)
{
    /* Spelling only takes blanks away, and those within: nearly all cells of
     * a head are told apart by their ends. */
    if (cell->len < name->len || name->len == 0 ||
        cell->text[0] != name->text[0] ||
        cell->text[cell->len - 1] != name->text[name->len - 1])
        return false;
    buf_clear(spelt);
    column_spell(spelt, cell);
    return spelt->len == name->len &&
           memcmp(spelt->at, name->text, name->len) == 0;
}

/* The name's column, from 1; 0: it is not there. */
static unsigned column_of(const struct value *cells, unsigned width,
                          const struct wanted_name *name, struct buf *spelt)
{
    for (unsigned i = 0; i < width; i++)
        if (is_name(&cells[i], name, spelt))
            return i + 1;
    return 0;
}

static unsigned count(const struct value *cells, unsigned width,
                      const struct wanted_columns *wanted, struct buf *spelt)
{
    unsigned found = 0;
    for (unsigned i = 0; i < wanted->count; i++)
        found += column_of(cells, width, &wanted->names[i], spelt) > 0;
    return found;
}

unsigned wanted_count(const struct value *cells, unsigned width,
                      const struct wanted_columns *wanted)
{
    struct buf spelt = {0};
    unsigned found = count(cells, width, wanted, &spelt);
    buf_release(&spelt);
    return found;
}

int wanted_find(const struct table_view *view,
                const struct wanted_columns *wanted, unsigned *names)
{
    struct buf spelt = {0};
    int best = -1;
    *names = 0;
    for (unsigned i = 0; i < view->count && *names < wanted->count; i++) {
        const struct table_line *line = &view->all[i];
        if (line->kind == TABLE_DAMAGE)
            continue;
        unsigned found = count(line->cells, line->width, wanted, &spelt);
        if (found > *names) {
            *names = found;
            best = (int)i;
        }
    }
    buf_release(&spelt);
    return best;
}

unsigned wanted_cells(const struct value *cells, unsigned width,
                      const struct wanted_columns *wanted)
{
    struct buf spelt = {0};
    unsigned needed = wanted->position;
    for (unsigned i = 0; i < wanted->count; i++) {
        unsigned column = column_of(cells, width, &wanted->names[i], &spelt);
        needed = column > needed ? column : needed;
    }
    buf_release(&spelt);
    return needed;
}
