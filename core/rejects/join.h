/* join.h: two rejects files made one. Any thread. */
#ifndef FASTSYNC_REJECTS_JOIN_H
#define FASTSYNC_REJECTS_JOIN_H

#include <stdbool.h>

#include "decode/input.h"

/* Whether the file at `path` has the very header that this input's rejects
 * have: the same columns in the same dialect. */
bool rejects_same_header(const char *path, const struct input *input);
/* Puts the lines of the part after those of `old`, in one step, on the disk.
 * The part stays as it was; it is read by its descriptor, as closing another
 * one would give up its lock. False: errno. */
bool rejects_join(const char *old, const char *part, int fd,
                  const struct input *input);

#endif
