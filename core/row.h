/* row.h: what flows from a decoder to the script: columns and rows, whose cells
 * are values (value.h). */
#ifndef FASTSYNC_ROW_H
#define FASTSYNC_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "value.h"
#include "warning.h"

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

/* Where a row stands in its input: the only thing messages, rejects and the
 * journal know it by. */
struct place {
    uint64_t line;  /* physical line, or the sheet's row, from 1; 0: none */
    uint64_t index; /* among the input's rows, from 1; 0: not known any more */
    uint32_t sheet; /* of the input's sheets, from 1; 0: the format has none */
};

/* One number that is enough to print it, of a place whose sheet is kept
 * elsewhere: the line, or minus the index where there are no lines. */
int64_t place_number(const struct place *place);
struct place place_of(int64_t number, uint32_t sheet);
/* Appends `17`, `Sheet1!17` or `record 17`: after a file's name and as it
 * stands in rejects.csv. */
void place_put(struct buf *out, const struct place *place, const char *sheet);

/* The row as people wrote it: its text in the input's dialect, without a line
 * end, or the cells it was decoded to. It is written out only where somebody
 * asks for it (a reject, a record that is sent); it lives as long as the
 * row's chunk. */
struct origin {
    union {
        const char *text;          /* UTF-8 without NUL */
        const struct value *cells; /* as decoded */
    };
    uint32_t len; /* bytes, or cells */
    bool decoded; /* it is cells */
};

static inline struct origin origin_text(const char *text, size_t len)
{
    return (struct origin){.text = text, .len = (uint32_t)len};
}

/* Where a row stood, and its cells. Borrowed from the decoder: valid until
 * the next row is taken, except that texts live as long as the chunk. */
struct row {
    const struct value *cells; /* columns->count of them, padded with "" */
    unsigned count;
    unsigned width; /* cells the row had: fewer than count (padded) or */
                    /* more: the others stand after */
    struct place place;
    struct origin origin;
    const char *fault; /* why it cannot be used (a reject), or NULL */
    /* Of a corrected row, what its file says of its key (rejected.h), as a
     * NUL-terminated text that lives as long as the chunk; else NULL. */
    const char *carried;
    /* What the decoder found doubtful (warning.h; field: the column's name);
     * NULL: nothing. */
    const struct warnings *warnings;
};

#endif
