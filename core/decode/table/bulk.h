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

/* The lines of a sheet's rows, as they come. Lines below one that stands above
 * it hold nothing, and are counted at the sheet's end; of a sheet whose lines
 * do not grow nobody knows, and they are not. */
struct grid_lines {
    uint64_t last;  /* line of the row before, */
    uint64_t high;  /* of a row of the table, or of its header; 0: none */
    uint64_t blank; /* lines between rows that hold nothing, */
    uint64_t first; /* and the first of them */
    uint64_t back;  /* the first line that does not grow; 0: they grow */
};

struct grid_bulk {
    const struct grid_part *part; /* that is being read */
    struct grid_lines lines;
    struct place next; /* of the next row, but for its line */
};

/* A row that holds something, on that line. */
static inline void grid_lines_meet(struct grid_lines *lines, uint64_t line)
{
    if (line <= lines->last && lines->back == 0)
        lines->back = line;
    lines->last = line;
}

/* And that is one of the table. */
static inline void grid_lines_take(struct grid_lines *lines, uint64_t line)
{
    if (line > lines->high + 1 && lines->high > 0) {
        if (lines->blank == 0)
            lines->first = lines->high + 1;
        lines->blank += line - lines->high - 1;
    }
    if (line > lines->high)
        lines->high = line;
}

/* False: rows are to be filled by grid_fill. */
bool grid_bulk_begin(const struct input *input, struct grid_bulk *bulk);
/* So many rows were given, which stand on these lines. */
void grid_bulk_end(struct input *input, uint64_t rows,
                   const struct grid_lines *lines);

#endif
