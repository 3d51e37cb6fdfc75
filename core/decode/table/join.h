/* join.h: a header of several lines as one: the parts of a name stand one
 * below the other, and a part that several columns share stands over the first
 * of them alone. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TABLE_JOIN_H
#define FASTSYNC_DECODE_TABLE_JOIN_H

#include "base/mem.h"
#include "grid.h"
#include "view.h"

/* The names of the columns, in the arena; *width: how many. The lines stand in
 * their order. Merged areas tell which columns share a part; where none of
 * them touches the lines, it goes over blank cells to the right, up to the
 * next that is filled, where something stands below. */
struct value *join_header(const struct table_line *const *lines, unsigned count,
                          const struct grid_area *areas, unsigned area_count,
                          struct arena *arena, unsigned *width);
/* Do the line and the next one below it surely make one header? Areas of
 * merged cells say so. */
bool join_is_sure(const struct table_line *upper,
                  const struct table_line *lower, const struct grid_area *areas,
                  unsigned area_count);
/* Might they: has the lower line names where the upper one has none, and none
 * where that has some; or are few columns below each of its
 * names? */
bool join_may_be(const struct table_line *upper,
                 const struct table_line *lower);

#endif
