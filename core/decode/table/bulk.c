/* bulk.c: the grid's own count of lines and rows, for who goes on with it. */
#include "bulk.h"

#include "state.h"

bool grid_bulk_begin(const struct input *input, struct grid_bulk *bulk)
{
    const struct grid *grid = input->state;
    if (!grid->begun || grid->met < grid->parts[grid->at].before ||
        grid->wait_count > 0 || grid_in_order(input))
        return false;
    *bulk = (struct grid_bulk){
        .part = &grid->parts[grid->at],
        .lines = grid->lines,
        .next = {.index = grid->index},
    };
    bulk->next.sheet = grid_place_sheet(input, bulk->part);
    return true;
}

void grid_bulk_end(struct input *input, uint64_t rows,
                   const struct grid_lines *lines)
{
    struct grid *grid = input->state;
    grid->index += rows;
    grid->lines = *lines;
    grid->above = lines->last;
}
