/* fill.h: merged cells that all take the value of the first one, row after row
 * of a sheet. */
#ifndef FASTSYNC_DECODE_TABLE_FILL_H
#define FASTSYNC_DECODE_TABLE_FILL_H

#include "base/err.h"
#include "base/mem.h"
#include "grid.h"

struct fill;

struct fill *fill_new(void);
void fill_free(struct fill *fill); /* NULL is allowed */
/* A sheet begins, which has these areas; they are copied. */
void fill_begin(struct fill *fill, const struct grid_area *areas,
                unsigned count);
/* Has one of them several rows? Then rows must come in their order. */
bool fill_is_tall(const struct grid_area *areas, unsigned count);
/* Fills the row's cells, those of the sheet's first `columns`; new ones are in
 * the arena. False with err: more areas than a row can have. */
bool fill_row(struct fill *fill, struct grid_row *row, unsigned columns,
              struct arena *arena, struct err *err);

#endif
