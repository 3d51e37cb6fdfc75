/* letters.h: text of plain XML as it is meant: references, line ends, and
 * characters that a workbook writes as _x000D_. Pure; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_LETTERS_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Is the text meant as it stands, and UTF-8? *flags are those of a scan
 * (base/scan.h), of which two are a value's. */
bool xlsx_letters_plain(const char *text, size_t len, unsigned *flags);
/* Is the text, of these flags, NFC without white space at its ends? */
bool xlsx_letters_ready(const char *text, size_t len, unsigned flags);
/* Appends what the text says. False: it is no text of XML (*why). */
bool xlsx_letters_put(struct buf *out, const char *text, size_t len,
                      const char **why);

#endif
