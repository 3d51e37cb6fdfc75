/* where.h: where in an OpenDocument spreadsheet an element stands: in which
 * sheet, row, cell; and what is none of a sheet's business. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_WHERE_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_WHERE_H

#include <stdbool.h>

enum ods_level {
    ODS_OUTSIDE, /* styles, settings */
    ODS_BODY,    /* where sheets stand */
    ODS_SHEET,
    ODS_ROW,
    ODS_CELL,
    ODS_LINE, /* of a cell's text */
};

enum { ODS_LEVELS = ODS_LINE + 1 };

struct ods_where {
    enum ods_level level;
    unsigned depth;
    unsigned opened[ODS_LEVELS]; /* the depth of each level's element */
    unsigned skipped;            /* of an element that is left out; 0: none */
    unsigned sheets;             /* seen so far */
};

/* An element begins: true where it opens a level, or stands in one of
 * ODS_SHEET (a column), ODS_LINE (a blank); its level is where->level. False:
 * it says nothing here. */
bool ods_enter(struct ods_where *where, const char *name,
               const char *const *attributes);
/* Leaves out all that stands in the element that began last, and itself. */
void ods_skip(struct ods_where *where);
/* An element ends: the level that it has closed, or ODS_OUTSIDE. */
enum ods_level ods_leave(struct ods_where *where);

/* Of a table's attributes: it is a copy of another document's cells, kept for
 * formulas, which nobody sees: no sheet. */
bool ods_is_copy(const char *const *attributes);

#endif
