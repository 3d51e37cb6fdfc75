/* found.h: what a first reading finds out about the tables of a page. One
 * owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_FOUND_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_FOUND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "decode/table/grid.h"
#include "decode/table/hidden.h"

/* A group of rows that is shown below all others (foot.h). */
struct found_foot {
    uint64_t top, bottom; /* its rows, from 1; 0: there is none */
    uint64_t below;       /* rows that stand below it; 0: it is not moved */
    uint64_t bytes;       /* of text */
};

struct found_table {
    unsigned
        number; /* the page's tables in the order of their begins, from 1 */
    unsigned parent; /* the table that it stands in; 0: none */
    bool hidden;
    bool layout;          /* it only puts other tables in their places */
    bool inner;           /* it is text of a cell */
    uint64_t rows, cells; /* that hold text of their own */
    unsigned width;
    char id[64];        /* or "" */
    struct buf caption; /* empty: it has none */
    struct grid_area *areas;
    struct hidden *columns; /* that are hidden; NULL: none is */
    unsigned area_count, area_cap;
    struct found_foot foot;
};

struct found {
    struct found_table *all; /* in their order */
    unsigned count, cap;
    uint64_t lost; /* tables within others that are not kept: text of cells */
    uint64_t lost_outer; /* and those in no other */
};

enum { FOUND_TABLES = 10000 };

void found_release(struct found *found);
/* The table of that number, or NULL. */
struct found_table *found_number(const struct found *found, unsigned number);
/* A table more; NULL: there are too many. Until the next one is added. */
struct found_table *found_add(struct found *found, unsigned number,
                              unsigned parent);
void found_area(struct found_table *table, const struct grid_area *area);
/* All of them, or more than GRID_AREAS (grid.h); borrowed. */
void found_areas(const struct found_table *table,
                 const struct grid_area **areas, unsigned *count);
void found_column(struct found_table *table, unsigned first, unsigned last);
/* Is the column hidden? */
bool found_hides(const struct found_table *table, unsigned column);
/* Says which tables only lay out others, and which are text. */
void found_settle(struct found *found);

#endif
