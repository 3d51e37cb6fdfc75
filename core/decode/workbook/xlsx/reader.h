/* reader.h: a workbook as a grid (decode/table/grid.h): its rows one after the
 * other, decoded by the reader. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_READER_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_READER_H

#include "areas.h"
#include "book.h"
#include "row.h"
#include "sheet.h"

struct xlsx_reader {
    struct xlsx_book *book;
    struct xlsx_sheet sheet; /* that is being read */
    struct xlsx_row row;
    struct xlsx_areas areas;
    uint64_t line; /* of the row read last */
    uint64_t done; /* bytes taken for earlier sheets */
};

extern const struct grid_kind xlsx_grid;

struct xlsx_reader *xlsx_reader_open(struct source *source,
                                     const struct zip_limits *limits,
                                     size_t max_cell, struct err *err);
void xlsx_reader_close(struct xlsx_reader *reader); /* NULL is allowed */
/* The line of a row whose tag says `said` (0: nothing), after the last one;
 * false with err where a sheet has no such row. */
bool xlsx_reader_line(struct xlsx_reader *reader, uint64_t said,
                      struct err *err);

#endif
