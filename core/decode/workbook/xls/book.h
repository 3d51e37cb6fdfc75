/* book.h: a workbook of BIFF2 to BIFF8: what its first records tell of all its
 * sheets. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_BOOK_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_BOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "formats.h"
#include "records.h"
#include "source/source.h"
#include "stream.h"
#include "strings.h"
#include "text.h"

struct xls_sheet {
    char *name;          /* UTF-8; NULL: before BIFF5 they have none */
    uint64_t start, end; /* its records in the stream, at most */
    bool hidden, no_table;
};

struct xls_book {
    struct xls_stream stream;
    struct xls_records records;
    unsigned version; /* 2, 3, 4, 5 (and 7), 8 */
    bool from_1904;
    struct xls_text text;
    bool encoding_said; /* what the workbook says of it does not count */
    struct xls_formats formats;
    unsigned format_place; /* of the next one that has no number */
    struct xls_strings strings;
    struct xls_sheet *sheets;
    unsigned sheet_count, sheet_cap;
    struct buf scratch; /* for a text at a time */
};

/* The record that ends what a BOF began. */
enum { XLS_EOF = 0x0A };

/* Is it a BOF, which begins a part of a workbook? */
static inline bool xls_is_begin(unsigned type)
{
    return (type & 0xFF) == 0x09 && (type >> 8 == 0 || type >> 8 == 2 ||
                                     type >> 8 == 4 || type >> 8 == 8);
}

/* Do these first bytes begin a workbook that is in no compound file? */
bool xls_book_begins(const char *head, size_t len);
/* The source is borrowed and was spooled. `encoding` is said of its code page,
 * or NULL. On failure the book is released. EXIT_INPUT, without the input's
 * name. */
bool xls_book_open(struct xls_book *book, struct source *source,
                   const char *encoding, struct err *err);
void xls_book_release(struct xls_book *book);

#endif
