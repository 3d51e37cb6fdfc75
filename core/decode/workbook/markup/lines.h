/* lines.h: rows that are complete, and wait until somebody asks for them.
 *
 * A piece of markup may end many rows; they are kept here and copied into the
 * memory of whoever takes them. Cells that hold nothing cost nothing. One
 * owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_LINES_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "decode/table/grid.h"
#include "decode/workbook/sheet/doubt.h"

enum { LINES_COLUMNS = 16384 }; /* as many as a spreadsheet has */

struct line_cell;
struct line;

struct lines {
    struct buf text;      /* of all cells */
    const char *encoding; /* of the input */
    struct line_cell *cells;
    struct grid_doubt *doubts;
    struct line *all;
    unsigned cell_count, cell_cap, doubt_count, doubt_cap, count, cap;
    unsigned ready; /* rows that are complete */
    unsigned next;  /* of them, the next one to be taken */
};

void lines_release(struct lines *lines);
/* All rows are dropped. */
void lines_clear(struct lines *lines);

/* A row begins: of that table, which is only a number. */
void lines_begin(struct lines *lines, unsigned table, uint64_t line,
                 bool hidden);
/* A cell of it begins, whose text is appended to lines->text. Columns grow,
 * from 0. */
void lines_cell(struct lines *lines, unsigned column);
size_t lines_cell_len(const struct lines *lines); /* so far */
/* The cell's text, so far. */
char *lines_cell_text(struct lines *lines);
/* The cell is its text; or this value instead, of which a text or decimal is
 * what was appended. */
void lines_cell_end(struct lines *lines);
void lines_cell_value(struct lines *lines, const struct value *value);
/* Something about the cell is doubtful; `text` is static, so is the value's. */
void lines_doubt(struct lines *lines, unsigned column, enum warning_kind kind,
                 const char *text);
/* The same, with a value that is shown beside it: static, or NULL. */
void lines_doubt_value(struct lines *lines, unsigned column,
                       const struct sheet_doubt *doubt, const char *value);
/* The same about the last row that was begun, unless it is taken. */
void lines_doubt_last(struct lines *lines, enum warning_kind kind,
                      const char *text);
/* Why the row cannot be used: static. The first one counts. */
void lines_fault(struct lines *lines, const char *fault);
/* The same, of a byte that is no text in lines->encoding. */
void lines_bad_byte(struct lines *lines, unsigned char byte);
/* The row is complete; one that holds nothing is dropped. */
void lines_end(struct lines *lines);

/* Rows of `from`, which are all complete, come after those here. */
void lines_move(struct lines *lines, struct lines *from);

/* The table of the next row; 0: there is none. */
unsigned lines_table(const struct lines *lines);
/* Takes it. */
void lines_take(struct lines *lines, struct arena *arena, struct grid_row *row);
void lines_drop(struct lines *lines);
/* Where all that were complete are taken, their memory is used anew; answers by
 * how many bytes the text of an open cell moves to the front. */
size_t lines_compact(struct lines *lines);

#endif
