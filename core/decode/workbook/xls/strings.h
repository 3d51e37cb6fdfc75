/* strings.h: the texts that a workbook's cells share (SST), as UTF-8 behind
 * each other. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_STRINGS_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_STRINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "records.h"
#include "text.h"

/* Zero is none. */
struct xls_strings {
    struct buf text;
    uint32_t *ends; /* of each, in it */
    uint32_t count, cap;
};

/* Adds those of an SST record. EXIT_INPUT: it ends in the middle of one. */
bool xls_strings_read(struct xls_strings *strings, struct xls_text *text,
                      struct xls_records *records,
                      const struct xls_record *record, struct err *err);
void xls_strings_release(struct xls_strings *strings);

/* The text of that number, which is below count. */
static inline const char *xls_string(const struct xls_strings *strings,
                                     uint32_t at, size_t *len)
{
    uint32_t start = at > 0 ? strings->ends[at - 1] : 0;
    *len = strings->ends[at] - start;
    return strings->text.at + start;
}

#endif
