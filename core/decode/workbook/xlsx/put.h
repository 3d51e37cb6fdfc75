/* put.h: values put into the columns of a row (row.h) while it is read. One
 * owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_PUT_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_PUT_H

#include "cell.h"
#include "row.h"

/* The first thing that is wrong counts. */
void xlsx_put_fault(struct xlsx_row *row, const char *fault);
/* Room for so many cells; those that there are move. */
void xlsx_put_room(struct xlsx_row *row, unsigned needed);
/* Cells up to there are blank, where they are not filled. */
void xlsx_put_blanks(struct xlsx_row *row, unsigned count);
/* The value of a cell of any kind, and what is to be said of it. */
void xlsx_put_cell(struct xlsx_row *row, const struct xlsx_cell *cell);

/* The column's text is not as mappings see it: NFC, no blanks at its ends. */
static inline void xlsx_put_unready(struct xlsx_row *row, unsigned column)
{
    if (row->unready_count < XLSX_UNREADY)
        row->unready[row->unready_count] = (uint16_t)column;
    row->unready_count++;
}

/* Room for a cell behind all others, as most are, which the caller then fills;
 * false: it is not. */
static inline bool xlsx_put_next(struct xlsx_row *row, unsigned column)
{
    if (column < row->filled)
        return false;
    if (column == row->filled && column < row->cap)
        row->filled++;
    else
        xlsx_put_blanks(row, column + 1);
    return true;
}

#endif
