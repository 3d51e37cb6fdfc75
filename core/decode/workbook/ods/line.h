/* line.h: a row that grows cell by cell, and one that stands many times. The
 * reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_LINE_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_LINE_H

#include "decode/table/grid.h"
#include "decode/workbook/sheet/doubt.h"

enum {
    ODS_COLUMNS = 16384,  /* XFD */
    ODS_ROWS = 1 << 20,   /* of a sheet */
    ODS_DOUBTS = 1 << 10, /* of a row */
};

struct ods_line {
    struct value *cells;
    unsigned width, cap; /* up to the last one that holds anything */
    uint64_t column;     /* where the next cell stands */
    const char *fault;
    struct grid_doubt *doubts;
    unsigned doubt_count, doubt_cap;
    bool hidden;
};

void ods_line_clear(struct ods_line *line);
void ods_line_release(struct ods_line *line);
/* Cells of one value, or blank ones (VALUE_NIL). */
void ods_line_add(struct ods_line *line, struct value value, uint32_t count);
/* What is doubtful about the cell that is added next. */
void ods_line_doubt(struct ods_line *line, const struct sheet_doubt *doubt,
                    struct value value);
static inline bool ods_line_is_blank(const struct ods_line *line)
{
    return line->width == 0 && line->fault == NULL && line->doubt_count == 0;
}

/* A copy of it as a row; with `texts` of all its texts as well. */
void ods_line_copy(const struct ods_line *line, bool texts, struct arena *arena,
                   struct grid_row *row);
/* The same of a row. */
void ods_row_copy(const struct grid_row *from, struct arena *arena,
                  struct grid_row *row);

#endif
