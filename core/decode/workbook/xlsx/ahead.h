/* ahead.h: a large part's text, read by a thread of its own while the last
 * blocks of it are looked at: what must be whole before anything else begins
 * (the shared strings) is then ready in about the time that inflating takes.
 *
 * One owner, one thread of his. Until it is closed, neither the part nor its
 * package is touched by anybody else. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_AHEAD_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_AHEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "plain.h"

struct xlsx_ahead;

/* `size`: bytes of the part, as its package says. A small one, or one for which
 * no thread can be started, is read by the caller. */
struct xlsx_ahead *xlsx_ahead_open(struct xlsx_plain *plain, uint64_t size);
/* Stops reading; the part is the caller's again. */
void xlsx_ahead_close(struct xlsx_ahead *ahead);
/* As xlsx_plain_read: appends about `want` bytes; none: the part's end. */
bool xlsx_ahead_read(struct xlsx_ahead *ahead, struct buf *into, size_t want,
                     struct err *err);

#endif
