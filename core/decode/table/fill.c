/* fill.c: areas in the order of their first rows; those that the row at hand
 * stands in are active, each with the value of its first cell. */
#include "fill.h"

#include <stdlib.h>
#include <string.h>

#include "cell.h"

enum { ACTIVE_MAX = 16384 /* as many as a sheet has columns */ };

struct active {
    struct grid_area area;
    struct value value;
    char *text; /* of that */
};

struct fill {
    struct grid_area *areas; /* by `top` */
    unsigned count, next;
    uint64_t line; /* of the last row */
    struct active *active;
    unsigned active_count, active_cap;
};

struct fill *fill_new(void)
{
    return mem_zero(1, sizeof(struct fill));
}

static void drop_all(struct fill *fill)
{
    for (unsigned i = 0; i < fill->active_count; i++)
        free(fill->active[i].text);
    fill->active_count = 0;
}

void fill_free(struct fill *fill)
{
    if (fill == NULL)
        return;
    drop_all(fill);
    free(fill->active);
    free(fill->areas);
    free(fill);
}

static int by_top(const void *a, const void *b)
{
    const struct grid_area *left = a, *right = b;
    if (left->top != right->top)
        return left->top < right->top ? -1 : 1;
    return (left->left > right->left) - (left->left < right->left);
}

void fill_begin(struct fill *fill, const struct grid_area *areas,
                unsigned count)
{
    drop_all(fill);
    free(fill->areas);
    fill->areas = mem_alloc((count + 1) * sizeof *fill->areas);
    if (count > 0)
        memcpy(fill->areas, areas, count * sizeof *areas);
    qsort(fill->areas, count, sizeof *fill->areas, by_top);
    fill->count = count;
    fill->next = 0;
    fill->line = 0;
}

/* The first area that begins on that line or below. */
static unsigned find_top(const struct fill *fill, uint64_t line)
{
    unsigned from = 0, upto = fill->count;
    while (from < upto) {
        unsigned middle = from + (upto - from) / 2;
        if (fill->areas[middle].top < line)
            from = middle + 1;
        else
            upto = middle;
    }
    return from;
}

/* Rows may stand in any order where each is filled by itself. */
static void go_to(struct fill *fill, uint64_t line)
{
    if (line <= fill->line) {
        drop_all(fill);
        fill->next = find_top(fill, line);
    }
    fill->line = line;
}

bool fill_is_tall(const struct grid_area *areas, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (areas[i].bottom > areas[i].top)
            return true;
    return false;
}

static void drop_past(struct fill *fill, uint64_t line)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < fill->active_count; i++) {
        if (fill->active[i].area.bottom < line)
            free(fill->active[i].text);
        else
            fill->active[kept++] = fill->active[i];
    }
    fill->active_count = kept;
}

static struct value value_at(const struct grid_row *row, unsigned column)
{
    return column < row->width ? row->cells[column] : value_text("", 0);
}

static void add(struct fill *fill, const struct grid_area *area,
                const struct grid_row *row)
{
    if (fill->active_count == fill->active_cap) {
        fill->active_cap = fill->active_cap ? 2 * fill->active_cap : 16;
        fill->active =
            mem_resize(fill->active, fill->active_cap * sizeof *fill->active);
    }
    struct active *active = &fill->active[fill->active_count++];
    *active =
        (struct active){.area = *area, .value = value_at(row, area->left)};
    if (active->value.type == VALUE_TEXT ||
        active->value.type == VALUE_DECIMAL) {
        active->text = mem_text_n(active->value.text, active->value.len);
        active->value.text = active->text;
    }
}

/* An area whose first row is not there has nothing to give. */
static bool add_areas(struct fill *fill, const struct grid_row *row)
{
    for (; fill->next < fill->count && fill->areas[fill->next].top <= row->line;
         fill->next++) {
        const struct grid_area *area = &fill->areas[fill->next];
        const struct value first = value_at(row, area->left);
        if (area->top < row->line || area->bottom < row->line ||
            cell_is_blank(&first))
            continue;
        if (fill->active_count == ACTIVE_MAX)
            return false;
        add(fill, area, row);
    }
    return true;
}

/* The cells up to `width`, which are the row's own from then on. */
static struct value *own_cells(struct grid_row *row, unsigned width,
                               struct arena *arena)
{
    struct value *cells = arena_alloc(arena, (width + 1) * sizeof *cells);
    for (unsigned i = 0; i < width; i++)
        cells[i] = value_at(row, i);
    row->cells = cells;
    row->width = width;
    return cells;
}

static struct value in_arena(const struct active *active, struct arena *arena)
{
    struct value value = active->value;
    if (active->text != NULL)
        value.text =
            memcpy(arena_alloc(arena, value.len + 1), value.text, value.len);
    return value;
}

static unsigned last_column(const struct active *active, unsigned columns)
{
    unsigned after =
        active->area.right < columns ? active->area.right + 1 : columns;
    return after;
}

bool fill_row(struct fill *fill, struct grid_row *row, unsigned columns,
              struct arena *arena, struct err *err)
{
    unsigned width = row->width;
    go_to(fill, row->line);
    drop_past(fill, row->line);
    if (!add_areas(fill, row))
        return err_set(err, EXIT_INPUT,
                       "row %llu stands in more merged areas than a sheet has "
                       "columns" ERR_FIXED,
                       (unsigned long long)row->line);
    if (fill->active_count == 0)
        return true;
    for (unsigned i = 0; i < fill->active_count; i++) {
        unsigned after = last_column(&fill->active[i], columns);
        width = after > width ? after : width;
    }
    struct value *cells = own_cells(row, width, arena);
    for (unsigned i = 0; i < fill->active_count; i++) {
        const struct active *active = &fill->active[i];
        unsigned after = last_column(active, columns);
        struct value value = in_arena(active, arena);
        for (unsigned j = active->area.left; j < after; j++)
            if (cell_is_blank(&cells[j]))
                cells[j] = value;
    }
    return true;
}
