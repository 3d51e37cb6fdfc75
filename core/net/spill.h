/* spill.h: an answer that outgrows memory goes into a temporary file without a
 * name (source/spool.h), and is looked at there.
 *
 * What it may unpack to is bounded by what has come: SPILL_RATIO times that.
 * One owner. */
#ifndef FASTSYNC_NET_SPILL_H
#define FASTSYNC_NET_SPILL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

enum { SPILL_AT = 16 * 1024 * 1024, SPILL_RATIO = 200 };

/* Zeroed but for the path: empty. */
struct spill {
    const char *path; /* for messages */
    bool open;
    int fd;
    uint64_t len;
    void *map;
    bool bomb;   /* it would be more than SPILL_RATIO times what came */
    bool failed; /* err */
    struct err err;
};

/* Takes bytes behind those of `memory`, which it may empty. */
bool spill_add(struct spill *spill, struct buf *memory, const char *bytes,
               size_t len);
/* Its bytes, for as long as nothing is added; NULL: all of it is in memory, or
 * spill->failed. */
const char *spill_bytes(struct spill *spill);
void spill_clear(struct spill *spill);

#endif
