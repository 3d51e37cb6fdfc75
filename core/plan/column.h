/* column.h: `col "…"`: read from the script, and found in an input. */
#ifndef FASTSYNC_PLAN_COLUMN_H
#define FASTSYNC_PLAN_COLUMN_H

#include "compiler.h"

/* The column expression at a stack index, as a number into plan->columns. */
bool plan_read_column(struct plan_compiler *compiler, int index,
                      uint32_t *number);
/* Names it as decoders spell names, in NFC and squeezed; in call->arena, which
 * lives as long as the column. */
void plan_name_column(struct plan_column *column, struct value name,
                      struct text_call *call);
/* Finds it in an input; see plan_bind. `script` begins messages. */
bool plan_bind_column(const char *script, struct plan_column *column,
                      const struct input *input, struct err *err);

#endif
