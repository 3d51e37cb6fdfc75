/* workbook.h: the elements of an XML Spreadsheet 2003 as sheets, rows and
 * cells. Read for the first time, it finds the sheets; read again, their rows
 * go to `lines`. One owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_WORKBOOK_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_WORKBOOK_H

#include "found.h"
#include "lines.h"
#include "package/xml.h"
#include "styles.h"

/* Elements that hold what counts, each in the one before. */
enum element {
    IN_NOTHING,
    IN_BOOK,
    IN_SHEET,
    IN_TABLE,
    IN_ROW,
    IN_CELL,
    IN_DATA,
    ELEMENTS
};

struct workbook {
    struct found *found; /* the first time: takes the sheets; else NULL */
    struct lines *lines; /* the second time, else NULL */
    size_t max_cell;
    const char *too_long; /* a fault's text, of the owner */
    struct xml *xml;      /* to fail by */

    enum element in;
    unsigned level;           /* of elements, */
    unsigned begun[ELEMENTS]; /* at which those began */
    struct styles styles;
    struct shown *column_shown; /* formats of columns */
    unsigned column_count, column_cap;
    struct shown row_shown, shown; /* of the row, of the cell */
    bool row_styled;
    bool from_1904;
    unsigned sheet;  /* begun so far */
    unsigned done;   /* sheets that have ended */
    uint64_t line;   /* of the row */
    unsigned span;   /* rows that it stands for, beside itself */
    unsigned column; /* of the cell */
    unsigned next;   /* of the next cell */
    unsigned type;   /* of the data (stored.h) */
    bool writing;    /* the cell is one of `lines` */
    bool formula;    /* it has one, */
    bool filled;     /* and data */
    struct buf visible;
    bool in_visible; /* whether a sheet is */
    struct arena arena;
};

void workbook_open(struct workbook *workbook);
void workbook_release(struct workbook *workbook);
struct xml_listener workbook_listener(struct workbook *workbook);

#endif
