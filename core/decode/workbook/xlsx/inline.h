/* inline.h: a text that stands in its cell. Pure; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_INLINE_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_INLINE_H

#include <stddef.h>

#include "base/buf.h"

/* What an element holds that has text alone; answers what follows the text, its
 * closing tag; NULL: there is none in view. */
const char *xlsx_inline_text(const char *at, const char *end, const char **text,
                             size_t *len);
/* The texts of <is> at `at`, behind its tag, put together in `out`; answers
 * what follows it, NULL: damaged. *why, where one of them is none. */
const char *xlsx_inline_read(struct buf *out, const char *at, const char *end,
                             const char **why);

#endif
