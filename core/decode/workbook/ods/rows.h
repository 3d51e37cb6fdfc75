/* rows.h: the rows of an OpenDocument spreadsheet's sheets, one by one. The
 * reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_ROWS_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_ROWS_H

#include "ods.h"

struct ods_rows *ods_rows_new(struct ods *ods);
void ods_rows_free(struct ods_rows *rows); /* NULL is allowed */
/* Goes to the beginning of that sheet, from 0. */
bool ods_rows_begin(struct ods_rows *rows, unsigned sheet, struct err *err);
/* The next row that holds anything. */
enum step ods_rows_next(struct ods_rows *rows, struct arena *arena,
                        struct grid_row *row, struct err *err);
/* Of the sheet begun last, whose first row is read for that. */
bool ods_rows_hides(struct ods_rows *rows, unsigned column);
uint64_t ods_rows_taken(const struct ods_rows *rows);

#endif
