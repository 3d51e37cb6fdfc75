/* told.h: what is said of a lookup's keys when it was read: how many rows have
 * none, how many come again, and where the first of them stand. */
#ifndef FASTSYNC_PLAN_LOOKUP_TOLD_H
#define FASTSYNC_PLAN_LOOKUP_TOLD_H

#include "decode/input.h"
#include "own.h"

/* Rows of one sort; the first of them as text. */
struct told_sort {
    uint64_t count;
    struct buf first;
};

/* Zero-initialised is nothing. */
struct told {
    struct told_sort blank, same, differs;
};

void told_release(struct told *told);
/* A row without a key. */
void told_blank(struct told *told, const struct input *input,
                const struct place *place);
/* The row that begins at `again` has the key of the one at `old`. */
void told_again(struct told *told, const struct lookup *lookup, uint64_t old,
                uint64_t again, bool same);
/* The first of those that differ as the error that ends the run. */
bool told_refuse(const struct told *told, const struct lookup *lookup,
                 struct err *err);
void told_tell(struct told *told, const struct lookup *lookup);

#endif
