/* names.h: the tables of pages as the sheets of a book, and what they are
 * called: as Excel called them, by their caption or id, or "table 1". One
 * owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_NAMES_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_NAMES_H

#include "found.h"
#include "island.h"

/* Where a sheet is. */
struct names_place {
    unsigned page;   /* from 0 */
    unsigned number; /* of the table in it */
    uint64_t cells;  /* filled ones; 0: Excel has named it a sheet */
};

struct names {
    struct grid_sheet *sheets; /* whose names are ours */
    struct names_place *places;
    unsigned count, cap;
};

void names_release(struct names *names);
/* Adds the tables of a page that hold anything. Excel called the first
 * ones as `known` says, unless there are more of them than tables. */
void names_add(struct names *names, unsigned page, const struct found *found,
               const struct island_sheet *known, unsigned known_count);
/* All are added: says which are far smaller than another one, as what a page
 * has beside its list is. */
void names_settle(struct names *names);

#endif
