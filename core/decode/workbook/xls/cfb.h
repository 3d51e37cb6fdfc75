/* cfb.h: a compound file (OLE2), of which a workbook is one stream.
 *
 * From MS-CFB. Sectors and streams are found by tables of sector numbers, none
 * of which is believed: a number beyond the file, a chain that comes back to
 * itself or ends early, a directory in a circle are EXIT_INPUT. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_CFB_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_CFB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "stream.h"

/* Do these first bytes begin a compound file? */
bool xls_cfb_begins(const char *head, size_t len);
/* The workbook's stream: `stream` is empty but for its source, and released by
 * the caller whatever is answered. EXIT_INPUT, without the input's name: the
 * file is damaged, or holds something else, which is named. */
bool xls_cfb_open(struct xls_stream *stream, struct err *err);

#endif
