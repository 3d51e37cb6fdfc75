/* fill_down.h: blank cells of some columns take the value above them, as in
 * lists that name a group once and leave it blank in the rows below.
 *
 * What stands above a chunk's first row is known only to who has seen all rows
 * before: so the reader looks at the rows of such an input as well, and leaves
 * it with the chunk; from there on the mapper's half goes by itself. All rows
 * count, those that a mapping skips or rejects too. One that cannot be used may
 * have had a value of its own: what is taken past it is warned of. A new sheet
 * begins anew. Rows of a rejects file stand alone: they were filled when they
 * were written. */
#ifndef FASTSYNC_DECODE_FILL_DOWN_H
#define FASTSYNC_DECODE_FILL_DOWN_H

#include "input.h"

/* Finds the columns that the spec names, once the input is open; EXIT_USAGE
 * where one is not there, without the input's name. */
bool down_open(struct input *input, struct err *err);
void down_close(struct input *input);

/* The reader's: fills a chunk as the format does, and leaves with it what
 * stands above its first row. */
enum step down_fill(struct input *input, struct chunk *chunk, struct err *err);

/* What stands above a row, in one column. */
struct down_above {
    struct value value; /* VALUE_NIL: nothing yet */
    int64_t past;       /* below it stands a row that cannot be used: the first
                           one's number (place_number); 0: none does */
};

/* The mapper's, over one chunk after the other. Zero-initialised. */
struct down {
    struct down_above *above; /* of each column */
    struct value *cells;      /* of the row, filled */
    struct warnings warnings; /* of the row: its own, and these */
    unsigned above_cap, cell_cap;
    uint32_t sheet;
};

void down_begin(struct down *down, const struct chunk *chunk);
/* Fills the row. Its cells are void when the next one comes; what it has of
 * other memory lives in the chunk. */
void down_row(struct down *down, struct chunk *chunk, struct row *row);
void down_release(struct down *down);

#endif
