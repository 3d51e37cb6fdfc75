/* areas.h: a sheet's merged cells, which stand behind its rows. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_AREAS_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_AREAS_H

#include <stdbool.h>

#include "book.h"

struct xlsx_areas {
    struct grid_area *all;
    unsigned count, cap;
};

/* Those of the sheet; `areas` is zeroed, and to be released. Reads the whole
 * part. */
bool xlsx_areas_read(struct xlsx_areas *areas, const struct xlsx_book *book,
                     unsigned sheet, struct err *err);
void xlsx_areas_release(struct xlsx_areas *areas);

#endif
