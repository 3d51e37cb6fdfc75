/* row.h: one row of a sheet: plain XML (tag.h) to values.
 *
 * Whoever reads rows has one and uses it again: a mapper, or the reader where
 * rows are looked at in order. Cells lie in the arena, and stay when the next
 * row is read. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_ROW_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "book.h"

enum { XLSX_COLUMNS = 16384, XLSX_ROWS = 1048576, XLSX_UNREADY = 8 };

/* A cell that waits for its shared string. */
struct xlsx_wait {
    uint32_t column, number;
};

struct xlsx_row {
    const struct xlsx_book *book; /* borrowed */
    struct arena *arena;          /* borrowed */
    unsigned least;               /* cells that there is room for at least */
    const char *readable; /* bytes before it may be looked at, though what is
                             given to read ends before */

    /* Of the row read last. */
    uint64_t line; /* as it says; 0: it does not */
    bool hidden;
    struct value *cells; /* blank to `least` where that is more than width */
    unsigned width;      /* up to the last cell that holds anything */
    /* Columns whose text is not NFC, or has blanks at its ends; more than
     * XLSX_UNREADY: those are only the first. */
    uint16_t unready[XLSX_UNREADY];
    unsigned unready_count;
    const char *fault; /* why it cannot be used, or NULL */
    struct grid_doubt *doubts;
    unsigned doubt_count;

    /* Of the reading. */
    unsigned cap, filled, doubt_cap;
    bool peeks; /* the first cell will do */
    struct xlsx_wait waits[32];
    unsigned wait_count;
    struct buf scratch;
};

void xlsx_row_init(struct xlsx_row *row, const struct xlsx_book *book,
                   unsigned least);
void xlsx_row_release(struct xlsx_row *row);
/* Reads the row whose tag begins at `at`; nothing of it is beyond `end`, where
 * BUF_SLACK bytes may be looked at.
 * Answers where it ends: where the next one begins, or `end`. */
const char *xlsx_row_read(struct xlsx_row *row, const char *at,
                          const char *end);
/* Reads up to the first cell of which there is anything to say: it holds
 * something, is doubtful, or makes the row a fault. */
void xlsx_row_peek(struct xlsx_row *row, const char *at, const char *end);
/* The row's width, with cells of which only a doubt is left. */
unsigned xlsx_row_width(const struct xlsx_row *row);

#endif
