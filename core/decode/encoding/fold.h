/* fold.h: a head as its ASCII alone, so that UTF-16 is no other case where only
 * that is looked at. Pure. */
#ifndef FASTSYNC_DECODE_ENCODING_FOLD_H
#define FASTSYNC_DECODE_ENCODING_FOLD_H

#include <stddef.h>

#include "base/buf.h"

/* Appends it without its mark; a NUL follows, as it does in all bufs. */
void fold_head(struct buf *out, const char *head, size_t len);

#endif
