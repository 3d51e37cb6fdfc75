/* cells.h: the cells of one row, from their records. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_CELLS_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_CELLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "book.h"
#include "decode/table/grid.h"
#include "layout.h"
#include "records.h"
#include "value.h"

struct xls_row {
    struct xls_book *book;
    struct arena *arena; /* of what the row points to */
    unsigned number;     /* from 0 */
    unsigned width;      /* up to the last cell that holds anything */
    struct value cells[XLS_COLUMNS];
    unsigned doubt_count;
    struct grid_doubt doubts[XLS_COLUMNS];
    const char *fault; /* why it cannot be used, or NULL */
};

/* Empties it: the row of that number comes next. */
void xls_row_begin(struct xls_row *row, unsigned number, struct arena *arena);
/* Takes a record's cells. A formula's text stands in the record after it, which
 * is taken with it. EXIT_INPUT: the record is none. */
bool xls_row_take(struct xls_row *row, const struct xls_record *record,
                  struct err *err);

#endif
