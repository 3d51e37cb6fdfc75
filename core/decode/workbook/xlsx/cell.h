/* cell.h: what a cell of a sheet says: its parts, and the value they mean. Pure
 * but for the arena; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_CELL_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "book.h"
#include "decode/workbook/sheet/doubt.h"

enum xlsx_cell_type {
    XLSX_NUMBER,
    XLSX_SHARED,
    XLSX_TEXT,   /* the result of a formula */
    XLSX_INLINE, /* text in <is> */
    XLSX_TRUTH,
    XLSX_ERROR,
    XLSX_DATE, /* ISO 8601 */
    XLSX_UNKNOWN,
};

struct xlsx_cell {
    unsigned column; /* from 0 */
    uint32_t style;
    enum xlsx_cell_type type;
    const char *text; /* of <v>, as it stands in the XML */
    size_t len;
    bool formula;    /* has one */
    bool has_inline; /* has <is>, whose text is in `inline_text` */
    const struct buf *inline_text; /* as it is meant */
};

/* What may be said of a value beside it. */
struct xlsx_said {
    bool unready;      /* a text that is not NFC, or has blanks at its ends */
    const char *fault; /* why the row cannot be used, or NULL */
    const struct sheet_doubt *doubt; /* why the value is doubtful, or NULL */
    struct value about;
};

enum xlsx_cell_type xlsx_cell_type(const char *name, size_t len);
/* The column of a reference like "AB12" or "ab12", which has `len` bytes, from
 * 0; -1: there is none of that name. */
int xlsx_cell_column(const char *reference, size_t len);
/* The text of XML as a value, if it stands there as it is meant. */
bool xlsx_cell_plain(const char *text, size_t len, struct value *value,
                     bool *ready);
/* The cell's value; one that holds nothing is a text of no length. */
struct value xlsx_cell_value(const struct xlsx_cell *cell,
                             const struct xlsx_book *book, struct arena *arena,
                             struct buf *scratch, struct xlsx_said *said);

#endif
