/* layout.h: which column a cell stands in, where cells span rows and columns.
 * Pure but for its memory. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_LAYOUT_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "decode/table/grid.h"

/* HTML's own bounds. */
enum { LAYOUT_COLSPAN = 1000, LAYOUT_ROWSPAN = 65534 };

struct layout {
    uint64_t line;   /* of the row, from 1; 0: none has begun */
    unsigned column; /* of the next cell */
    uint64_t
        *until; /* the last row that a cell above takes up, a column each */
    unsigned count, cap;
    unsigned taken;       /* columns at a row's begin that all are taken up */
    uint64_t taken_until; /* up to this row */
};

void layout_release(struct layout *layout);
/* The table begins anew. */
void layout_clear(struct layout *layout);
void layout_row(struct layout *layout); /* the next row */
/* Rows may not span beyond here: a group of rows has ended. */
void layout_cut(struct layout *layout);
/* Places the row's next cell. A span of 0 rows goes on to the group's end. */
struct grid_area layout_cell(struct layout *layout, unsigned columns,
                             unsigned rows);

#endif
