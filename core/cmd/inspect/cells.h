/* cells.h: what looks wrong in a cell, told by the cell alone. */
#ifndef FASTSYNC_CMD_INSPECT_CELLS_H
#define FASTSYNC_CMD_INSPECT_CELLS_H

#include "form/form.h"
#include "signs.h"

/* What a look at cells works in. */
struct cells {
    struct signs *signs;
    struct arena arena; /* until the next cell */
    struct warnings warnings;
    struct faults faults;
    struct field field; /* an ordinary text's */
};

void cells_init(struct cells *cells, struct signs *signs);
void cells_release(struct cells *cells);
/* Narrows a text by white space at its ends, and notes what that was. */
void cells_trim(struct cells *cells, unsigned column, const struct place *place,
                struct value *text);
/* A text that is not empty, after that. */
void cells_look(struct cells *cells, unsigned column, const struct place *place,
                const struct value *text);

#endif
