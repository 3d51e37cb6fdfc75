/* columns.h: several inputs of one mapping, held against each other.
 *
 * Columns in another order do no harm, as they are found by name; others are
 * told, once an input. */
#ifndef FASTSYNC_CMD_JOB_COLUMNS_H
#define FASTSYNC_CMD_JOB_COLUMNS_H

#include "decode/input.h"

/* `position`: the largest column that the mapping finds by its place, 0: none.
 */
void columns_compare(const struct input *const *inputs, unsigned count,
                     unsigned position);

#endif
