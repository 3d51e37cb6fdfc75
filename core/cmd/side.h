/* side.h: a row and what became of it, printed side by side. */
#ifndef FASTSYNC_CMD_SIDE_H
#define FASTSYNC_CMD_SIDE_H

#include "record.h"
#include "row.h"

void side_print(const struct chunk *chunk, const struct row *row);

#endif
