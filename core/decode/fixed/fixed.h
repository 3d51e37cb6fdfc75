/* fixed.h: what the files of the fixed width decoder share.
 *
 * A row is a line; which part of it is which column, the mapping says, as a
 * file of this kind tells nothing of itself. Parts are counted in characters
 * (code points, as they stand) or in bytes (as they stand, before they are
 * decoded: so the widths of old programs in any code page hold). A line end is
 * LF, CRLF or CR.
 *
 * The reader's half (fill.c) cuts bytes after the last whole line; the mapper's
 * half (rows.c) takes lines apart. */
#ifndef FASTSYNC_DECODE_FIXED_FIXED_H
#define FASTSYNC_DECODE_FIXED_FIXED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "decode/feed.h"
#include "decode/input.h"

enum fixed_unit { FIXED_CHARACTERS, FIXED_BYTES };

struct fixed_options {
    const char *encoding;        /* NULL: not said, detect */
    struct option_value columns; /* checked; without items: not said */
    int unit;                    /* enum fixed_unit */
    unsigned skip;               /* lines at the top that are left out */
    bool ragged;
    size_t max_line; /* bytes */
};

/* A column is what stands between two edges. */
struct fixed_column {
    unsigned from, to; /* places among the edges */
    const char *name;  /* borrowed of what was said */
    size_t name_len;
};

/* The columns, and where a line is to be cut: in units, rising, each once. */
struct fixed_layout {
    struct fixed_column *columns;
    size_t *edges;
    unsigned count, edge_count;
};

struct fixed_input {
    struct feed feed;
    struct fixed_layout layout;
    const char *page; /* what each cell is decoded from; NULL: all is UTF-8 */
    bool ascii;       /* of that page: its ASCII is ASCII */
    bool in_bytes;
    bool guessed; /* the encoding */
    char *misfit; /* why that is doubtful, or NULL */
    size_t max_line;
    unsigned skip;
    struct buf rest;     /* the line that is not whole yet */
    uint64_t line, next; /* of the next row: its line, its number */
};

/* Bytes that are read at a time; tests alone set another number. */
extern size_t fixed_piece;

/* layout.c */
/* What `columns` may be, for its option. */
bool fixed_set_columns(void *whole, const struct option_value *value,
                       struct err *err);
/* EXIT_USAGE: it means nothing. */
bool fixed_layout_read(struct fixed_layout *layout,
                       const struct option_value *columns, struct err *err);
void fixed_layout_release(struct fixed_layout *layout);

/* fill.c */
enum step fixed_fill(struct input *input, struct chunk *chunk, struct err *err);

/* rows.c */
extern const struct row_reader fixed_rows;

/* line.c: both halves look at lines. */
/* The length of the line at `text` without its end, and *next, where the one
 * after it begins: `len` where it is the last one. */
size_t fixed_line(const char *text, size_t len, size_t *next);
bool fixed_is_blank(const char *text, size_t len);
/* Sets offsets[i] to where edge i stands in the line, at most its length.
 * Answers how many edges lie in the line, and *units, how long it is. */
unsigned fixed_cut(const struct fixed_input *fixed, const char *text,
                   size_t len, size_t *offsets, size_t *units);

#endif
