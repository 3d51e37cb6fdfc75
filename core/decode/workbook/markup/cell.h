/* cell.h: the text of a cell as a page shows it: white space is one blank, a
 * paragraph or <br> begins a new line. One owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_CELL_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct cell {
    struct buf *out; /* takes the text */
    size_t from;     /* where it begins there */
    size_t max;      /* bytes that a cell may have */
    unsigned breaks; /* line ends, and whether a blank, before what comes */
    bool blank;
    bool as_is; /* white space stays: <pre> */
    bool too_long;
};

/* A cell begins at the end of `out`. */
void cell_begin(struct cell *cell, struct buf *out, size_t max);
void cell_text(struct cell *cell, const char *text, size_t len);
void cell_blank(struct cell *cell); /* a blank, between parts */
void cell_break(struct cell *cell); /* <br> */
void cell_block(struct cell *cell); /* what follows begins a line */

#endif
