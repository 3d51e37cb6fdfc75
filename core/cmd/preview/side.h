/* side.h: a row and what became of it, side by side. */
#ifndef FASTSYNC_CMD_PREVIEW_SIDE_H
#define FASTSYNC_CMD_PREVIEW_SIDE_H

#include "deliver/last.h"
#include "record.h"
#include "row.h"

/* Prints on standard output; records, rejects or skip stand alone in the
 * chunk, as walk_visit has them. */
void side_print(const struct chunk *chunk, const struct row *row);

/* After it: a record of the row does not count, as a later one has its key. */
void side_superseded(const struct later *later);

#endif
