/* row.h: what flows from a decoder to the script: columns and rows, whose cells
 * are values (value.h). */
#ifndef FASTSYNC_ROW_H
#define FASTSYNC_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "value.h"

/* How rows are written as text, in a CSV input and in the rejects file.
 * 0 means "none"; escape equal to quote means doubled quotes. */
struct dialect {
    char delimiter;
    char quote;
    char escape;
};

struct column {
    const char *name; /* NFC, trimmed; unique: repeats are "Name (2)", */
    uint32_t len;     /* empty ones "column 3"; ends in NUL */
};

/* The columns of one input; immutable once the input is open. */
struct columns {
    struct column *all;
    unsigned count;
};

/* Names the columns after a header's cells: NFC, white space squeezed, unique.
 * Cells of NULL: "column 1", "column 2", and so on. */
void columns_name(struct columns *columns, const struct value *cells,
                  unsigned count);
void columns_release(struct columns *columns);

/* The column of that exact name, or -1. */
int columns_find(const struct columns *columns, const char *name, size_t len);
/* The column whose name is nearest (nearest.h), or NULL
 * when none is near: for "did you mean". */
const struct column *columns_nearest(const struct columns *columns,
                                     const char *name, size_t len);

/* Where a row stood, and its cells. Borrowed from the decoder: valid until
 * the next row is taken, except that texts live as long as the chunk. */
struct row {
    const struct value *cells; /* columns->count of them, padded with "" */
    unsigned count;
    unsigned width;     /* cells the row had: fewer than count (padded) or */
                        /* more: the others stand behind */
    uint64_t line;      /* first physical line, from 1; 0: format has none */
    uint64_t index;     /* place among the input's rows, from 1 */
    const char *source; /* the row as rejects.csv shall show it: UTF-8 text */
    size_t source_len;  /* in the input's dialect, no line end */
    const char *fault;  /* why it cannot be used (a reject), or NULL */
};

#endif
