/* find.h: a text in a text, byte by byte, in a time that grows with their
 * length alone, whatever they are made of. Pure. */
#ifndef FASTSYNC_TEXT_FIND_H
#define FASTSYNC_TEXT_FIND_H

#include <stddef.h>

/* Where `what` first begins in the `len` bytes, or NULL. A text of no bytes is
 * everywhere. */
const char *find_text(const char *in, size_t len, const char *what,
                      size_t what_len);

#endif
