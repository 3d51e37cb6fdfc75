/* look.h: which line names the columns, where nobody says so and no name is
 * known. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TABLE_LOOK_H
#define FASTSYNC_DECODE_TABLE_LOOK_H

#include "base/buf.h"
#include "view.h"

/* What was found; zero-initialised. */
struct look {
    int at;           /* the header's place in the view; -1: there is none */
    struct buf doubt; /* why it, or that there is none, is doubtful */
    uint64_t other;   /* a line that may be the header as well, or 0 */
};

/* Looks at lines that are `width` cells wide, most of them. */
void look_for_header(const struct table_view *view, unsigned width,
                     struct look *look);
/* Looks at those of a sheet, which end with their last cell. */
void look_in_sheet(const struct table_view *view, struct look *look);

#endif
