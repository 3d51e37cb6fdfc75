/* line.c: blank cells cost nothing until one that holds something follows. */
#include "line.h"

#include <stdlib.h>
#include <string.h>

void ods_line_clear(struct ods_line *line)
{
    line->width = line->doubt_count = 0;
    line->column = 0;
    line->fault = NULL;
    line->hidden = false;
}

void ods_line_release(struct ods_line *line)
{
    free(line->cells);
    free(line->doubts);
}

static void reserve(struct ods_line *line, unsigned width)
{
    enum { LEAST = 64 };
    if (width <= line->cap)
        return;
    line->cap = width < LEAST ? LEAST : width * 2;
    line->cells = mem_resize(line->cells, line->cap * sizeof *line->cells);
}

void ods_line_add(struct ods_line *line, struct value value, uint32_t count)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    uint64_t end = line->column + count;
    if (value.type != VALUE_NIL && end > ODS_COLUMNS)
        line->fault = "a cell of it stands behind the last column, XFD";
    if (value.type != VALUE_NIL && end <= ODS_COLUMNS) {
        reserve(line, (unsigned)end);
        while (line->width < line->column)
            line->cells[line->width++] = blank;
        while (line->width < end)
            line->cells[line->width++] = value;
    }
    if (end < UINT32_MAX)
        line->column = end;
}

void ods_line_doubt(struct ods_line *line, const struct sheet_doubt *doubt,
                    struct value value)
{
    if (line->doubt_count == ODS_DOUBTS || line->column >= ODS_COLUMNS)
        return;
    if (line->doubt_count == line->doubt_cap) {
        line->doubt_cap = line->doubt_cap * 2 + 8;
        line->doubts =
            mem_resize(line->doubts, line->doubt_cap * sizeof *line->doubts);
    }
    line->doubts[line->doubt_count++] =
        (struct grid_doubt){.column = (unsigned)line->column,
                            .kind = doubt->kind,
                            .text = doubt->text,
                            .value = value};
}

static void copy_text(struct arena *arena, struct value *value)
{
    if (value->type != VALUE_TEXT && value->type != VALUE_DECIMAL)
        return;
    if (value->len > 0)
        value->text =
            memcpy(arena_alloc(arena, value->len), value->text, value->len);
}

void ods_line_copy(const struct ods_line *line, bool texts, struct arena *arena,
                   struct grid_row *row)
{
    struct grid_row from = {.cells = line->cells,
                            .width = line->width,
                            .hidden = line->hidden,
                            .fault = line->fault,
                            .doubts = line->doubts,
                            .doubt_count = line->doubt_count};
    if (texts) {
        ods_row_copy(&from, arena, row);
        return;
    }
    size_t size = line->width * sizeof *line->cells;
    size_t doubts = line->doubt_count * sizeof *line->doubts;
    *row = from;
    row->cells = arena_alloc(arena, size);
    if (size > 0)
        memcpy((void *)(uintptr_t)row->cells, line->cells, size);
    if (doubts > 0)
        row->doubts = memcpy(arena_alloc(arena, doubts), line->doubts, doubts);
}

void ods_row_copy(const struct grid_row *from, struct arena *arena,
                  struct grid_row *row)
{
    struct value *cells = arena_alloc(arena, from->width * sizeof *from->cells);
    struct grid_doubt *doubts =
        arena_alloc(arena, from->doubt_count * sizeof *doubts);
    *row = *from;
    for (unsigned i = 0; i < from->width; i++) {
        cells[i] = from->cells[i];
        copy_text(arena, &cells[i]);
    }
    for (unsigned i = 0; i < from->doubt_count; i++) {
        doubts[i] = from->doubts[i];
        copy_text(arena, &doubts[i].value);
    }
    row->cells = cells;
    row->doubts = doubts;
}
