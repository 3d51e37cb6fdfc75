/* rows.h: the mapper's half of workbooks: rows that the reader has decoded, or
 * a sheet's XML cut at its rows (bulk.h). */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_ROWS_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_ROWS_H

#include "decode/decoder.h"

extern const struct row_reader xlsx_rows;

#endif
