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

/* A column among those that have the same name in the header. */
struct repeat {
    uint32_t stem;   /* bytes of its own name that the header has */
    unsigned number; /* it is the first of them, the second, … */
    unsigned first;  /* the place of the first, from 0, */
    unsigned same;   /* and, there, how many they are */
};

/* The columns of one input; immutable once the input is open. */
struct columns {
    struct column *all;
    unsigned count;
    struct repeat *repeats; /* one a column; NULL: no name repeats */
};

/* Names the columns after a header's cells: NFC, white space squeezed, unique.
 * Cells of NULL: "column 1", "column 2", and so on. */
void columns_name(struct columns *columns, const struct value *cells,
                  unsigned count);
void columns_release(struct columns *columns);
/* Appends a header's cell as it is spelt in a column's name. */
void column_spell(struct buf *out, const struct value *cell);

/* The column of that exact name, or -1. */
int columns_find(const struct columns *columns, const char *name, size_t len);
/* The column of that name in the header, the one of this number among equals;
 * or -1. */
int columns_find_number(const struct columns *columns, const char *name,
                        size_t len, unsigned number);
/* Is this the name of several columns, so that it does not say which? */
bool columns_repeat(const struct columns *columns, int column);
/* How many columns have this one's name in the header. */
unsigned columns_same(const struct columns *columns, int column);
/* Appends their places: `3 and 5`. */
void columns_places(const struct columns *columns, int column, struct buf *out);
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

/* Lines of an input that are no rows of it: counted where they are met, told
 * at the input's end. A kind is one line here: name in JSON, one, many. */
#define LEFT_OUT(X)                                                            \
    X(LEFT_BEFORE, "before_header", "line before the header",                  \
      "lines before the header")                                               \
    X(LEFT_SKIPPED, "skip", "line that `skip` takes off",                      \
      "lines that `skip` takes off")                                           \
    X(LEFT_COMMENT, "comments", "comment line", "comment lines")               \
    X(LEFT_FOOTER, "footer", "footer line", "footer lines")                    \
    X(LEFT_BLANK, "blank", "blank row", "blank rows")                          \
    X(LEFT_REPEATED, "repeated", "repeated header", "repeated headers")        \
    X(LEFT_RULE, "rules", "line of dashes", "lines of dashes")                 \
    X(LEFT_NUMBERS, "column_numbers", "line of column numbers",                \
      "lines of column numbers")                                               \
    X(LEFT_HIDDEN, "hidden", "hidden row", "hidden rows")                      \
    X(LEFT_DELETED, "deleted", "deleted record", "deleted records")            \
    X(LEFT_CHANGES, "changes", "UPDATE, DELETE or ALTER of these rows",        \
      "UPDATEs, DELETEs and ALTERs of these rows")                             \
    X(LEFT_STOPPED, "stop", "line that `stop` ends the table before",          \
      "lines that `stop` ends the table before")

#define LEFT_KIND(kind, name, one, many) kind,
enum left_kind { LEFT_OUT(LEFT_KIND) LEFT_KINDS };
#undef LEFT_KIND

struct left_out {
    uint64_t count[LEFT_KINDS];
    uint64_t first[LEFT_KINDS]; /* the line of the first; 0: not known */
    uint32_t sheet[LEFT_KINDS]; /* and its sheet, from 1, where several are
                                   read; else 0 */
};

static inline void left_out_count(struct left_out *left, enum left_kind kind,
                                  uint64_t line)
{
    if (left->count[kind]++ == 0)
        left->first[kind] = line;
}

static inline bool left_out_any(const struct left_out *left)
{
    bool any = false;
    for (unsigned i = 0; i < LEFT_KINDS; i++)
        any = any || left->count[i] > 0;
    return any;
}

/* The same of a sheet, from 1, or 0, and of `count` lines. */
void left_out_lines(struct left_out *left, enum left_kind kind, uint64_t count,
                    uint32_t sheet, uint64_t first);

/* Adds what comes after `left` in the same input; what was counted late may
 * stand before it in its sheet. */
void left_out_add(struct left_out *left, const struct left_out *more);
/* Appends `3 blank rows, 2 repeated headers (first on line 41) are left out`,
 * or `(first at Sheet1!41)`; nothing where nothing was left out. `sheets`: the
 * input's, or NULL. */
void left_out_put(const struct left_out *left, char *const *sheets,
                  struct buf *out);
/* Appends "left_out":{"blank":3,"repeated":2}; {} where nothing was. */
void left_out_json(const struct left_out *left, struct buf *out);

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
