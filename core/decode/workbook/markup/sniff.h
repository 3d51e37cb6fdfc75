/* sniff.h: what marked-up text begins with, by its first bytes, in UTF-8,
 * UTF-16 or a code page. Pure. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_SNIFF_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_SNIFF_H

#include <stddef.h>

/* How sure it is that these first bytes are it, 0 to 100. */
int sniff_html(const char *head, size_t len);
int sniff_mhtml(const char *head, size_t len);
int sniff_spreadsheetml(const char *head, size_t len);

#endif
