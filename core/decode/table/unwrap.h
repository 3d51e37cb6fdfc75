/* unwrap.h: what a spreadsheet puts around a cell's digits. Pure but for the
 * arena. */
#ifndef FASTSYNC_DECODE_TABLE_UNWRAP_H
#define FASTSYNC_DECODE_TABLE_UNWRAP_H

#include <stdbool.h>

#include "base/mem.h"
#include "value.h"

/* The warning about it. */
#define UNWRAP_TEXT                                                            \
    "what a spreadsheet had put around it (=\"…\" or ') is taken off"

/* Takes `="…"` or a leading apostrophe off; true when one was there.
 * What must change is made anew in the arena. */
bool table_unwrap(struct value *cell, struct arena *arena);

#endif
