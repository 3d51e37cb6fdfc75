/* tail.h: what stands after the last row of a table: a total, who made it and
 * signs it, when.
 *
 * Such lines stand at the end, so the last lines that were read wait until it
 * is known that nothing follows them: whoever reads keeps those from the last
 * TAIL_ROW on, TAIL_LINES at most, and asks tail_footer once no more come. One
 * of a few known words makes a footer; from there on nothing is a row, and
 * neither are the lines of one cell in front of it after the last blank line. A
 * word that may be a name, alone in a line right below rows, makes none. Pure;
 * any thread. */
#ifndef FASTSYNC_DECODE_TABLE_TAIL_H
#define FASTSYNC_DECODE_TABLE_TAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "value.h"

enum { TAIL_LINES = 20 };

enum tail_shape {
    TAIL_ROW,   /* no part of a footer: nor is what stands before it */
    TAIL_BLANK, /* nothing in it */
    TAIL_CELL,  /* one cell, the first, and no code */
    TAIL_NAMES, /* a few words, as stand under those who sign */
    TAIL_SIGN,  /* who signs, and when */
    TAIL_KNOWN, /* a total, or another word that a report ends with */
};

struct tail_line {
    uint64_t line; /* lines that are not there are blank ones */
    enum tail_shape shape;
    unsigned filled; /* its cells */
    bool doubtful;   /* its one word may be a name */
};

/* The shape of a line under a header of `columns` columns. */
struct tail_line tail_line_of(uint64_t line, const struct value *cells,
                              unsigned width, unsigned columns);
/* The first line that is part of the footer, among the last ones in their
 * order; `count`: there is none. `above`: the last line above them that is not
 * blank. */
unsigned tail_footer(const struct tail_line *lines, unsigned count,
                     uint64_t above);

#endif
