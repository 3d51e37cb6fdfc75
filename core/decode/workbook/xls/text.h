/* text.h: texts of a workbook as UTF-8: of a code page up to BIFF5; from BIFF8
 * on of UTF-16, of which the upper bytes may be left out where all are 0.
 * One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_TEXT_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "charset/charset.h"
#include "records.h"

struct xls_text {
    bool wide;                    /* BIFF8 */
    const char *encoding;         /* the code page's; lives on */
    struct transcoder transcoder; /* of it */
};

/* The code page of that number, by a name that iconv knows; NULL: no such. */
const char *xls_page_name(unsigned page);
/* From now on texts are of that code page; false: nobody knows it. */
bool xls_text_open(struct xls_text *text, const char *encoding);
void xls_text_close(struct xls_text *text);

/* Appends a text of `count` characters, behind which what belongs to it (runs
 * of fonts, how it is spoken) is left out. What cannot be read is U+FFFD there;
 * *unread: a byte of the code page that is none, from 0x100 on; 0: all is well.
 * False: the bytes end before. */
bool xls_text_take(struct xls_text *text, struct xls_bytes *bytes,
                   unsigned count, struct buf *out, unsigned *unread);

#endif
