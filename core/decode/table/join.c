/* join.c: the parts are first laid out, a row a line, each over all of its
 * columns; then each column's are joined from top to bottom. */
#include "join.h"

#include <string.h>

/* The parts of all columns, line after line. */
struct parts {
    struct value *all;
    unsigned lines, width;
    size_t steps; /* left: what areas say is believed up to a limit */
};

enum { STEPS_MAX = 1 << 20, PART_MAX = 4096 /* bytes of what is spread */ };

static struct value *part_at(const struct parts *parts, unsigned line,
                             unsigned column)
{
    return &parts->all[(size_t)line * parts->width + column];
}

static bool is_there(const struct table_line *line, unsigned column)
{
    return column < line->width && line->cells[column].len > 0;
}

static void lay_out(struct parts *parts, const struct table_line *const *lines)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    for (unsigned i = 0; i < parts->lines; i++)
        for (unsigned j = 0; j < parts->width; j++)
            *part_at(parts, i, j) =
                is_there(lines[i], j) ? lines[i]->cells[j] : blank;
}

static bool touches(const struct grid_area *area, const struct table_line *line)
{
    return area->top <= line->line && line->line <= area->bottom;
}

/* The line that the area begins in, or -1. */
static int begins_in(const struct grid_area *area,
                     const struct table_line *const *lines, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (area->top == lines[i]->line)
            return (int)i;
    return -1;
}

static void spread_area(struct parts *parts, const struct grid_area *area,
                        const struct table_line *const *lines, unsigned first)
{
    if (area->left >= parts->width)
        return;
    const struct value part = *part_at(parts, first, area->left);
    for (unsigned i = first; i < parts->lines && touches(area, lines[i]); i++)
        for (unsigned j = area->left;
             j <= area->right && j < parts->width && parts->steps > 0;
             j++, parts->steps--)
            if (part_at(parts, i, j)->len == 0 && part.len <= PART_MAX)
                *part_at(parts, i, j) = part;
}

/* True where any area touches the lines. */
static bool spread_areas(struct parts *parts,
                         const struct table_line *const *lines,
                         const struct grid_area *areas, unsigned count)
{
    bool any = false;
    for (unsigned i = 0; i < count && parts->steps > 0; i++) {
        int first = begins_in(&areas[i], lines, parts->lines);
        if (first < 0)
            continue;
        any = true;
        spread_area(parts, &areas[i], lines, (unsigned)first);
    }
    return any;
}

static bool stands_below(const struct table_line *const *lines, unsigned count,
                         unsigned line, unsigned column)
{
    for (unsigned i = line + 1; i < count; i++)
        if (is_there(lines[i], column))
            return true;
    return false;
}

static bool stands_above(const struct table_line *const *lines, unsigned line,
                         unsigned column)
{
    for (unsigned i = 0; i < line; i++)
        if (is_there(lines[i], column))
            return true;
    return false;
}

static void spread_blanks(struct parts *parts,
                          const struct table_line *const *lines)
{
    for (unsigned i = 0; i + 1 < parts->lines; i++) {
        struct value part = {.len = 0};
        for (unsigned j = 0; j < parts->width; j++) {
            struct value *here = part_at(parts, i, j);
            if (here->len > 0)
                part = *here;
            else if (stands_above(lines, i, j))
                part.len = 0;
            else if (part.len > 0 && part.len <= PART_MAX &&
                     stands_below(lines, parts->lines, i, j))
                *here = part;
        }
    }
}

static bool same(const struct value *a, const struct value *b)
{
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* The column's parts, one after the other; what repeats the one above it says
 * nothing. */
static struct value join_column(const struct parts *parts, unsigned column,
                                struct arena *arena)
{
    const struct value *last = NULL;
    size_t len = 0, size = 0;
    for (unsigned i = 0; i < parts->lines; i++)
        size += part_at(parts, i, column)->len + 1;
    char *text = arena_alloc(arena, size + 1);
    for (unsigned i = 0; i < parts->lines; i++) {
        const struct value *part = part_at(parts, i, column);
        if (part->len == 0 || (last != NULL && same(last, part)))
            continue;
        if (len > 0)
            text[len++] = ' ';
        memcpy(text + len, part->text, part->len);
        len += part->len;
        last = part;
    }
    return value_text(text, len);
}

struct value *join_header(const struct table_line *const *lines, unsigned count,
                          const struct grid_area *areas, unsigned area_count,
                          struct arena *arena, unsigned *width)
{
    struct parts parts = {.lines = count, .steps = STEPS_MAX};
    for (unsigned i = 0; i < count; i++)
        if (lines[i]->used > parts.width)
            parts.width = lines[i]->used;
    parts.all = arena_alloc(arena, ((size_t)count * parts.width + 1) *
                                       sizeof *parts.all);
    lay_out(&parts, lines);
    if (count > 1 && !spread_areas(&parts, lines, areas, area_count))
        spread_blanks(&parts, lines);
    struct value *names = arena_alloc(arena, (parts.width + 1) * sizeof *names);
    for (unsigned i = 0; i < parts.width; i++)
        names[i] = join_column(&parts, i, arena);
    *width = parts.width;
    return names;
}

static unsigned filled_between(const struct table_line *line, unsigned left,
                               unsigned right)
{
    unsigned filled = 0;
    for (unsigned i = left; i <= right && i < line->width; i++)
        filled += line->cells[i].len > 0;
    return filled;
}

/* A title is merged over the table, too: it stands alone in its line, from the
 * first column on. */
static bool is_title(const struct table_line *line,
                     const struct grid_area *area)
{
    return line->filled == 1 && area->left == 0;
}

bool join_is_sure(const struct table_line *upper,
                  const struct table_line *lower, const struct grid_area *areas,
                  unsigned area_count)
{
    for (unsigned i = 0; i < area_count; i++) {
        const struct grid_area *area = &areas[i];
        if (area->top != upper->line || !is_there(upper, area->left))
            continue;
        bool down = area->bottom >= lower->line;
        bool over = area->bottom + 1 == lower->line &&
                    area->right > area->left &&
                    filled_between(lower, area->left, area->right) >= 2;
        if ((down || over) && !is_title(upper, area))
            return true;
    }
    return false;
}

bool join_may_be(const struct table_line *upper, const struct table_line *lower)
{
    enum { SHARED = 4 }; /* columns that share a part; titles are over more */
    unsigned child = 0, gap = 0;
    bool parent = false;
    if (upper->kind != TABLE_ROW || lower->kind != TABLE_ROW ||
        upper->filled < 2)
        return false;
    for (unsigned i = 0; i < upper->width || i < lower->width; i++) {
        bool above = is_there(upper, i), below = is_there(lower, i);
        parent |= above;
        child += below && !above && parent;
        gap += above && !below;
    }
    return child > 0 &&
           (gap > 0 || (child > 1 && SHARED * upper->filled >= lower->filled));
}
