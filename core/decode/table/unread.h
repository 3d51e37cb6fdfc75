/* unread.h: what people are told of a book's sheets: those that hold rows and
 * are not read, those that have other columns, hidden ones that are read. */
#ifndef FASTSYNC_DECODE_TABLE_UNREAD_H
#define FASTSYNC_DECODE_TABLE_UNREAD_H

#include "state.h"

/* Names of sheets, as many as people read. One owner. */
struct sheet_list {
    struct buf names;
    unsigned count;
};

void sheet_list_add(struct sheet_list *list, const struct grid_sheet *sheets,
                    unsigned sheet);
/* Appends `; sheet "A" is told` or `; sheets "A", "B" are told`, with `one` and
 * `many` for the verb, and empties the list. */
void sheet_list_end(struct sheet_list *list, const char *one, const char *many,
                    struct buf *told);

/* When the parts are chosen, and which sheet was not said: into grid->told.
 * Begins sheets anew where that costs little. `chosen`: those that might have
 * been read. */
void unread_tell(struct grid *grid, const struct grid_sheet *sheets,
                 const unsigned *chosen, unsigned count);

#endif
