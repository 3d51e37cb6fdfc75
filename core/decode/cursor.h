/* cursor.h: rows, one after the other: the one way to read an input, for
 * everybody who does.
 *
 * A cursor either reads an input itself, both halves in one thread (lookups,
 * cat, preview), or goes over chunks that the reader has filled (a mapper). */
#ifndef FASTSYNC_DECODE_CURSOR_H
#define FASTSYNC_DECODE_CURSOR_H

#include "decode/encoding/repair.h"
#include "fill_down.h"
#include "input.h"

/* Zero-initialised is closed. */
struct cursor {
    struct input *input; /* that it reads itself, or NULL; borrowed */
    struct chunk *chunk; /* of the row taken last; its own, where it reads */
    struct rows rows;    /* open for rows.input, where that is not NULL */
    struct down down;
    struct repairer repairer;
    struct left_out left; /* of what it reads itself, but for `chunk` */
    uint64_t unended;
    bool rows_met; /* some were read */
    bool silent;   /* whoever reads it tells of these itself, or has */
};

/* Reads all rows of the input from here on. */
void cursor_open(struct cursor *cursor, struct input *input);
/* Goes over the rows of one filled chunk, which is borrowed. */
void cursor_over(struct cursor *cursor, struct chunk *chunk);
/* The next row, which lives until the next call; its texts as long as its
 * chunk. One that cannot be used is an ITEM with row->fault. FAIL: what is
 * read itself cannot be read any further. */
enum step cursor_next(struct cursor *cursor, struct row *row, struct err *err);
void cursor_close(struct cursor *cursor);

#endif
