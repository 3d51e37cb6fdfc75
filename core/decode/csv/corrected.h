/* corrected.h: rows of rejects files. For the CSV decoder's files alone. */
#ifndef FASTSYNC_DECODE_CSV_CORRECTED_H
#define FASTSYNC_DECODE_CSV_CORRECTED_H

#include "rows.h"

/* Takes our marks off the row's first cells, then what the input itself has of
 * its own kind, where it was CSV. */
void csv_drop_marks(const struct input *input, struct csv_rows *rows,
                    unsigned count);
/* What the row just taken says of its key, in the first of our columns, cell
 * `own`; NULL: nothing. */
const char *csv_carried(const struct input *input, const struct csv_rows *rows,
                        unsigned own);
/* The row's text up to rows->end without our marks, in the arena. */
struct origin csv_unmarked(const struct input *input, struct csv_rows *rows);
/* Has the row been corrected, or is a mark for what is missing left? */
const char *csv_find_gap(const struct csv_rows *rows);

#endif
