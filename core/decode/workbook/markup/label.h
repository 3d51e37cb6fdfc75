/* label.h: what a page says of its encoding, as browsers take it. Pure. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_LABEL_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_LABEL_H

#include <stddef.h>

enum { LABEL_SIZE = 48 };

/* The encoding of a charset's label, in `name`; NULL: nobody knows it. */
const char *label_encoding(const char *label, size_t len,
                           char name[LABEL_SIZE]);
/* The encoding that a page names in its <meta>, among these first bytes; or
 * NULL. */
const char *label_in_page(const char *head, size_t len, char name[LABEL_SIZE]);

#endif
