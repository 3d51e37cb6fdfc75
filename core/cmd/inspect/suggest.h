/* suggest.h: what the mapping language has for a column's cells, as Lua. */
#ifndef FASTSYNC_CMD_INSPECT_SUGGEST_H
#define FASTSYNC_CMD_INSPECT_SUGGEST_H

#include "gather.h"

/* Appends the column as it stands: col "Mã KH", or by its number where no name
 * means it alone. */
void suggest_column(const struct gather *gather, unsigned column,
                    struct buf *out);
/* Appends what makes of it what it looks like: vn.phone(col "Điện thoại"); the
 * column alone where nothing is to be done. False: so it is. */
bool suggest_value(const struct gather *gather, unsigned column,
                   struct buf *out);
/* Appends what makes 1 and 0 of the column's words; false: they are too many.
 */
bool suggest_status(const struct gather *gather, unsigned column,
                    struct buf *out);

#endif
