/* blanks.h: cells that hold nothing, one after the other, are said once. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_BLANKS_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_BLANKS_H

#include <stddef.h>

/* In a piece of plain XML (find.h), runs of the same blank cell become one that
 * is repeated; its length stays, so that places in messages do. */
void ods_blanks_join(char *text, size_t len);

#endif
