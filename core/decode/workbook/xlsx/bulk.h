/* bulk.h: rows of a sheet as bytes, many at once, for mappers to decode: what
 * the reader does where nothing but their ends is to be known of them. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_BULK_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_BULK_H

#include "decode/input.h"
#include "reader.h"

/* As a format's fill: rows in chunk->bytes, from chunk->before on, which begin
 * with one that holds something. STEP_END: there are none that may be given so;
 * what follows is grid_fill's. */
enum step xlsx_bulk_fill(struct input *input, struct xlsx_reader *reader,
                         struct chunk *chunk, struct err *err);

#endif
