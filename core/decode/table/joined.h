/* joined.h: a header of several lines that nobody has said, found among the
 * first lines. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TABLE_JOINED_H
#define FASTSYNC_DECODE_TABLE_JOINED_H

#include <stdbool.h>

#include "base/buf.h"
#include "decode/spec.h"
#include "grid.h"
#include "view.h"

/* Lines that follow one another, in a view. */
struct joined {
    unsigned first, count;
};

/* The lines that together have more than *names of the wanted names, which is
 * set to how many; false where there are none. */
bool joined_find_wanted(struct table_view *view, const struct grid_area *areas,
                        unsigned area_count,
                        const struct wanted_columns *wanted, unsigned *names,
                        struct joined *found);
/* The lines around that one that belong to its header for sure, as merged cells
 * say; itself alone where there are none. */
struct joined joined_find_sure(const struct table_view *view, unsigned at,
                               const struct grid_area *areas,
                               unsigned area_count);
/* How many of the wanted names the lines have together. */
unsigned joined_count_wanted(struct table_view *view,
                             const struct joined *joined,
                             const struct grid_area *areas, unsigned area_count,
                             const struct wanted_columns *wanted);
/* Appends, after "; ", the line next to the header that may belong to it;
 * `unit`: "row" or "line". */
void joined_tell(const struct table_view *view, unsigned at, const char *unit,
                 struct buf *told);

#endif
