/* foot.h: a table's <tfoot>, which a page shows below all other rows, wherever
 * it stands. Read for the first time, it is found out where that is; read
 * again, its rows wait for the table's end, and all rows are numbered as they
 * are shown. As in browsers, only the first one counts. What is more than
 * FOOT_ROWS rows or FOOT_BYTES of text is no foot, and stays where it is. For
 * tables.h. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_FOOT_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_FOOT_H

#include "found.h"

struct table;
struct tables;

enum { FOOT_ROWS = 100, FOOT_BYTES = 1024 * 1024 };

/* A group of rows that is a foot begins; a group ends. */
void foot_begin(struct tables *tables, struct table *table);
void foot_end(struct tables *tables, struct table *table);
/* A text stands in a cell, of this table or of one within it. */
void foot_text(struct tables *tables, size_t len);
/* The table ends: says where its foot belongs, and moves its areas. */
void foot_tell(const struct table *table, struct found_table *found);
/* Its foot's rows come now. */
void foot_put(struct tables *tables);
/* The number of a row as it is shown. */
uint64_t foot_line(const struct tables *tables, const struct table *table);

#endif
