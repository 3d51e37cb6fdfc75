/* rows.h: the mapper's half of the CSV decoder: sound rows into cells, and what
 * is said of those that cannot be used. */
#ifndef FASTSYNC_DECODE_CSV_ROWS_H
#define FASTSYNC_DECODE_CSV_ROWS_H

#include "csv.h"

/* block.c: sixty-four bytes as masks. */

/* The masks of one block. */
struct csv_block {
    size_t base;      /* offset of its first byte */
    uint64_t events;  /* delimiters, quotes, escapes, control bytes to come */
    uint64_t high;    /* bytes of 0x80 and above */
    uint64_t special; /* as in VALUE_SPECIAL (value.h) */
};

/* What a block leaves to the next one. */
struct csv_carry {
    uint64_t drop;   /* events that are none */
    uint64_t due;    /* bytes that must be tails */
    uint64_t second; /* bytes after 0xE1 */
};

/* Neighbours of less than the usual width (broken.h), up to `end`; 0: none has
 * been looked for yet. */
struct csv_run {
    struct csv_part *all;
    unsigned count, cap, at;
    size_t end;
};

struct csv_rows {
    struct csv_grammar grammar;
    const unsigned char *first_edge,
        *last_edge; /* bytes to be trimmed, maybe */
    bool trim;
    struct arena *arena;
    struct buf scratch;

    const char *text;
    size_t len; /* text[len] is a line end, 64 bytes may be read after it */
    size_t at;  /* the next row */
    size_t before, after; /* shown beside its rows, as in struct chunk */
    struct csv_run run;
    const char *broken; /* the row taken last may be part of one, or NULL */
    const char *escaped; /* why an escape in it means nothing, or NULL */
    struct masks masks[MASKS_BLOCKS]; /* the last `ahead` are to come */
    unsigned ahead;
    struct csv_block block;
    struct csv_carry carry;
    size_t bad_upto; /* up to here some byte is NUL or not UTF-8, */
    size_t odd;      /* or some character may not be NFC */

    /* The row taken last. */
    struct value *cells;
    unsigned cap;
    unsigned width;       /* its cells */
    bool marked;          /* cells have marks of ours: nothing is unwrapped */
    struct buf unwrapped; /* unsigned: cells that a spreadsheet had wrapped */
    struct warnings warnings;
    size_t start, end; /* its bytes, without the line end */
    unsigned taken;    /* its cells as it was taken: some may be cut off */
    size_t starts[4];  /* where the last of them began, by index modulo 4 */
    uint64_t ends;     /* physical line ends in it, its own included */

    /* Where the mapper is. */
    uint64_t line, index;
    bool first_damage;
    struct left_out
        *left; /* counts the rows that are none; NULL: nobody does */
};

/* Makes the masks of the block at `base`, which follows the one before. */
void csv_load(struct csv_rows *rows, size_t base);

/* rows.c: rows into cells. */

void csv_rows_init(struct csv_rows *rows, const struct csv_grammar *grammar,
                   bool trim);
void csv_rows_release(struct csv_rows *rows);
/* Begins text of `len` bytes whose memory may be written to for 64 bytes
 * after it. Texts of cells go into the arena where they change. */
void csv_rows_text(struct csv_rows *rows, char *text, size_t len,
                   struct arena *arena);
/* Takes the next row that is not blank; false at the end. */
bool csv_rows_take(struct csv_rows *rows);

/* copy.c: takes the escapes of COPY out of the cell; rows->escaped: it cannot. */
void csv_uncopy(struct csv_rows *rows, struct value *cell, bool quoted);

/* fault.c: rows that cannot be used, and how they are shown. */

/* Checks the row just taken (UTF-8, width) and completes `row`. */
void csv_check(const struct input *input, struct csv_rows *rows,
               struct row *row);
/* doubt.c: what is doubtful in the row that csv_check has completed: what a
 * spreadsheet had wrapped, cells that `ragged` leaves out and, in the
 * `last` row, an end in the middle of a line. */
void csv_doubt(const struct input *input, struct csv_rows *rows, bool last,
               struct row *row);
/* damage.c: the next physical line of a damaged chunk; false at its end. */
bool csv_next_damaged(const struct input *input, struct csv_rows *rows,
                      const struct chunk *chunk, struct row *row);

#endif
