/* wanted.h: a mapping that uses columns by name tells the header better than
 * any guess: it is the line that has these names. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TABLE_WANTED_H
#define FASTSYNC_DECODE_TABLE_WANTED_H

#include "decode/spec.h"
#include "view.h"

/* The line that holds most of them, the first of equals, or -1; *names: how
 * many of them. */
int wanted_find(const struct table_view *view,
                const struct wanted_columns *wanted, unsigned *names);
/* Cells that a row must have for the mapping, under this header; 0: not known.
 */
unsigned wanted_cells(const struct value *cells, unsigned width,
                      const struct wanted_columns *wanted);
/* How many of the names stand in the line. */
unsigned wanted_count(const struct value *cells, unsigned width,
                      const struct wanted_columns *wanted);

#endif
