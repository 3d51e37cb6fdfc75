/* joined.c: two or three lines that are one header. */
#include "joined.h"

#include "cell.h"
#include "join.h"
#include "wanted.h"

enum {
    MOST = 3,      /* lines of a header that nobody has said */
    WIDEST = 2048, /* cells of a line that is joined with others */
};

static bool are_neighbours(const struct table_view *view, unsigned first,
                           unsigned count)
{
    for (unsigned i = first; i < first + count; i++)
        if (i >= view->count || view->all[i].kind != TABLE_ROW ||
            view->all[i].used > WIDEST ||
            (i > first && view->all[i].line != view->all[i - 1].line + 1))
            return false;
    return true;
}

unsigned joined_count_wanted(struct table_view *view,
                             const struct joined *joined,
                             const struct grid_area *areas, unsigned area_count,
                             const struct wanted_columns *wanted)
{
    const struct table_line *lines[MOST];
    struct arena_mark mark = arena_mark(&view->arena);
    unsigned width;
    for (unsigned i = 0; i < joined->count; i++)
        lines[i] = &view->all[joined->first + i];
    const struct value *names = join_header(lines, joined->count, areas,
                                            area_count, &view->arena, &width);
    unsigned found = wanted_count(names, width, wanted);
    arena_return(&view->arena, mark);
    return found;
}

bool joined_find_wanted(struct table_view *view, const struct grid_area *areas,
                        unsigned area_count,
                        const struct wanted_columns *wanted, unsigned *names,
                        struct joined *found)
{
    bool any = false;
    for (unsigned count = 2; count <= MOST; count++)
        for (unsigned i = 0; i + count <= view->count && *names < wanted->count;
             i++) {
            const struct joined tried = {i, count};
            if (!are_neighbours(view, i, count))
                continue;
            unsigned here =
                joined_count_wanted(view, &tried, areas, area_count, wanted);
            if (here <= *names)
                continue;
            *names = here;
            *found = tried;
            any = true;
        }
    return any;
}

struct joined joined_find_sure(const struct table_view *view, unsigned at,
                               const struct grid_area *areas,
                               unsigned area_count)
{
    const struct table_line *all = view->all;
    unsigned first = at, last = at;
    while (first > 0 && last - first + 1 < MOST &&
           join_is_sure(&all[first - 1], &all[first], areas, area_count))
        first--;
    while (last + 1 < view->count && last - first + 1 < MOST &&
           join_is_sure(&all[last], &all[last + 1], areas, area_count))
        last++;
    return (struct joined){first, last - first + 1};
}

static bool has_number(const struct table_line *line)
{
    for (unsigned i = 0; i < line->used; i++)
        if (cell_is_number(&line->cells[i]))
            return true;
    return false;
}

static bool may_be_pair(const struct table_view *view, unsigned upper)
{
    const struct table_line *all = view->all;
    return are_neighbours(view, upper, 2) && !has_number(&all[upper]) &&
           !has_number(&all[upper + 1]) &&
           join_may_be(&all[upper], &all[upper + 1]);
}

void joined_tell(const struct table_view *view, unsigned at, const char *unit,
                 struct buf *told)
{
    bool above = at > 0 && may_be_pair(view, at - 1);
    if (!above && !may_be_pair(view, at))
        return;
    unsigned upper = above ? at - 1 : at;
    buf_addf(told, "; %s %llu may belong to the header: --header %llu,%llu",
             unit,
             (unsigned long long)view->all[above ? upper : upper + 1].line,
             (unsigned long long)view->all[upper].line,
             (unsigned long long)view->all[upper + 1].line);
}
