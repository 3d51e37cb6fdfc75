/* packed.h: a page that came packed, though nobody asked for that (or that is a
 * .gz file), made plain. libcurl would do it, and take half of one for whole.
 * Bounded as a page is, and by SPILL_RATIO. */
#ifndef FASTSYNC_NET_WEB_PACKED_H
#define FASTSYNC_NET_WEB_PACKED_H

#include "net/spill.h"

/* Where a plain page is kept; zeroed but for spill.path. */
struct packed_page {
    struct buf memory;
    struct spill spill;
};

enum packed {
    PACKED_WHOLE,
    PACKED_CUT,   /* it ends before its end, or is damaged */
    PACKED_LARGE, /* more than `max` bytes; or spill.bomb */
    PACKED_FAULT, /* spill.err */
};

bool packed_is(const char *body, size_t len); /* gzip, by its first bytes */
enum packed packed_unpack(struct packed_page *page, const char *body,
                          size_t len, uint64_t max);
/* Its bytes, until it is unpacked into again. */
const char *packed_bytes(struct packed_page *page, size_t *len);
void packed_release(struct packed_page *page);

#endif
