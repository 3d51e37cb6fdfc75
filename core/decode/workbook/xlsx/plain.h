/* plain.h: a part of a workbook as plain XML (tag.h), whatever it is written
 * in.
 *
 * Most parts are plain: their text is given as it is inflated. What is not
 * (another encoding, a prefix at the root, a DTD) is heard through xml.h and
 * written anew. What only shows later (a comment, CDATA, an instruction) is for
 * the reader to see (xlsx_plain_is_odd), who then opens the part again, heard.
 * The text begins with the root's tag. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_PLAIN_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_PLAIN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "package/zip.h"

struct xlsx_plain;

/* Bytes of a part that are read at a time. A test that makes them few sees
 * every way that a text can be cut. */
extern size_t xlsx_plain_step;

/* `heard`: through xml.h in any case. NULL: err, which begins with the part's
 * name, as that of the others. */
struct xlsx_plain *xlsx_plain_open(struct zip *zip, unsigned part, bool heard,
                                   struct err *err);
void xlsx_plain_close(struct xlsx_plain *plain); /* NULL is allowed */
/* How much to read behind `left` bytes of what is not whole: as much again, as
 * it is looked at once more, but hardly beyond `longest` in all. */
size_t xlsx_plain_want(size_t left, size_t longest);
/* Appends about `want` bytes; none: the part's end. */
bool xlsx_plain_read(struct xlsx_plain *plain, struct buf *into, size_t want,
                     struct err *err);
/* It is written anew: it is plain beyond doubt. */
bool xlsx_plain_heard(const struct xlsx_plain *plain);
/* Bytes of the package that were taken for it. */
uint64_t xlsx_plain_taken(const struct xlsx_plain *plain);

/* Does the text hold what no plain one does? */
bool xlsx_plain_is_odd(const char *text, size_t len);

#endif
