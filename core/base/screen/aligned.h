/* aligned.h: text in columns, as wide as a terminal draws it.
 *
 * Widths are columns of a terminal, neither bytes nor code points: a wide
 * letter takes two, a combining mark none. A text is one line, shown as show.h
 * does it. Pure; any thread. */
#ifndef FASTSYNC_ALIGNED_H
#define FASTSYNC_ALIGNED_H

#include <stddef.h>

#include "base/buf.h"

enum { ALIGNED_GAP = 2 }; /* blanks between two columns */

/* Columns that a text takes, at most `max`. */
size_t aligned_width(const char *text, size_t max);
/* Appends a text, padded to `width` and the gap; what does not fit is cut and
 * ends in "…". */
void aligned_put(struct buf *out, const char *text, size_t width);
/* Ends a line: no blanks in front of its end. */
void aligned_end(struct buf *out);

#endif
