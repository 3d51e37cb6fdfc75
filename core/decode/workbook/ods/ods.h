/* ods.h: an opened OpenDocument spreadsheet: its sheets, and the rows of one
 * of them at a time. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_ODS_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_ODS_H

#include "decode/table/grid.h"
#include "decode/table/table.h"
#include "package/zip.h"

struct ods_options {
    struct table_options table;
    size_t max_cell;
};

struct ods_rows;

struct ods {
    struct source *source; /* borrowed */
    struct zip *zip;       /* NULL: a flat file */
    unsigned content;      /* its part */
    bool plain;            /* as find.h says */
    bool spans;            /* cells may span others */
    size_t max_cell;
    struct grid_sheet *sheets; /* owns their names */
    unsigned count;
    struct ods_rows *rows; /* of the sheet that is read */
    struct grid_area *areas;
    unsigned area_count;
};

#endif
