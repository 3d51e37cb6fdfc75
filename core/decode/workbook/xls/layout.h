/* layout.h: what must be known of a sheet before its first row is read: what is
 * hidden, which cells are merged (that stands behind the rows), and whether the
 * cells stand in the order of their rows.
 *
 * Where they do not, the places of all their records are kept, sorted by row: a
 * record has at least ten bytes, a place eight. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_LAYOUT_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "book.h"
#include "decode/table/grid.h"

enum { XLS_ROWS = 1 << 16, XLS_COLUMNS = 256 };

struct xls_layout {
    unsigned sheet;    /* from 1; 0: none yet */
    uint64_t first;    /* the place of the record after its BOF */
    uint64_t end;      /* and of its EOF */
    bool shuffled;     /* cells are to be taken by `places` */
    uint64_t *places;  /* of records with cells */
    size_t count, cap; /* of these */
    unsigned char hidden_rows[XLS_ROWS / 8];
    bool hidden_columns[XLS_COLUMNS];
    struct grid_area *areas;
    unsigned area_count, area_cap;
};

/* Does a record hold cells that are not blank? */
bool xls_holds_cells(unsigned type);
/* Finds the layout of a sheet, from 0, unless it is that one's already. */
bool xls_layout_find(struct xls_layout *layout, struct xls_book *book,
                     unsigned sheet, struct err *err);
void xls_layout_release(struct xls_layout *layout);

#endif
