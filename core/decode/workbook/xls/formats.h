/* formats.h: how a workbook's cells are shown: its number formats, and its XF
 * records, of which each cell names one. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_FORMATS_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_FORMATS_H

#include <stdint.h>

#include "decode/workbook/sheet/format.h"

/* Zero has the built-in formats and no XF. */
struct xls_formats {
    struct shown *all; /* by number */
    unsigned count;
    uint16_t *cells; /* the format of each XF */
    unsigned cell_count, cell_cap;
};

void xls_formats_release(struct xls_formats *formats);
/* A format by its number, now of that code; `id` has 16 bits. */
void xls_formats_set(struct xls_formats *formats, unsigned id, const char *code,
                     size_t len);
void xls_formats_add_cell(struct xls_formats *formats, uint16_t id);

/* How a format shows numbers. */
static inline struct shown xls_shown(const struct xls_formats *formats,
                                     unsigned id)
{
    return id < formats->count ? formats->all[id] : shown_built_in(id);
}

/* How the XF of that number does. */
static inline struct shown xls_shown_cell(const struct xls_formats *formats,
                                          unsigned xf)
{
    return xls_shown(formats,
                     xf < formats->cell_count ? formats->cells[xf] : 0);
}

#endif
