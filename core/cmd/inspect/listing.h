/* listing.h: what looks wrong, in lines: a kind in few columns has one for
 * each, a kind in many has one for all. */
#ifndef FASTSYNC_CMD_INSPECT_LISTING_H
#define FASTSYNC_CMD_INSPECT_LISTING_H

#include "gather.h"

void listing_put(const struct gather *gather, size_t width, struct buf *out);

#endif
