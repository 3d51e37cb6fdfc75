/* grid.c: a book opened: which sheets are read, where each one's header is,
 * what the columns are called. */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sheets.h"
#include "state.h"

void *grid_book(const struct input *input)
{
    const struct grid *grid = input->state;
    return grid ? grid->book : NULL;
}

static void free_grid(struct grid *grid)
{
    buf_release(&grid->told);
    free(grid->parts);
    free(grid);
}

void grid_close(struct input *input)
{
    if (input->state != NULL)
        free_grid(input->state);
    input->state = NULL;
}

/* The sheet's first row: its header. */
static enum step read_first(struct grid *grid, struct grid_part *part,
                            struct arena *arena, struct grid_row *row,
                            struct err *err)
{
    if (!grid->kind->begin(grid->book, part->sheet, err))
        return STEP_FAIL;
    return grid->kind->next(grid->book, arena, row, err);
}

static bool find_table(struct input *input, struct grid *grid,
                       struct arena *arena, struct err *err)
{
    struct grid_row row;
    for (unsigned i = 0; i < grid->part_count; i++) {
        struct grid_part *part = &grid->parts[i];
        enum step step = read_first(grid, part, arena, &row, err);
        if (step == STEP_FAIL)
            return false;
        if (step == STEP_END)
            continue;
        bool named = !input->spec.as_is && !(grid->said->header.count > 0 &&
                                             grid->said->header.line[0] == 0);
        input->named = named;
        part->header_line = part->before = named ? row.line : 0;
        columns_name(&input->columns, named ? row.cells : NULL, row.width);
        if (grid->said->sheet == NULL || strcmp(grid->said->sheet, "*") != 0) {
            grid->parts[0] = *part;
            grid->part_count = 1;
        }
        return true;
    }
    return err_set(err, EXIT_INPUT,
                   "empty: no sheet of it holds a row; export it again");
}

static void copy_names(struct input *input, const struct grid_sheet *sheets,
                       unsigned count)
{
    if (count == 0 || sheets[0].name == NULL)
        return;
    input->sheets = mem_zero(count, sizeof *input->sheets);
    for (unsigned i = 0; i < count; i++)
        input->sheets[i] = mem_text(sheets[i].name ? sheets[i].name : "");
    input->sheet_count = count;
}

bool grid_open(struct input *input, const struct grid_kind *kind, void *book,
               const struct grid_sheet *sheets, unsigned count, struct err *err)
{
    struct grid *grid = mem_zero(1, sizeof *grid);
    unsigned *chosen = mem_zero(count + 1, sizeof *chosen);
    struct arena arena;
    grid->kind = kind;
    grid->book = book;
    grid->said = input->options;
    grid->sheet_count = count;
    grid->index = 1;
    input->trim = grid->said->trim;
    input->ragged = grid->said->ragged || input->spec.as_is;
    input->typed = true;
    arena_init(&arena);
    bool good =
        sheets_choose(sheets, count, grid->said->sheet, grid->said->skip_hidden,
                      chosen, &grid->part_count, err);
    grid->parts = mem_zero(grid->part_count + 1, sizeof *grid->parts);
    for (unsigned i = 0; i < grid->part_count; i++)
        grid->parts[i].sheet = chosen[i];
    good = good && find_table(input, grid, &arena, err);
    arena_release(&arena);
    free(chosen);
    if (!good) {
        free_grid(grid);
        return false;
    }
    copy_names(input, sheets, count);
    input->state = grid;
    return true;
}

void grid_describe(const struct input *input, struct buf *out)
{
    const struct grid *grid = input->state;
    const struct grid_part *part = &grid->parts[0];
    const char *name = input_sheet(input, part->sheet + 1);
    if (name != NULL)
        buf_addf(out, ", sheet \"%s\" (%u of %u)", name, part->sheet + 1,
                 grid->sheet_count);
    if (part->header_line > 0)
        buf_addf(out, ", header on row %llu",
                 (unsigned long long)part->header_line);
    else
        buf_puts(out, ", no header");
    input_describe_columns(input, out);
    buf_add(out, grid->told.at, grid->told.len);
}
