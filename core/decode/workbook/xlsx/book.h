/* book.h: a workbook opened: its sheets by name, and what all of them share.
 * Immutable once open, but for what reads its parts; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_BOOK_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_BOOK_H

#include <stdbool.h>

#include "base/err.h"
#include "base/mem.h"
#include "decode/table/grid.h"
#include "package/zip.h"
#include "strings.h"
#include "styles.h"

struct xlsx_book {
    struct zip *zip;
    struct arena arena; /* names */
    struct grid_sheet *sheets;
    const char **parts; /* one a sheet: its part's name, or NULL */
    unsigned sheet_count, sheet_cap;
    size_t longest; /* bytes of a row or a shared string, with its tags */
    bool from_1904; /* its dates are counted so */
    struct xlsx_strings *strings;
    struct xlsx_styles styles;
};

/* NULL: EXIT_INPUT, without the input's name. The source is spooled, and
 * borrowed. */
struct xlsx_book *xlsx_book_open(struct source *source,
                                 const struct zip_limits *limits,
                                 size_t max_cell, struct err *err);
void xlsx_book_close(struct xlsx_book *book); /* NULL is allowed */
/* The part of that sheet, or -1 with err. */
int xlsx_book_part(const struct xlsx_book *book, unsigned sheet,
                   struct err *err);

#endif
