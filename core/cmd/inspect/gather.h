/* gather.h: one input, read once: its facts, a profile for each column, and
 * what looks wrong. Bounded by the number of columns, not of rows. One owner.
 */
#ifndef FASTSYNC_CMD_INSPECT_GATHER_H
#define FASTSYNC_CMD_INSPECT_GATHER_H

#include "decode/facts.h"
#include "decode/input.h"
#include "headings.h"
#include "keys.h"
#include "profile.h"
#include "signs.h"

/* Columns whose values are watched for repeats until it is known which of them
 * is the key. */
enum { GATHER_KEYS = 3, GATHER_NO_KEY = -1 };

struct gather_column {
    struct heading heading;
    enum look look; /* once all rows are read */
    struct profile profile;
};

struct gather {
    const struct input *input;
    struct facts facts;
    struct arena arena; /* of texts that are kept */
    struct gather_column *columns;
    unsigned count; /* as the input has columns */
    struct signs signs;
    uint64_t rows, faults;
    struct place first_fault;
    const char *fault;    /* why, of the first; in the arena */
    uint64_t *sheet_rows; /* by place.sheet */
    struct left_out left;
    uint64_t unended;
    bool limited; /* not all of it was read */
    struct keys keys[GATHER_KEYS];
    unsigned key_columns[GATHER_KEYS], key_count;
    int key; /* which of them, once all rows are read; or GATHER_NO_KEY */
};

/* Reads an open input to its end, or so many rows (0: all). False: it cannot be
 * read any further; what was read is there. */
bool gather_read(struct gather *gather, struct input *input, uint64_t limit,
                 struct err *err);
void gather_release(struct gather *gather);

#endif
