/* state.h: what a grid's reader knows of its book: for this room's files. */
#ifndef FASTSYNC_DECODE_TABLE_STATE_H
#define FASTSYNC_DECODE_TABLE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "decode/input.h"
#include "grid.h"
#include "table.h"

/* A sheet that is read. */
struct grid_part {
    unsigned sheet;       /* of the book, from 0 */
    uint64_t header_line; /* the last line of its header; 0: none */
    uint64_t before;      /* lines up to here are no rows */
};

struct grid {
    const struct grid_kind *kind;
    void *book;
    const struct table_options *said;
    struct grid_part *parts;
    unsigned part_count;
    unsigned sheet_count; /* of the book */
    struct buf told;      /* what else is to be said, each after "; " */
    bool guessed_header;

    /* Where reading is. */
    unsigned at;    /* of the parts */
    bool begun;     /* that one */
    uint64_t line;  /* of the row taken last */
    uint64_t index; /* of the next row */
};

#endif
