/* found.c: a table that stands in another one is text of the other's cell,
 * unless the other one has fewer filled cells of its own: then it is there to
 * lay out a page, and is seen through. */
#include "found.h"

#include <stdlib.h>

#include "base/mem.h"

void found_release(struct found *found)
{
    for (unsigned i = 0; i < found->count; i++) {
        buf_release(&found->all[i].caption);
        free(found->all[i].areas);
        free(found->all[i].columns);
    }
    free(found->all);
    *found = (struct found){0};
}

struct found_table *found_number(const struct found *found, unsigned number)
{
    unsigned low = 0, high = found->count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (found->all[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < found->count && found->all[low].number == number
               ? &found->all[low]
               : NULL;
}

/* Room for one more of `count` things. */
static void *grow(void *all, unsigned count, unsigned *cap, size_t size)
{
    if (count < *cap)
        return all;
    *cap = *cap > 0 ? 2 * *cap : 16;
    return mem_resize(all, *cap * size);
}

struct found_table *found_add(struct found *found, unsigned number,
                              unsigned parent)
{
    if (found->count == FOUND_TABLES) {
        found->lost++;
        found->lost_outer += parent == 0;
        return NULL;
    }
    found->all =
        grow(found->all, found->count, &found->cap, sizeof *found->all);
    struct found_table *table = &found->all[found->count++];
    *table = (struct found_table){.number = number, .parent = parent};
    return table;
}

void found_area(struct found_table *table, const struct grid_area *area)
{
    if (table->area_count > GRID_AREAS)
        return;
    table->areas = grow(table->areas, table->area_count, &table->area_cap,
                        sizeof *table->areas);
    table->areas[table->area_count++] = *area;
}

void found_areas(const struct found_table *table,
                 const struct grid_area **areas, unsigned *count)
{
    *areas = table->areas;
    *count = table->area_count;
}

void found_column(struct found_table *table, unsigned first, unsigned last)
{
    if (table->columns == NULL)
        table->columns = mem_zero(1, sizeof *table->columns);
    hidden_add(table->columns, first, last);
}

bool found_hides(const struct found_table *table, unsigned column)
{
    return table->columns != NULL && hidden_has(table->columns, column);
}

/* Tables come after those that they stand in. */
void found_settle(struct found *found)
{
    for (unsigned i = found->count; i-- > 0;) {
        const struct found_table *table = &found->all[i];
        struct found_table *parent = found_number(found, table->parent);
        for (; parent != NULL; parent = found_number(found, parent->parent))
            parent->layout |= table->cells > parent->cells;
    }
    for (unsigned i = 0; i < found->count; i++) {
        struct found_table *table = &found->all[i];
        const struct found_table *parent = found_number(found, table->parent);
        table->inner = parent != NULL && (parent->inner || !parent->layout);
    }
}
