/* formats.c: a format that no record tells of is the built-in one. */
#include "formats.h"

#include <stdlib.h>

#include "base/mem.h"

void xls_formats_release(struct xls_formats *formats)
{
    free(formats->all);
    free(formats->cells);
    *formats = (struct xls_formats){0};
}

void xls_formats_set(struct xls_formats *formats, unsigned id, const char *code,
                     size_t len)
{
    if (id >= formats->count) {
        unsigned count = id + 1;
        formats->all = mem_resize(formats->all, count * sizeof *formats->all);
        for (unsigned i = formats->count; i < count; i++)
            formats->all[i] = shown_built_in(i);
        formats->count = count;
    }
    formats->all[id] = shown_of_code(code, len);
}

void xls_formats_add_cell(struct xls_formats *formats, uint16_t id)
{
    if (formats->cell_count == formats->cell_cap) {
        formats->cell_cap = formats->cell_cap * 2 + 64;
        formats->cells = mem_resize(formats->cells,
                                    formats->cell_cap * sizeof *formats->cells);
    }
    formats->cells[formats->cell_count++] = id;
}
