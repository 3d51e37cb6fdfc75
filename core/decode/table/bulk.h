/* bulk.h: rows of a grid that its format gives by itself, many at once.
 *
 * A format whose mappers decode rows asks before it fills a chunk: is a sheet
 * being read, behind its header, and does no row wait for what follows? Then it
 * may give rows for which part.h tells all; what stands at the sheet's end is
 * left to grid_fill, TAIL_LINES rows at least. The reader's. */
#ifndef FASTSYNC_DECODE_TABLE_BULK_H
#define FASTSYNC_DECODE_TABLE_BULK_H

#include <stdbool.h>
#include <stdint.h>

#include "decode/input.h"
#include "part.h"

struct grid_bulk {
    const struct grid_part *part; /* that is being read */
    uint64_t line;                /* of the row taken last; 0: none */
    struct place next;            /* of the next row, but for its line */
};

/* False: rows are to be filled by grid_fill. */
bool grid_bulk_begin(const struct input *input, struct grid_bulk *bulk);
/* So many rows were given, and lines up to that one taken. */
void grid_bulk_end(struct input *input, uint64_t rows, uint64_t line);

#endif
