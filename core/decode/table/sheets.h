/* sheets.h: which of a workbook's sheets are read. Pure. */
#ifndef FASTSYNC_DECODE_TABLE_SHEETS_H
#define FASTSYNC_DECODE_TABLE_SHEETS_H

#include <stdbool.h>

#include "base/err.h"
#include "grid.h"

/* The sheets that `said` names, or that may be the one where it is NULL; in
 * `chosen`, which has room for all of them; their number in *found. `one`: the
 * first of them that holds a table is meant, not all. EXIT_USAGE where there
 * is none such, with the names that there are. */
bool sheets_choose(const struct grid_sheet *sheets, unsigned count,
                   const char *said, bool skip_hidden, unsigned *chosen,
                   unsigned *found, struct err *err);

#endif
