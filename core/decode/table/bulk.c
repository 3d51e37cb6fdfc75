/* bulk.c: the grid's own count of lines and rows, for who goes on with it. */
#include "bulk.h"

#include "state.h"

bool grid_bulk_begin(const struct input *input, struct grid_bulk *bulk)
{
    const struct grid *grid = input->state;
    if (!grid->begun || grid->wait_count > 0 || grid_in_order(input))
        return false;
    *bulk = (struct grid_bulk){
        .part = &grid->parts[grid->at],
        .line = grid->line,
        .next = {.index = grid->index},
    };
    if (input->sheets != NULL)
        bulk->next.sheet = bulk->part->sheet + 1;
    return true;
}

void grid_bulk_end(struct input *input, uint64_t rows, uint64_t line)
{
    struct grid *grid = input->state;
    grid->index += rows;
    grid->line = line;
}
