/* sheet.h: one sheet of a workbook as a stream of rows, each as plain XML. One
 * owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_SHEET_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "book.h"
#include "decode/table/hidden.h"
#include "plain.h"

/* Zero-initialised is closed. */
struct xlsx_sheet {
    const struct xlsx_book *book;
    unsigned sheet;
    struct xlsx_plain *plain;
    struct buf text; /* read, */
    size_t taken;    /* and given, so much of it */
    size_t looked;   /* and looked through for rows, so much */
    uint64_t rows;   /* given */
    bool over;       /* its rows are */
    struct hidden hidden;
};

/* Stands before the first row then. False: err, without the input's name; to be
 * closed whatever the answer. */
bool xlsx_sheet_open(struct xlsx_sheet *sheet, const struct xlsx_book *book,
                     unsigned number, struct err *err);
void xlsx_sheet_close(struct xlsx_sheet *sheet);
/* The next row's XML, from its tag to the tag of the next one; borrowed until
 * the next call. */
enum step xlsx_sheet_next(struct xlsx_sheet *sheet, const char **row,
                          size_t *len, struct err *err);
/* For who cuts rows himself: more text behind what was not taken (*more: there
 * was some); the part opened again and heard, up to behind the rows given. */
bool xlsx_sheet_more(struct xlsx_sheet *sheet, bool *more, struct err *err);
bool xlsx_sheet_again(struct xlsx_sheet *sheet, struct err *err);

#endif
