/* grid.c: a book opened, closed and described. */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/case.h"
#include "base/mem.h"
#include "fill.h"
#include "parts.h"
#include "sheets.h"
#include "state.h"

void *grid_book(const struct input *input)
{
    const struct grid *grid = input->state;
    return grid ? grid->book : NULL;
}

static void free_grid(struct grid *grid)
{
    for (unsigned i = 0; i < grid->part_count; i++)
        part_release(&grid->parts[i]);
    free(grid->parts);
    free(grid->sheets);
    buf_release(&grid->doubt);
    buf_release(&grid->told);
    buf_release(&grid->stop);
    arena_release(&grid->kept[0]);
    arena_release(&grid->kept[1]);
    fill_free(grid->fill);
    free(grid);
}

void grid_close(struct input *input)
{
    if (input->state != NULL)
        free_grid(input->state);
    input->state = NULL;
}

static void copy_sheets(struct input *input, struct grid *grid,
                        const struct grid_sheet *sheets, unsigned count)
{
    grid->sheets = mem_zero((size_t)count + 1, sizeof *grid->sheets);
    for (unsigned i = 0; i < count; i++)
        grid->sheets[i] = (struct grid_sheet){.hidden = sheets[i].hidden,
                                              .no_table = sheets[i].no_table};
    if (count == 0 || sheets[0].name == NULL)
        return;
    input->sheets = mem_zero(count, sizeof *input->sheets);
    for (unsigned i = 0; i < count; i++)
        input->sheets[i] = mem_text(sheets[i].name ? sheets[i].name : "");
    input->sheet_count = count;
}

/* Rows as they stand are all rows. */
static struct grid *new_grid(const struct input *input,
                             const struct grid_kind *kind, void *book)
{
    struct grid *grid = mem_zero(1, sizeof *grid);
    const struct table_options *said = input->options;
    grid->kind = kind;
    grid->book = book;
    grid->said = said;
    grid->index = 1;
    arena_init(&grid->kept[0]);
    arena_init(&grid->kept[1]);
    if (said->fill_merged && kind->areas != NULL)
        grid->fill = fill_new();
    if (input->spec.as_is)
        return grid;
    grid->skip = said->skip;
    if (said->stop != NULL)
        utf8_fold(&grid->stop, said->stop, strlen(said->stop));
    buf_text(&grid->stop); /* ends in NUL */
    return grid;
}

static bool has_tall_areas(const struct grid *grid, unsigned sheet, bool *tall,
                           struct err *err)
{
    const struct grid_area *areas = NULL;
    unsigned count = 0;
    if (!grid->kind->areas(grid->book, sheet, &areas, &count, err))
        return false;
    *tall = fill_is_tall(areas, count);
    return true;
}

static bool check_order(const struct grid *grid, unsigned sheet,
                        struct err *err)
{
    struct arena arena;
    struct grid_row row = {0};
    enum step step;
    uint64_t last = 0;
    if (!grid->kind->begin(grid->book, sheet, err))
        return false;
    arena_init(&arena);
    do {
        last = row.line;
        row = (struct grid_row){0};
        arena_reset(&arena);
        step = grid->kind->next(grid->book, &arena, &row, err);
    } while (step == STEP_ITEM && row.line > last);
    arena_release(&arena);
    return step == STEP_END ||
           (step == STEP_ITEM &&
            err_set(err, EXIT_INPUT,
                    "row %llu stands below row %llu, and cells are merged over "
                    "several rows, which are filled downwards; save the file "
                    "again in a spreadsheet program",
                    (unsigned long long)row.line, (unsigned long long)last));
}

/* Cells that are merged over several rows are filled from row to row. Rows that
 * stand out of order are found before one of them is given: some would lack the
 * value. */
static bool check_fill(const struct grid *grid, struct err *err)
{
    bool good = true, tall = false;
    for (unsigned i = 0; grid->fill && good && i < grid->part_count; i++) {
        unsigned sheet = grid->parts[i].sheet;
        good = has_tall_areas(grid, sheet, &tall, err) &&
               (!tall || check_order(grid, sheet, err));
    }
    return good;
}

bool grid_open(struct input *input, const struct grid_kind *kind, void *book,
               const struct grid_sheet *sheets, unsigned count, struct err *err)
{
    unsigned *chosen = mem_zero(count + 1, sizeof *chosen), found;
    struct grid *grid = new_grid(input, kind, book);
    grid->sheet_count = count;
    input->trim = grid->said->trim;
    input->ragged = grid->said->ragged || input->spec.as_is;
    input->typed = true;
    bool good = sheets_choose(sheets, count, grid->said->sheet,
                              grid->said->skip_hidden, chosen, &found, err) &&
                parts_find(input, grid, sheets, chosen, found, err) &&
                check_fill(grid, err);
    free(chosen);
    if (!good) {
        free_grid(grid);
        return false;
    }
    copy_sheets(input, grid, sheets, count);
    input->guessed =
        grid->guessed_header || grid->told.len > 0 || grid->before > 0;
    input->state = grid;
    return true;
}

static void describe_sheets(const struct input *input, const struct grid *grid,
                            struct buf *out)
{
    unsigned sheet = grid->parts[0].sheet;
    const char *name = input_sheet(input, sheet + 1);
    if (grid->part_count > 1)
        buf_addf(out, ", %u of %u sheets", grid->part_count, grid->sheet_count);
    else if (name != NULL)
        buf_addf(out, ", sheet \"%s\" (%u of %u)", name, sheet + 1,
                 grid->sheet_count);
}

static void describe_header(const struct grid *grid, struct buf *out)
{
    const struct grid_part *part = &grid->parts[0];
    unsigned count = part->header_count;
    if (count == 0)
        buf_puts(out, ", no header");
    else
        buf_addf(out, ", header on row%s ", count == 1 ? "" : "s");
    for (unsigned i = 0; i < count; i++)
        buf_addf(out, "%s%llu",
                 i == 0          ? ""
                 : i + 1 < count ? ", "
                                 : " and ",
                 (unsigned long long)part->header[i]);
    if (grid->doubt.len > 0)
        buf_addf(out, " (guessed, and doubtful: %.*s)", (int)grid->doubt.len,
                 grid->doubt.at);
    else if (grid->guessed_header)
        buf_puts(out, " (guessed)");
}

void grid_describe(const struct input *input, struct buf *out)
{
    const struct grid *grid = input->state;
    describe_sheets(input, grid, out);
    describe_header(grid, out);
    input_describe_columns(input, out);
    if (grid->before > 0)
        buf_addf(out, "; %llu row%s before the header %s left out",
                 (unsigned long long)grid->before, grid->before == 1 ? "" : "s",
                 grid->before == 1 ? "is" : "are");
    buf_add(out, grid->told.at, grid->told.len);
}

const struct grid_part *grid_parts(const struct input *input, unsigned *count)
{
    const struct grid *grid = input->state;
    *count = grid->part_count;
    return grid->parts;
}

bool grid_in_order(const struct input *input)
{
    const struct grid *grid = input->state;
    return grid->fill != NULL || grid->stop.len > 0;
}
