/* wide.h: UTF-16 of this machine's order, which ODBC has texts in. Pure. */
#ifndef FASTSYNC_DECODE_SQL_ODBC_WIDE_H
#define FASTSYNC_DECODE_SQL_ODBC_WIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Appends it to `out` as UTF-16, and a zero behind it, which does not count. */
void wide_from(struct buf *out, const char *text, size_t len);
/* Appends units to UTF-8 that was made of the units before. *high is the first
 * half of a pair whose second half is to come, or 0: so at the start and, where
 * all was well, at the end. False: it is no UTF-16. */
bool wide_to(struct buf *out, const uint16_t *units, size_t count,
             uint16_t *high);

#endif
