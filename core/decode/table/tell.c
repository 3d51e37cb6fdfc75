/* tell.c: what a book was found to be, part by part. */
#include <string.h>

#include "decode/facts.h"
#include "grid.h"
#include "state.h"

static bool is_read(const struct grid *grid, unsigned sheet)
{
    for (unsigned i = 0; i < grid->part_count; i++)
        if (grid->parts[i].sheet == sheet)
            return true;
    return false;
}

static void tell_sheets(const struct input *input, struct facts *facts)
{
    const struct grid *grid = input->state;
    unsigned count = input->sheet_count;
    if (count == 0)
        return;
    facts->sheets = arena_alloc(&facts->arena, count * sizeof *facts->sheets);
    facts->sheet_count = count;
    for (unsigned i = 0; i < count; i++)
        facts->sheets[i] =
            (struct facts_sheet){.name = input->sheets[i],
                                 .hidden = grid->sheets[i].hidden,
                                 .table = !grid->sheets[i].no_table,
                                 .read = is_read(grid, i)};
}

/* The first sheet's header; that of others has the same names. */
static void tell_header(const struct grid *grid, struct facts *facts)
{
    const struct grid_part *part = &grid->parts[0];
    unsigned count = part->header_count;
    facts->header_count = count < FACTS_HEADER ? count : FACTS_HEADER;
    for (unsigned i = 0; i < facts->header_count; i++)
        facts->header[i] = part->header[i];
    if (!grid->guessed_header)
        facts->why = grid->said->header.count > 0 ? "as it was said" : NULL;
    else
        facts->why = count > 1   ? "the first full row holds no values, and "
                                   "merged cells join it with the others"
                     : count > 0 ? "the first full row, and it holds no values"
                                 : "the first full row holds values";
}

/* Which sheet is said only where there is a choice. */
static void tell_options(const struct input *input, struct facts *facts)
{
    const struct grid *grid = input->state;
    const char *name = input_sheet(input, grid->parts[0].sheet + 1);
    if (name != NULL && input->sheet_count > 1 && grid->part_count == 1)
        facts_option_text(facts, "sheet", name);
}

void grid_tell(const struct input *input, struct facts *facts)
{
    const struct grid *grid = input->state;
    facts->encoding = NULL;
    tell_sheets(input, facts);
    tell_header(grid, facts);
    if (grid->doubt.len > 0)
        facts->doubt =
            facts_text(facts, "%.*s", (int)grid->doubt.len, grid->doubt.at);
    if (grid->told.len > 0)
        facts->notes =
            facts_text(facts, "%.*s", (int)grid->told.len, grid->told.at);
    tell_options(input, facts);
}

uint32_t grid_place_sheet(const struct input *input,
                          const struct grid_part *part)
{
    return input->sheets != NULL ? part->sheet + 1 : 0;
}

uint32_t grid_left_sheet(const struct input *input,
                         const struct grid_part *part)
{
    const struct grid *grid = input->state;
    return grid->part_count > 1 ? grid_place_sheet(input, part) : 0;
}
