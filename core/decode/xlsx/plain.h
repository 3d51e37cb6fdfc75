/* plain.h: a part of a workbook as plain XML (tag.h), whatever it is written
 * in.
 *
 * Most parts are plain: their text is given as it is inflated. What is not
 * (another encoding, a prefix at the root, a DTD) is heard through xml.h and
 * written anew. What only shows later (a comment, CDATA, an instruction) is for
 * the reader to see (plain_is_odd), who then opens the part again, heard. The
 * text begins with the root's tag. One owner, one thread. */
#ifndef FASTSYNC_DECODE_XLSX_PLAIN_H
#define FASTSYNC_DECODE_XLSX_PLAIN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/zip.h"

struct plain;

/* `heard`: through xml.h in any case. NULL: err, which begins with the part's
 * name, as that of the others. */
struct plain *plain_open(struct zip *zip, unsigned part, bool heard,
                         struct err *err);
void plain_close(struct plain *plain); /* NULL is allowed */
/* Appends about `want` bytes; none: the part's end. */
bool plain_read(struct plain *plain, struct buf *into, size_t want,
                struct err *err);
/* It is written anew: it is plain beyond doubt. */
bool plain_heard(const struct plain *plain);
/* Bytes of the package that were taken for it. */
uint64_t plain_taken(const struct plain *plain);

/* Does the text hold what no plain one does? */
bool plain_is_odd(const char *text, size_t len);

#endif
