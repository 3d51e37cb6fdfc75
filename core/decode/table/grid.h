/* grid.h: formats whose sheets are rows of cells that the reader decodes: XLS,
 * ODS, HTML tables, XML Spreadsheet, and XLSX where it is not plain.
 *
 * The format opens its book, lists its sheets, and gives the rows of one sheet
 * after the other as they stand. All that people do to a table is dealt with
 * here, once for all formats: which sheets are read, the header (several rows,
 * banner rows above it), rows that are none (blank, hidden, the header once
 * more, column numbers, totals, signatures), merged cells, columns by name. A
 * format's `fill`, `close` and `describe` call those below. The reader's. */
#ifndef FASTSYNC_DECODE_TABLE_GRID_H
#define FASTSYNC_DECODE_TABLE_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "decode/input.h"
#include "decode/option.h"
#include "warning.h"

/* What is doubtful about a cell, as it becomes a warning. */
struct grid_doubt {
    unsigned column; /* of the sheet, from 0 */
    enum warning_kind kind;
    const char *text;   /* static, or in the row's arena */
    struct value value; /* shown with it; VALUE_NIL: none */
};

/* A row as it stands in the sheet. Cells that the row lacks, in front or
 * between, are VALUE_TEXT of length 0; dates are ISO 8601 texts. All of it
 * lives in the arena that `next` was given. */
struct grid_row {
    uint64_t line; /* the sheet's row, from 1; growing, unless a file has
                      them in another order */
    const struct value *cells;
    unsigned width;    /* up to the last cell that holds anything */
    bool hidden;       /* the row is; or a filter hides it */
    const char *fault; /* why it cannot be used, or NULL */
    const struct grid_doubt *doubts;
    unsigned doubt_count;
};

/* A name that is longer is refused: those of all sheets are kept. */
enum { GRID_NAME_BYTES = 1024 };

#define GRID_NAME_LONG "a sheet's name is longer than 1024 bytes" ERR_FIXED

struct grid_sheet {
    const char *name; /* UTF-8; NULL: the format has no names */
    bool hidden;
    bool no_table; /* a chart, a macro sheet, a dialogue: never read */
    bool minor;    /* another one is meant, unless that is none */
    bool blank;    /* known to hold no row */
};

/* Merged cells: rows (from 1) and columns (from 0), both ends included. */
struct grid_area {
    uint64_t top, bottom;
    unsigned left, right;
};

struct grid_kind {
    /* Reading begins at the first row of that sheet, from 0, again where it was
     * read before. */
    bool (*begin)(void *book, unsigned sheet, struct err *err);
    /* The next row of it that holds anything (rows between are blank). */
    enum step (*next)(void *book, struct arena *arena, struct grid_row *row,
                      struct err *err);
    /* The merged areas of that sheet, in any order; the book owns them. Asked
     * for only where they count (merged = "fill", headers of several rows).
     * NULL: the format has none. */
    bool (*areas)(void *book, unsigned sheet, const struct grid_area **areas,
                  unsigned *count, struct err *err);
    /* Is that column of the sheet begun last hidden? NULL: never. */
    bool (*column_hidden)(void *book, unsigned column);
    /* Bytes of the source read so far, for progress. NULL: not known. */
    uint64_t (*consumed)(void *book);
    bool apart; /* to begin a sheet, nothing is read that stands before it */
};

/* Options that all tables have; a format's own options begin with it, and its
 * rows with TABLE_OPTIONS (table.h). */

/* In the format's open: takes the book, which it hands back in grid_book; the
 * sheets are copied. Chooses the sheets, finds the header, sets the columns.
 * On failure the book is still the caller's; the text of err lacks the input's
 * name. */
bool grid_open(struct input *input, const struct grid_kind *kind, void *book,
               const struct grid_sheet *sheets, unsigned count,
               struct err *err);
enum step grid_fill(struct input *input, struct chunk *chunk, struct err *err);
/* Bytes of rows that it puts into a chunk; a test may make them few. */
extern size_t grid_chunk_bytes;
/* The format's book, or NULL before grid_open; for the format's close, which
 * frees it after grid_close. */
void *grid_book(const struct input *input);
void grid_close(struct input *input);
void grid_describe(const struct input *input, struct buf *out);
/* For the format's `tell`. */
void grid_tell(const struct input *input, struct facts *facts);
/* The sheets that are read, in order (part.h), for a format that decodes rows
 * of its own; they live until grid_close. What such a format is to leave to
 * grid_fill, because rows depend on those before: grid_in_order. */
struct grid_part;
const struct grid_part *grid_parts(const struct input *input, unsigned *count);
bool grid_in_order(const struct input *input);
/* The part's sheet as places name it, and as what is left out of it does: there
 * only where several are read. */
uint32_t grid_place_sheet(const struct input *input,
                          const struct grid_part *part);
uint32_t grid_left_sheet(const struct input *input,
                         const struct grid_part *part);

#endif
