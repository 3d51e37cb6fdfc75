/* cell.h: what a cell of a table may be, as far as its looks go. Texts are
 * valid UTF-8, trimmed or not. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TABLE_CELL_H
#define FASTSYNC_DECODE_TABLE_CELL_H

#include <stdbool.h>

#include "base/buf.h"
#include "value.h"

/* Nothing, or white space alone. */
bool cell_is_blank(const struct value *cell);
/* A number that may be summed: what begins with 0 or + is a telephone's, or a
 * code. Blank cells are none. */
bool cell_is_amount(const struct value *cell);
/* Digits, and what stands between those of numbers and dates. */
bool cell_is_number(const struct value *cell);
/* A year may head a column. */
bool cell_is_year(const struct value *cell);
/* Appends the cell as names are compared: without marks, case, punctuation. */
void cell_fold(struct buf *out, const struct value *cell);
/* The column of the first cell that is not blank, or `width`. */
unsigned cells_first(const struct value *cells, unsigned width);
/* `Địa chỉ: | 12 Lê Lợi | MST: | 0312345678`: a form, as stands above tables.
 */
bool cells_are_form(const struct value *cells, unsigned width);

#endif
