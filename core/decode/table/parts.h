/* parts.h: which sheets of a book are read, and what their rows are. */
#ifndef FASTSYNC_DECODE_TABLE_PARTS_H
#define FASTSYNC_DECODE_TABLE_PARTS_H

#include "state.h"

/* Of the chosen sheets those that hold the table; sets the columns. EXIT_INPUT
 * where none does. */
bool parts_find(struct input *input, struct grid *grid,
                const struct grid_sheet *sheets, const unsigned *chosen,
                unsigned count, struct err *err);

#endif
