/* wrong.h: what looks wrong about numbers, and, once all rows are read, about
 * columns as a whole. */
#ifndef FASTSYNC_CMD_INSPECT_WRONG_H
#define FASTSYNC_CMD_INSPECT_WRONG_H

#include "gather.h"

/* A number in exponent form, or one that was cut to 15 digits. */
void wrong_number(struct signs *signs, unsigned column,
                  const struct place *place, enum cell_kind kind,
                  const struct value *text);
/* What the columns look like, which one is the key, and what is wrong. */
void wrong_conclude(struct gather *gather);

#endif
