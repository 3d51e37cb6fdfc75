/* lines.c: texts of all rows lie in one buf, which moves as it grows, so cells
 * keep their places in it. Once those that were complete are taken, what there
 * is of the next one goes to the front. */
#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/table/unwrap.h"

static const char bad_byte[] = "";

struct line_cell {
    unsigned column;
    struct value value;
    size_t at; /* of a text or decimal */
};

struct line {
    unsigned table;
    uint64_t line;
    bool hidden;
    const char *fault;
    unsigned char byte;    /* that `bad_byte` is about */
    unsigned first, count; /* cells */
    unsigned first_doubt, doubts;
};

void lines_release(struct lines *lines)
{
    buf_release(&lines->text);
    free(lines->cells);
    free(lines->doubts);
    free(lines->all);
    *lines = (struct lines){0};
}

void lines_clear(struct lines *lines)
{
    buf_clear(&lines->text);
    lines->cell_count = lines->doubt_count = lines->count = 0;
    lines->ready = lines->next = 0;
}

/* Room for one more of `count` things. */
static void *grow(void *all, unsigned count, unsigned *cap, size_t size)
{
    if (count < *cap)
        return all;
    *cap = *cap > 0 ? 2 * *cap : 64;
    return mem_resize(all, *cap * size);
}

void lines_begin(struct lines *lines, unsigned table, uint64_t line,
                 bool hidden)
{
    lines->all =
        grow(lines->all, lines->count, &lines->cap, sizeof *lines->all);
    lines->all[lines->count++] =
        (struct line){.table = table,
                      .line = line,
                      .hidden = hidden,
                      .first = lines->cell_count,
                      .first_doubt = lines->doubt_count};
}

static struct line *open_line(struct lines *lines)
{
    return &lines->all[lines->count - 1];
}

static struct line_cell *open_cell(const struct lines *lines)
{
    return &lines->cells[lines->cell_count - 1];
}

void lines_cell(struct lines *lines, unsigned column)
{
    buf_reserve(&lines->text, 1); /* so it is somewhere */
    lines->cells = grow(lines->cells, lines->cell_count, &lines->cell_cap,
                        sizeof *lines->cells);
    lines->cells[lines->cell_count++] =
        (struct line_cell){.column = column, .at = lines->text.len};
    open_line(lines)->count++;
}

size_t lines_cell_len(const struct lines *lines)
{
    return lines->text.len - open_cell(lines)->at;
}

char *lines_cell_text(struct lines *lines)
{
    return lines->text.at + open_cell(lines)->at;
}

static void drop_cell(struct lines *lines)
{
    lines->text.len = open_cell(lines)->at;
    lines->cell_count--;
    open_line(lines)->count--;
}

void lines_cell_value(struct lines *lines, const struct value *value)
{
    struct line_cell *cell = open_cell(lines);
    cell->value = *value;
    if (value->type == VALUE_TEXT || value->type == VALUE_DECIMAL)
        cell->value.len = (uint32_t)lines_cell_len(lines);
    else
        lines->text.len = cell->at;
}

void lines_cell_end(struct lines *lines)
{
    const struct value text = value_text("", 0);
    if (lines_cell_len(lines) == 0)
        drop_cell(lines);
    else
        lines_cell_value(lines, &text);
}

enum { DOUBTS = 64 }; /* of one row */

static void add_doubt(struct lines *lines, struct grid_doubt doubt)
{
    struct line *line = open_line(lines);
    if (line->doubts == DOUBTS)
        return;
    line->doubts++;
    lines->doubts = grow(lines->doubts, lines->doubt_count, &lines->doubt_cap,
                         sizeof *lines->doubts);
    lines->doubts[lines->doubt_count++] = doubt;
}

void lines_doubt(struct lines *lines, unsigned column, enum warning_kind kind,
                 const char *text)
{
    add_doubt(lines, (struct grid_doubt){
                         .column = column, .kind = kind, .text = text});
}

void lines_doubt_value(struct lines *lines, unsigned column,
                       const struct sheet_doubt *doubt, const char *value)
{
    const struct value nothing = {.type = VALUE_NIL};
    add_doubt(lines,
              (struct grid_doubt){
                  .column = column,
                  .kind = doubt->kind,
                  .text = doubt->text,
                  .value = value ? value_text(value, strlen(value)) : nothing});
}

void lines_doubt_last(struct lines *lines, enum warning_kind kind,
                      const char *text)
{
    if (lines->count > lines->next && open_line(lines)->count > 0)
        lines_doubt(lines, 0, kind, text);
}

void lines_fault(struct lines *lines, const char *fault)
{
    struct line *line = open_line(lines);
    if (line->fault == NULL)
        line->fault = fault;
}

void lines_bad_byte(struct lines *lines, unsigned char byte)
{
    struct line *line = open_line(lines);
    if (line->fault == NULL) {
        line->fault = bad_byte;
        line->byte = byte;
    }
}

void lines_end(struct lines *lines)
{
    const struct line *line = open_line(lines);
    if (line->count == 0 && line->fault == NULL && line->doubts == 0)
        lines->count--;
    lines->ready = lines->count;
}

/* Appends `count` things, for which there is room then. */
static void *append(void *all, unsigned have, unsigned *cap, const void *more,
                    unsigned count, size_t size)
{
    for (unsigned i = 0; i < count; i++)
        all = grow(all, have + i, cap, size);
    if (count > 0)
        memcpy((char *)all + have * size, more, count * size);
    return all;
}

void lines_move(struct lines *lines, struct lines *from)
{
    size_t text = lines->text.len;
    for (unsigned i = 0; i < from->cell_count; i++)
        from->cells[i].at += text;
    for (unsigned i = 0; i < from->count; i++) {
        from->all[i].first += lines->cell_count;
        from->all[i].first_doubt += lines->doubt_count;
    }
    buf_add(&lines->text, from->text.at, from->text.len);
    lines->cells = append(lines->cells, lines->cell_count, &lines->cell_cap,
                          from->cells, from->cell_count, sizeof *lines->cells);
    lines->doubts =
        append(lines->doubts, lines->doubt_count, &lines->doubt_cap,
               from->doubts, from->doubt_count, sizeof *lines->doubts);
    lines->all = append(lines->all, lines->count, &lines->cap, from->all,
                        from->count, sizeof *lines->all);
    lines->cell_count += from->cell_count;
    lines->doubt_count += from->doubt_count;
    lines->count += from->count;
    lines->ready = lines->count;
    lines_clear(from);
}

unsigned lines_table(const struct lines *lines)
{
    return lines->next < lines->ready ? lines->all[lines->next].table : 0;
}

static void to_front(void *all, unsigned first, unsigned count, size_t size)
{
    if (count > 0)
        memmove(all, (char *)all + first * size, count * size);
}

size_t lines_compact(struct lines *lines)
{
    if (lines->next == 0 || lines->next < lines->ready)
        return 0;
    if (lines->count == lines->ready) {
        lines_clear(lines);
        return 0;
    }
    struct line line = lines->all[lines->ready];
    size_t from =
        line.count > 0 ? lines->cells[line.first].at : lines->text.len;
    lines->text.len -= from;
    if (lines->text.len > 0)
        memmove(lines->text.at, lines->text.at + from, lines->text.len);
    to_front(lines->cells, line.first, line.count, sizeof *lines->cells);
    for (unsigned i = 0; i < line.count; i++)
        lines->cells[i].at -= from;
    to_front(lines->doubts, line.first_doubt, line.doubts,
             sizeof *lines->doubts);
    lines->cell_count = line.count;
    lines->doubt_count = line.doubts;
    line.first = line.first_doubt = 0;
    lines->all[0] = line;
    lines->count = 1;
    lines->ready = lines->next = 0;
    return from;
}

void lines_drop(struct lines *lines)
{
    lines->next++;
}

/* The texts lie together; a cell is at most as long as a value may be. */
static void copy_cells(const struct lines *lines, const struct line *line,
                       struct arena *arena, struct value *cells)
{
    const struct line_cell *from = &lines->cells[line->first];
    const struct line_cell *last = from + line->count - 1;
    size_t start = from->at, len = last->at - start;
    if (last->value.type == VALUE_TEXT || last->value.type == VALUE_DECIMAL)
        len += last->value.len;
    char *text = arena_alloc(arena, len);
    if (len > 0)
        memcpy(text, lines->text.at + start, len);
    for (const struct line_cell *cell = from; cell <= last; cell++) {
        struct value *to = &cells[cell->column];
        *to = cell->value;
        if (to->type == VALUE_TEXT || to->type == VALUE_DECIMAL)
            to->text = text + (cell->at - start);
    }
}

static void copy_doubts(const struct lines *lines, const struct line *line,
                        struct arena *arena, struct grid_row *row)
{
    if (line->doubts == 0)
        return;
    size_t size = line->doubts * sizeof *lines->doubts;
    row->doubts = memcpy(arena_alloc(arena, size),
                         &lines->doubts[line->first_doubt], size);
    row->doubt_count = line->doubts;
}

/* What is around a cell's text is taken off, as it is in CSV. */
static void unwrap_cells(struct value *cells, struct arena *arena,
                         struct grid_row *row)
{
    struct grid_doubt *doubts = NULL;
    for (unsigned i = 0; i < row->width; i++) {
        if (cells[i].type != VALUE_TEXT || !table_unwrap(&cells[i], arena) ||
            row->doubt_count >= DOUBTS)
            continue;
        if (doubts == NULL) {
            doubts = arena_alloc(arena, DOUBTS * sizeof *doubts);
            if (row->doubt_count > 0)
                memcpy(doubts, row->doubts, row->doubt_count * sizeof *doubts);
            row->doubts = doubts;
        }
        doubts[row->doubt_count++] = (struct grid_doubt){.column = i,
                                                         .kind = WARNING_EXCEL,
                                                         .text = UNWRAP_TEXT,
                                                         .value = cells[i]};
    }
}

static const char *fault_of(const struct lines *lines, const struct line *line,
                            struct arena *arena)
{
    enum { MAX = 96 };
    if (line->fault != bad_byte)
        return line->fault;
    char *text = arena_alloc(arena, MAX);
    if (line->byte == 0)
        snprintf(text, MAX, "NUL byte");
    else
        snprintf(text, MAX, "invalid %s (byte 0x%02X)",
                 lines->encoding ? lines->encoding : "text", line->byte);
    return text;
}

void lines_take(struct lines *lines, struct arena *arena, struct grid_row *row)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    const struct line *line = &lines->all[lines->next++];
    unsigned width =
        line->count > 0 ? lines->cells[line->first + line->count - 1].column + 1
                        : 0;
    struct value *cells = arena_alloc(arena, width * sizeof *cells);
    for (unsigned i = 0; i < width; i++)
        cells[i] = blank;
    if (line->count > 0)
        copy_cells(lines, line, arena, cells);
    *row = (struct grid_row){.line = line->line,
                             .cells = cells,
                             .width = width,
                             .hidden = line->hidden,
                             .fault = fault_of(lines, line, arena)};
    copy_doubts(lines, line, arena, row);
    unwrap_cells(cells, arena, row);
}
