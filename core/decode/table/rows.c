/* rows.c: a book's rows into chunks, one sheet after the other. The last ones
 * wait until it is known what follows them, as they may be a footer. */
#include "grid.h"

#include <string.h>

#include "cell.h"
#include "decode/decoded.h"
#include "fill.h"
#include "state.h"

size_t grid_chunk_bytes = CHUNK_BYTES;

/* Where a row goes on its way. */
struct step_to {
    struct input *input;
    struct grid *grid;
    struct chunk *chunk;
    size_t bytes; /* of rows taken */
};

static uint32_t sheet_of(const struct step_to *to)
{
    return grid_place_sheet(to->input, &to->grid->parts[to->grid->at]);
}

static const char *keep_text(struct arena *arena, const char *text, size_t len)
{
    char *kept = arena_alloc(arena, len + 1);
    if (len > 0)
        memcpy(kept, text, len);
    kept[len] = '\0';
    return kept;
}

static struct value keep_value(struct arena *arena, struct value value)
{
    if (value.type == VALUE_TEXT || value.type == VALUE_DECIMAL)
        value.text = keep_text(arena, value.text, value.len);
    return value;
}

/* All of the row into another arena. */
static struct grid_row keep_row(struct arena *arena, const struct grid_row *row)
{
    struct grid_row kept = *row;
    struct value *cells = arena_alloc(arena, (row->width + 1) * sizeof *cells);
    struct grid_doubt *doubts =
        arena_alloc(arena, (row->doubt_count + 1) * sizeof *doubts);
    for (unsigned i = 0; i < row->width; i++)
        cells[i] = keep_value(arena, row->cells[i]);
    for (unsigned i = 0; i < row->doubt_count; i++) {
        doubts[i] = row->doubts[i];
        doubts[i].text =
            keep_text(arena, doubts[i].text, strlen(doubts[i].text));
        doubts[i].value = keep_value(arena, doubts[i].value);
    }
    kept.cells = cells;
    kept.doubts = doubts;
    return kept;
}

static void add_doubts(struct chunk *chunk, const struct grid_row *row)
{
    struct decoded *decoded = &chunk->decoded[chunk->decoded_count - 1];
    struct cell_doubt *doubts =
        arena_alloc(&chunk->arena, row->doubt_count * sizeof *doubts);
    for (unsigned i = 0; i < row->doubt_count; i++)
        doubts[i] = (struct cell_doubt){.column = row->doubts[i].column,
                                        .kind = row->doubts[i].kind,
                                        .text = row->doubts[i].text,
                                        .value = row->doubts[i].value};
    decoded->doubts = doubts;
    decoded->doubt_count = row->doubt_count;
}

/* So many lines, from that one on, are no rows. */
static void leave_lines(struct step_to *to, enum left_kind kind, uint64_t count,
                        uint64_t first)
{
    left_out_lines(&to->chunk->left, kind, count,
                   grid_left_sheet(to->input, &to->grid->parts[to->grid->at]),
                   first);
}

static void leave(struct step_to *to, enum left_kind kind, uint64_t line)
{
    leave_lines(to, kind, 1, line);
}

/* The row, whose memory is the chunk's, is one of the input. */
static void give(struct step_to *to, const struct grid_row *row)
{
    const struct input *input = to->input;
    struct chunk *chunk = to->chunk;
    const struct place place = {
        .line = row->line, .index = to->grid->index++, .sheet = sheet_of(to)};
    if (row->fault != NULL) {
        decoded_fault(input, chunk, place, row->cells, row->width, row->fault);
        return;
    }
    if (chunk->decoded_count == 0)
        chunk->first = place;
    *chunk_add_decoded(chunk) = (struct decoded){
        .place = place, .cells = row->cells, .width = row->width};
    if (row->doubt_count > 0)
        add_doubts(chunk, row);
}

/* The first `count` of those that wait are rows. */
static void give_waiting(struct step_to *to, unsigned count)
{
    struct grid *grid = to->grid;
    for (unsigned i = 0; i < count; i++) {
        struct grid_waiting *waiting = &grid->waiting[i];
        if (waiting->kept)
            waiting->row = keep_row(&to->chunk->arena, &waiting->row);
        give(to, &waiting->row);
        grid->above = waiting->row.line;
    }
    grid->wait_count -= count;
    memmove(grid->waiting, grid->waiting + count,
            grid->wait_count * sizeof *grid->waiting);
    memmove(grid->tail, grid->tail + count,
            grid->wait_count * sizeof *grid->tail);
}

/* That line is no part of a footer: nor is what stands above it. */
static void end_waiting(struct step_to *to, uint64_t line)
{
    give_waiting(to, to->grid->wait_count);
    to->grid->above = line;
}

static void wait(struct step_to *to, const struct grid_row *row,
                 struct tail_line tail)
{
    struct grid *grid = to->grid;
    if (grid->wait_count == TAIL_LINES)
        give_waiting(to, 1);
    grid->waiting[grid->wait_count] = (struct grid_waiting){.row = *row};
    grid->tail[grid->wait_count++] = tail;
}

/* The table is over: a footer is dropped and counted. */
static void end_table(struct step_to *to)
{
    struct grid *grid = to->grid;
    unsigned footer = tail_footer(grid->tail, grid->wait_count, grid->above);
    for (unsigned i = footer; i < grid->wait_count; i++)
        leave(to, LEFT_FOOTER, grid->tail[i].line);
    grid->wait_count = footer;
    give_waiting(to, footer);
}

/* The chunk's memory goes with it: what waits is kept elsewhere. */
static void keep_waiting(struct grid *grid)
{
    struct arena *arena = &grid->kept[grid->turn ^= 1];
    arena_reset(arena);
    for (unsigned i = 0; i < grid->wait_count; i++) {
        grid->waiting[i].row = keep_row(arena, &grid->waiting[i].row);
        grid->waiting[i].kept = true;
    }
}

/* What a line before the header is that is no row; LEFT_KINDS: it may be one.
 */
static enum left_kind early_kind(const struct grid *grid,
                                 const struct grid_row *row)
{
    const struct grid_part *part = &grid->parts[grid->at];
    if (row->line <= part->skip)
        return LEFT_SKIPPED;
    if (part->skip_hidden && row->hidden)
        return LEFT_HIDDEN;
    if (row->fault != NULL)
        return LEFT_KINDS;
    if (cells_first(row->cells, row->width) == row->width)
        return LEFT_BLANK;
    return part_may_be_record(part, row->cells, row->width) ? LEFT_KINDS
                                                            : LEFT_BEFORE;
}

/* What stands before the header: a title is left out, what may be a record is
 * a reject. */
static bool take_early(struct step_to *to, struct grid_row *row)
{
    struct grid *grid = to->grid;
    const struct grid_part *part = &grid->parts[grid->at];
    if (part_is_header(part, grid->met))
        return false;
    enum left_kind kind = early_kind(grid, row);
    if (kind != LEFT_KINDS) {
        leave(to, kind, row->line);
        return false;
    }
    if (row->fault == NULL)
        row->fault = "it stands before the header and may be a record (put it "
                     "below the header, or say `header`)";
    part_place(part, row, &to->chunk->arena);
    give(to, row);
    return true;
}

static bool fill_merged(struct step_to *to, struct grid_row *row,
                        struct err *err)
{
    struct grid *grid = to->grid;
    const struct grid_part *part = &grid->parts[grid->at];
    unsigned columns = part->columns != NULL ? part->column_count : part->width;
    return grid->fill == NULL ||
           fill_row(grid->fill, row, columns, &to->chunk->arena, err);
}

/* A row of the table, which may be part of its footer. */
static bool take_row(struct step_to *to, struct grid_row *row, struct err *err)
{
    const struct grid_part *part = &to->grid->parts[to->grid->at];
    struct tail_line tail = part_tail(part, row);
    if (!fill_merged(to, row, err))
        return false;
    part_place(part, row, &to->chunk->arena);
    if (tail.shape == TAIL_ROW) {
        end_waiting(to, row->line);
        give(to, row);
    } else {
        wait(to, row, tail);
    }
    return true;
}

static bool is_stop(const struct grid *grid, const struct grid_row *row)
{
    return grid->stop.len > 0 && row->fault == NULL &&
           table_stops(row->cells, row->width, grid->stop.at);
}

/* *kept: the row's memory is still needed. */
static bool take(struct step_to *to, struct grid_row *row, bool *kept,
                 struct err *err)
{
    struct grid *grid = to->grid;
    const struct grid_part *part = &grid->parts[grid->at];
    *kept = false;
    if (grid->met <= part->before) {
        *kept = take_early(to, row);
        return true;
    }
    if (!grid->stopped && row->line > part->skip && is_stop(grid, row)) {
        end_table(to);
        grid->stopped = *kept = true;
    }
    if (grid->stopped) {
        leave(to, LEFT_STOPPED, row->line);
        return true;
    }
    grid_lines_take(&grid->lines, row->line);
    enum left_kind kind = part_kind(part, row, &to->chunk->arena);
    if (kind == LEFT_REPEATED) {
        end_waiting(to, row->line);
        *kept = true; /* what waited is behind it in memory now */
    }
    if (kind != LEFT_KINDS) {
        leave(to, kind, row->line);
        return true;
    }
    *kept = true;
    return take_row(to, row, err);
}

static bool begin(struct grid *grid, struct err *err)
{
    const struct grid_part *part = &grid->parts[grid->at];
    const struct grid_area *areas = NULL;
    unsigned count = 0;
    grid->met = 0;
    grid->lines = (struct grid_lines){.high = part->skip};
    for (unsigned i = 0; i < part->header_count; i++)
        if (part->header[i] > grid->lines.high)
            grid->lines.high = part->header[i];
    grid->above = grid->lines.high;
    grid->begun = true;
    grid->stopped = false;
    if (!grid->kind->begin(grid->book, part->sheet, err))
        return false;
    if (grid->fill != NULL) {
        if (!grid->kind->areas(grid->book, part->sheet, &areas, &count, err))
            return false;
        fill_begin(grid->fill, areas, count);
    }
    return true;
}

static bool leaves_out(const struct chunk *chunk)
{
    for (unsigned i = 0; i < LEFT_KINDS; i++)
        if (chunk->left.count[i] > 0)
            return true;
    return false;
}

static size_t size_of(const struct grid_row *row)
{
    size_t size = (row->width + 4) * sizeof *row->cells;
    for (unsigned i = 0; i < row->width; i++)
        if (row->cells[i].type == VALUE_TEXT)
            size += row->cells[i].len;
    return size;
}

/* What waited; and what is known of all its lines. */
static void end_sheet(struct step_to *to)
{
    struct grid *grid = to->grid;
    struct input *input = to->input;
    const struct grid_lines *lines = &grid->lines;
    end_table(to);
    if (lines->back == 0)
        leave_lines(to, LEFT_BLANK, lines->blank, lines->first);
    else if (input->back.line == 0)
        input->back =
            (struct place){.line = lines->back, .sheet = sheet_of(to)};
    grid->begun = false;
    grid->at++;
}

/* The sheet's next row; at its end, what waited. */
static bool take_next(struct step_to *to, struct err *err)
{
    struct grid *grid = to->grid;
    struct arena *arena = &to->chunk->arena;
    struct arena_mark mark = arena_mark(arena);
    struct grid_row row = {0};
    bool kept;
    if (!grid->begun && !begin(grid, err))
        return false;
    enum step step = grid->kind->next(grid->book, arena, &row, err);
    if (step == STEP_FAIL)
        return false;
    if (step == STEP_END) {
        end_sheet(to);
        return true;
    }
    grid->met++;
    grid_lines_meet(&grid->lines, row.line);
    to->bytes += size_of(&row);
    if (!take(to, &row, &kept, err))
        return false;
    if (!kept)
        arena_return(arena, mark);
    return true;
}

enum step grid_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct grid *grid = input->state;
    struct step_to to = {.input = input, .grid = grid, .chunk = chunk};
    bool any = false;
    while (grid->at < grid->part_count &&
           (to.bytes < grid_chunk_bytes || !any)) {
        if (!take_next(&to, err))
            return STEP_FAIL;
        any = chunk->decoded_count > 0 || leaves_out(chunk);
    }
    keep_waiting(grid);
    if (grid->kind->consumed != NULL)
        chunk->consumed = grid->kind->consumed(grid->book);
    return any ? STEP_ITEM : STEP_END;
}
