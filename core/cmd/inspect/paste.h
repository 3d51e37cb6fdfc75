/* paste.h: the lines of a mapping that follow from what was found, as Lua. */
#ifndef FASTSYNC_CMD_INSPECT_PASTE_H
#define FASTSYNC_CMD_INSPECT_PASTE_H

#include "gather.h"

/* Appends `fast.csv { "kh.csv", delimiter = ";" }`; in lines where it is wider
 * than `width`. */
void paste_source(const struct gather *gather, size_t width, struct buf *out);

/* Calls `take` for each field that suggests itself, in the form's order. */
void paste_fields(const struct gather *gather,
                  void (*take)(void *out, const char *field, unsigned column),
                  void *out);
/* The same for each field that the form wants and no column is sure for. */
void paste_missing(const struct gather *gather,
                   void (*take)(void *out, const char *field), void *out);

#endif
