/* state.h: what a grid's reader knows of its book: for this room's files. */
#ifndef FASTSYNC_DECODE_TABLE_STATE_H
#define FASTSYNC_DECODE_TABLE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "bulk.h"
#include "decode/input.h"
#include "grid.h"
#include "part.h"
#include "table.h"

/* One of the last rows, which may be part of a footer. */
struct grid_waiting {
    struct grid_row row; /* in the chunk's arena, */
    bool kept;           /* or in the grid's own */
};

struct grid {
    const struct grid_kind *kind;
    void *book;
    const struct table_options *said;
    struct grid_part *parts;
    unsigned part_count;
    unsigned sheet_count;      /* of the book */
    struct grid_sheet *sheets; /* without their names, which the input has */
    struct buf doubt;          /* why the header is doubtful */
    struct buf told;           /* what else is to be said, each after "; " */
    struct buf stop;           /* folded; empty: not said */
    unsigned skip;             /* rows at the top that are left out */
    uint64_t before;           /* rows before the first header, left out */
    bool guessed_header;

    /* Where reading is. */
    unsigned at;  /* of the parts */
    bool begun;   /* that one */
    bool stopped; /* and its rows are over */
    uint64_t met; /* rows of it, that hold anything */
    struct grid_lines lines;
    uint64_t index; /* of the next row */
    struct grid_waiting waiting[TAIL_LINES];
    struct tail_line tail[TAIL_LINES]; /* their shapes */
    unsigned wait_count;
    uint64_t above;       /* the line above these that is not blank */
    struct arena kept[2]; /* what waits from chunk to chunk, in turn */
    unsigned turn;
    struct fill *fill; /* merged cells; NULL: they stay as they are */
};

#endif
