/* part.h: a sheet that is read, once its header is found: what each of its rows
 * is, and which columns its cells belong to.
 *
 * grid_open makes them; from then on they are immutable, so that a format whose
 * mappers decode rows (a plain sheet of XLSX) asks here as the grid's own
 * reader does. What needs the rows before (merged cells that are filled, a
 * `stop`) is not told by one row: such a book is read by grid_fill. Pure; any
 * thread. */
#ifndef FASTSYNC_DECODE_TABLE_PART_H
#define FASTSYNC_DECODE_TABLE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "grid.h"
#include "left.h"
#include "row.h"
#include "tail.h"

#define PART_NO_COLUMN UINT32_MAX

struct grid_part {
    unsigned sheet; /* of the book, from 0 */
    unsigned header_count;
    uint64_t header[TABLE_HEADER_LINES];  /* its lines, */
    uint64_t numbers[TABLE_HEADER_LINES]; /* and which rows of the sheet these
                                             are, from 1, as they come */
    uint64_t before;                      /* so many rows end with the header */
    uint64_t skip;                        /* lines up to here are no rows */
    struct table_rule rule;
    /* The input's column by the sheet's, or PART_NO_COLUMN (hidden); those
     * beyond follow one another. NULL: it is the same. */
    uint32_t *columns;
    unsigned column_count;
    unsigned width; /* columns of the input */
    /* Cells from which a line before the header may be a record; 0: who says
     * where the header is has looked at them. */
    unsigned early;
    bool skip_hidden;
};

/* What the row is that comes after `before`; LEFT_KINDS: a row, which says
 * what is doubtful about it from then on. What is new is in the arena. */
enum left_kind part_kind(const struct grid_part *part, struct grid_row *row,
                         struct arena *arena);
/* Its shape at a sheet's end, for tail_footer; of a row as it stands. */
struct tail_line part_tail(const struct grid_part *part,
                           const struct grid_row *row);
/* Its cells, and what is doubtful, stand in the input's columns from then on.
 */
void part_place(const struct grid_part *part, struct grid_row *row,
                struct arena *arena);
/* part_kind, and of a row part_place. */
enum left_kind part_take(const struct grid_part *part, struct grid_row *row,
                         struct arena *arena);
/* Of rows up to `before`: is it one of the header's? May it be a record? */
bool part_is_header(const struct grid_part *part, uint64_t number);
bool part_may_be_record(const struct grid_part *part, const struct value *cells,
                        unsigned width);
void part_release(struct grid_part *part);

#endif
