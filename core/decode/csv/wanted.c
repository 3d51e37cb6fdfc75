/* wanted.c: a mapping that uses columns by name tells the header better than
 * any guess: it is the line that has these names. Names are compared as
 * columns spell them. */
#include <string.h>

#include "csv.h"

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
static unsigned column_of(const struct csv_line *line,
                          const struct wanted_name *name, struct buf *spelt)
{
    for (unsigned i = 0; i < line->width; i++)
        if (is_name(&line->cells[i], name, spelt))
            return i + 1;
    return 0;
}

int csv_find_wanted(const struct csv_survey *survey,
                    const struct wanted_columns *wanted, unsigned *names)
{
    struct buf spelt = {0};
    int best = -1;
    *names = 0;
    for (unsigned i = 0; i < survey->count && *names < wanted->count; i++) {
        const struct csv_line *line = &survey->all[i];
        unsigned found = 0;
        if (line->kind == CSV_DAMAGE)
            continue;
        for (unsigned j = 0; j < wanted->count; j++)
            found += column_of(line, &wanted->names[j], &spelt) > 0;
        if (found > *names) {
            *names = found;
            best = (int)i;
        }
    }
    buf_release(&spelt);
    return best;
}

unsigned csv_wanted_cells(const struct csv_line *header,
                          const struct wanted_columns *wanted)
{
    struct buf spelt = {0};
    unsigned cells = wanted->position;
    for (unsigned i = 0; i < wanted->count; i++) {
        unsigned column = column_of(header, &wanted->names[i], &spelt);
        cells = column > cells ? column : cells;
    }
    buf_release(&spelt);
    return cells;
}
