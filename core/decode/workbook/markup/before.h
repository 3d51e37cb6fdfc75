/* before.h: what stands in a text before the first table that a page would show
 * of it: the rest of a page, or the cells of a CSV that holds pieces of pages.
 * Pure. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_BEFORE_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_BEFORE_H

enum before {
    BEFORE_NOTHING, /* there is no table */
    BEFORE_PAGE,    /* parts of a page: tags, words */
    BEFORE_CELLS,   /* cells, or the table is in one */
};

enum before before_table(const char *text);

#endif
