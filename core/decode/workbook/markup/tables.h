/* tables.h: the tables of a page that are open, with the tags that people leave
 * out: a cell ends where the next one begins.
 *
 * Read for the first time, a page's tables are found; read again, the rows of
 * those that are sheets go to `lines`, a row as soon as it ends. One owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_TABLES_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_TABLES_H

#include "cell.h"
#include "foot.h"
#include "found.h"
#include "layout.h"
#include "lines.h"

/* A table that is open, or was, and keeps its memory for the next. */
struct table {
    unsigned number;
    bool listed; /* its rows go to `lines` */
    bool in_row, in_cell, in_foot;
    bool group_hidden, row_filled, cell_filled;
    unsigned column;     /* of the cell */
    unsigned columns;    /* that <col> has told of */
    unsigned group_area; /* the first of its areas in this group of rows */
    uint64_t rows, cells;
    unsigned width;
    struct layout layout;
    struct found_foot foot;
};

struct tables {
    struct found *found;         /* the first time, else NULL */
    const struct found *settled; /* then, else NULL */
    struct lines *lines;  /* takes rows: the owner's, or those that wait */
    struct lines *above;  /* meanwhile, the owner's */
    struct lines waiting; /* rows of a foot */
    size_t max_cell;
    const char *too_long; /* a fault's text, of the owner */
    const bool *marked;   /* may texts have marks (clean.h)? */

    struct table *open; /* those that are, the innermost last */
    unsigned depth, cap;
    unsigned feet;    /* of them, those that are in their foot */
    unsigned begun;   /* tables so far */
    uint64_t steps;   /* tables, rows and cells that began, tables that ended */
    unsigned done;    /* the last listed one that has ended */
    bool writing;     /* in a cell of a listed table */
    bool hid;         /* which has text that is not shown */
    struct cell cell; /* that one */
    char exact[64];   /* the number that it shows rounded, or "" */
};

void tables_release(struct tables *tables);
/* The innermost one, or NULL. */
struct table *tables_top(const struct tables *tables);

/* What tags do; `hidden`: what they hold is not shown. */
void tables_begin(struct tables *tables, bool hidden);
void tables_end(struct tables *tables);
/* A group of rows begins, or ends. */
void tables_group(struct tables *tables, bool hidden, bool foot);
void tables_row(struct tables *tables, bool hidden);
void tables_row_end(struct tables *tables);
void tables_cell(struct tables *tables, const char *const *attributes);
void tables_cell_end(struct tables *tables);
void tables_columns(struct tables *tables, unsigned count, bool hidden);
/* The text has ended, and nobody has ended its tables: a table of which rows
 * are read may be cut off there. */
void tables_tell_cut(struct tables *tables);
/* So do all tables. */
void tables_end_all(struct tables *tables);
/* Text of a cell, which counts as filled by it. */
void tables_text(struct tables *tables, const char *text, size_t len);

#endif
