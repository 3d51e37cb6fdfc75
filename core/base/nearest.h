/* nearest.h: "did you mean": the name nearest to one that does not exist.
 *
 *     nearest_init(&nearest, "Emial", 5);
 *     for (each name) nearest_try(&nearest, name);
 *     answer = nearest_end(&nearest);
 *
 * Names are compared folded (utf8_fold); the first of equally near ones wins.
 * Tried names are borrowed until the end. Any thread. */
#ifndef FASTSYNC_NEAREST_H
#define FASTSYNC_NEAREST_H

#include <stdbool.h>

#include "buf.h"

struct nearest {
    struct buf wanted; /* folded */
    struct buf tried;  /* folded */
    const char *best;
    size_t distance; /* of the best, in halves of an edit; bounded */
};

void nearest_init(struct nearest *nearest, const char *name, size_t len);
void nearest_try(struct nearest *nearest, const char *name);
/* The same of names that come in no order, such as a table's or a folder's: the
 * lesser one of equally near ones wins. */
void nearest_try_any(struct nearest *nearest, const char *name);
/* Answers the nearest, or NULL where none is near, and frees all else. */
const char *nearest_end(struct nearest *nearest);

#endif
