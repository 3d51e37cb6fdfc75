/* cut.h: where a sheet's rows begin, without a look at what is in them. Pure;
 * any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_CUT_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_CUT_H

#include <stddef.h>

enum xlsx_mark {
    XLSX_NONE, /* none is in view */
    XLSX_ROW,  /* <row */
    XLSX_END,  /* </sheetData */
    XLSX_ODD,  /* what no plain XML holds (tag.h) */
};

/* The first mark from `from` on, and where it stands; of XLSX_NONE, from where
 * to look again when more is in view. A SCAN_BLOCK of bytes behind the text is
 * readable (buf.h). */
enum xlsx_mark xlsx_cut(const char *text, size_t len, size_t from, size_t *at);
/* Where the word stands that begins with '<', or `len`. */
size_t xlsx_cut_find(const char *text, size_t len, size_t from,
                     const char *word);

#endif
