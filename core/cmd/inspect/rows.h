/* rows.h: what looks wrong in a row as a whole, which can be used all the same.
 */
#ifndef FASTSYNC_CMD_INSPECT_ROWS_H
#define FASTSYNC_CMD_INSPECT_ROWS_H

#include "signs.h"

void rows_look(struct signs *signs, unsigned columns, const struct row *row);

#endif
