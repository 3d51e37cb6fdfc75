/* columns.h: the table of an input's columns, a line or two each. */
#ifndef FASTSYNC_CMD_INSPECT_COLUMNS_H
#define FASTSYNC_CMD_INSPECT_COLUMNS_H

#include "gather.h"

void columns_put(const struct gather *gather, size_t width, struct buf *out);

#endif
