/* ncr.h: numeric character references, as HTML has them. Pure. */
#ifndef FASTSYNC_CHARSET_NCR_H
#define FASTSYNC_CHARSET_NCR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length of the reference that begins with the '&' at `at`, and its letter
 * beyond ASCII; 0: it is none, or *open: it may go on behind `end`. */
size_t ncr_take(const char *at, const char *end, int32_t *letter, bool *open);

#endif
