/* reader.h: the rows of a workbook's sheets, as a grid takes them. The book of
 * a grid (grid.h) is a struct xls_reader. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_READER_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_READER_H

#include "book.h"
#include "decode/table/grid.h"

struct xls_reader;

/* Takes the book over; and frees it, too. */
struct xls_reader *xls_reader_new(const struct xls_book *book);
void xls_reader_free(struct xls_reader *reader); /* NULL is allowed */
const struct xls_book *xls_reader_book(const struct xls_reader *reader);

extern const struct grid_kind xls_reader_kind;

#endif
