/* bulk.c: a walk from row to row, which looks at the first cell of each.
 *
 * That is enough to know nearly always whether the row is one of the input, so
 * that rows have the numbers that they have when they are read one by one; the
 * few others are decoded here. The last rows in view are kept back: they may be
 * the sheet's last, which the grid looks at. The last view is the grid's whole.
 */
#include "bulk.h"

#include <string.h>

#include "cut.h"
#include "decode/table/bulk.h"

enum {
    WIDEST = 8 * 1024 * 1024, /* a view of few rows: the grid takes them */
};

/* Where the walk stands: before a row. */
struct stand {
    size_t at;     /* in the sheet's text */
    uint64_t raw;  /* rows before, whatever they hold */
    uint64_t rows; /* those of the input */
    uint64_t line; /* of the last one before */
    struct grid_lines lines;
};

struct walk {
    struct xlsx_reader *reader;
    const struct grid_part *part;
    struct arena arena;
    struct stand now;
    struct stand first;            /* before the first that holds anything */
    uint64_t first_line;           /* its line; 0: none was met */
    struct stand last[TAIL_LINES]; /* before the last rows of the input */
};

/* The row decoded as a mapper will do it. */
static bool is_row(struct walk *walk, const char *at, const char *end)
{
    struct xlsx_row *row = &walk->reader->row;
    xlsx_row_read(row, at, end);
    struct grid_row decoded = {
        .line = walk->now.line,
        .cells = row->cells,
        .width = xlsx_row_width(row),
        .hidden = row->hidden,
        .fault = row->fault,
        .doubts = row->doubts,
        .doubt_count = row->doubt_count,
    };
    return part_kind(walk->part, &decoded, &walk->arena) == LEFT_KINDS;
}

/* Is the row that was peeked at one of the input? */
static bool counts(struct walk *walk, const char *at, const char *end)
{
    const struct xlsx_row *row = &walk->reader->row;
    bool sure = row->fault == NULL && row->doubt_count == 0 &&
                walk->now.line > walk->part->skip &&
                !(row->hidden && walk->part->skip_hidden) &&
                !table_may_leave(&walk->part->rule, row->cells, row->width);
    return sure || is_row(walk, at, end);
}

/* Goes past the row; false: it is for the grid to tell what is wrong. */
static bool pass(struct walk *walk, size_t from, size_t to)
{
    struct xlsx_row *row = &walk->reader->row;
    const char *text = walk->reader->sheet.text.at;
    struct stand before = walk->now;
    before.at = from;
    row->arena = &walk->arena;
    arena_reset(&walk->arena);
    row->readable = text + walk->reader->sheet.text.len + BUF_SLACK;
    xlsx_row_peek(row, text + from, text + to);
    uint64_t line = row->line > 0 ? row->line : before.line + 1;
    if (line > XLSX_ROWS)
        return false;
    walk->now.at = to;
    walk->now.line = line;
    walk->now.raw++;
    if (row->fault == NULL && xlsx_row_width(row) == 0)
        return true;
    if (walk->first_line == 0) {
        walk->first = before;
        walk->first_line = line;
    }
    grid_lines_meet(&walk->now.lines, line);
    grid_lines_take(&walk->now.lines, line);
    if (counts(walk, text + from, text + to))
        walk->last[walk->now.rows++ % TAIL_LINES] = before;
    return true;
}

/* All rows that are whole in view. *mark: what stands behind them. */
static void walk_over(struct walk *walk, enum xlsx_mark *mark)
{
    const struct buf *text = &walk->reader->sheet.text;
    size_t at = walk->now.at, next;
    *mark = xlsx_cut(text->at, text->len, at, &at);
    while (*mark == XLSX_ROW) {
        *mark = xlsx_cut(text->at, text->len, at + 1, &next);
        if (*mark != XLSX_ROW || !pass(walk, at, next))
            return;
        at = next;
    }
}

static struct walk begin(struct xlsx_reader *reader,
                         const struct grid_bulk *bulk)
{
    struct walk walk = {
        .reader = reader,
        .part = bulk->part,
        .now = {.at = reader->sheet.taken,
                .line = reader->line,
                .lines = bulk->lines},
    };
    arena_init(&walk.arena);
    return walk;
}

/* Looks at ever more text until rows can be given (*found), or shall not. */
static bool look(struct walk *walk, const struct grid_bulk *bulk, bool *found,
                 struct err *err)
{
    struct xlsx_reader *reader = walk->reader;
    struct xlsx_sheet *sheet = &reader->sheet;
    bool more = true;
    *found = false;
    while (more) {
        enum xlsx_mark mark;
        if (sheet->text.len - sheet->taken < xlsx_plain_step &&
            !xlsx_sheet_more(sheet, &more, err))
            return false;
        arena_release(&walk->arena);
        *walk = begin(reader, bulk);
        walk_over(walk, &mark);
        if (mark == XLSX_ODD && !xlsx_sheet_again(sheet, err))
            return false;
        if (mark == XLSX_ODD)
            continue;
        *found = mark != XLSX_END && walk->now.rows > TAIL_LINES;
        if (*found || mark == XLSX_END || mark == XLSX_ROW ||
            sheet->text.len - sheet->taken > WIDEST)
            return true;
        if (!xlsx_sheet_more(sheet, &more, err))
            return false;
    }
    return true;
}

static void swap(struct buf *a, struct buf *b)
{
    struct buf kept = *a;
    *a = *b;
    *b = kept;
}

/* Rows up to those that are kept back; their text stays the sheet's. */
static void give(struct input *input, struct walk *walk,
                 const struct grid_bulk *bulk, struct chunk *chunk)
{
    struct xlsx_reader *reader = walk->reader;
    struct xlsx_sheet *sheet = &reader->sheet;
    const struct stand *end = &walk->last[walk->now.rows % TAIL_LINES];
    chunk->first = bulk->next;
    chunk->first.line = walk->first_line;
    swap(&chunk->bytes, &sheet->text);
    buf_clear(&sheet->text);
    buf_add(&sheet->text, chunk->bytes.at + end->at,
            chunk->bytes.len - end->at);
    sheet->taken = sheet->looked = 0;
    sheet->rows += end->raw;
    chunk->bytes.len = end->at;
    chunk->before = walk->first.at;
    reader->line = end->line;
    grid_bulk_end(input, end->rows, &end->lines);
}

enum step xlsx_bulk_fill(struct input *input, struct xlsx_reader *reader,
                         struct chunk *chunk, struct err *err)
{
    struct grid_bulk bulk;
    struct walk walk = {.reader = reader};
    bool found;
    if (!grid_bulk_begin(input, &bulk) || reader->sheet.over)
        return STEP_END;
    arena_init(&walk.arena);
    bool good = look(&walk, &bulk, &found, err);
    if (good && found)
        give(input, &walk, &bulk, chunk);
    arena_release(&walk.arena);
    if (!good)
        return STEP_FAIL;
    chunk->consumed = xlsx_grid.consumed(reader);
    return found ? STEP_ITEM : STEP_END;
}
