/* rejects_join.h: two rejects files made one. Any thread. */
#ifndef FASTSYNC_REJECTS_JOIN_H
#define FASTSYNC_REJECTS_JOIN_H

#include <stdbool.h>

#include "decode/decoder.h"

/* Whether the file at `path` has the very header that this input's rejects
 * have: the same columns in the same dialect. */
bool rejects_same_header(const char *path, const struct input *input);
/* Puts the lines of `old` between the header and the lines of `part`, on the
 * disk. False: errno says why; `part` is as it was. */
bool rejects_join(const char *old, const char *part, const struct input *input);

#endif
