/* look.c: the first line of the usual width that is about as full as lines get;
 * one that is wider comes before it, one that is narrower only where there is
 * no other. It is none when it holds a number, or what may be a record: then
 * all lines are rows. What speaks for and against is said as a doubt. */
#include "look.h"

#include <string.h>

#include "base/utf8.h"
#include "below.h"
#include "cell.h"

static bool has_number(const struct table_line *line)
{
    for (unsigned i = 0; i < line->width; i++)
        if (cell_is_number(&line->cells[i]) && !cell_is_year(&line->cells[i]))
            return true;
    return false;
}

static bool repeats(const struct table_line *line)
{
    unsigned width = below_columns(line);
    for (unsigned i = 0; i < width; i++)
        for (unsigned j = 0; j < i; j++)
            if (below_same_text(&line->cells[i], &line->cells[j]))
                return true;
    return false;
}

/* Does a cell of the line come again below, in its own column? */
static bool recurs(const struct table_view *view, unsigned at)
{
    const struct table_line *line = &view->all[at];
    for (unsigned i = at + 1; i < view->count && i < at + TABLE_LOOK; i++)
        for (unsigned j = 0; j < below_columns(line) && j < view->all[i].width;
             j++)
            if (below_same_text(&line->cells[j], &view->all[i].cells[j]))
                return true;
    return false;
}

static bool is_alike(const struct table_line *line)
{
    for (unsigned i = 1; i < line->width; i++)
        if (!below_same_text(&line->cells[0], &line->cells[i]))
            return false;
    return line->width > 1;
}

/* A cell that only a record has, or NULL: a mail address, or what is like the
 * cells below it. */
static const struct value *find_record(const struct table_view *view,
                                       unsigned at)
{
    const struct table_line *line = &view->all[at];
    for (unsigned i = 0; i < below_columns(line); i++)
        if (line->cells[i].len > 0 &&
            (memchr(line->cells[i].text, '@', line->cells[i].len) != NULL ||
             below_is_like(view, at, i)))
            return &line->cells[i];
    return NULL;
}

/* Nothing in the line speaks against its being a header. */
static bool may_name(const struct table_view *view, unsigned at)
{
    const struct table_line *line = &view->all[at];
    return !has_number(line) && !is_alike(line) &&
           !(repeats(line) && recurs(view, at)) &&
           find_record(view, at) == NULL;
}

/* The largest number of cells that one of the first lines of this width fills.
 */
static unsigned max_filled(const struct table_view *view, unsigned width)
{
    unsigned max = 0;
    for (unsigned i = 0; i < view->count && i < TABLE_LOOK; i++)
        if (view->all[i].width == width && view->all[i].filled > max)
            max = view->all[i].filled;
    return max;
}

/* The line in question, or -1. */
static int find_line(const struct table_view *view, unsigned width)
{
    unsigned max = max_filled(view, width);
    int narrow = -1;
    for (unsigned i = 0; i < view->count && i < TABLE_LOOK; i++) {
        const struct table_line *line = &view->all[i];
        if (line->kind != TABLE_ROW || 2 * line->filled <= max ||
            cells_are_form(line->cells, line->used))
            continue;
        if (line->width == width || (line->width > width && may_name(view, i)))
            return (int)i;
        if (narrow < 0 && line->used > 1 && line->used + 1 == width &&
            may_name(view, i))
            narrow = (int)i;
    }
    return narrow;
}

static void show(struct buf *out, uint64_t line, const struct value *cell,
                 const char *what)
{
    enum { SHOWN = 40 };
    buf_addf(out, "\"%.*s\" on line %llu %s",
             (int)utf8_cut(cell->text, cell->len, SHOWN), cell->text,
             (unsigned long long)line, what);
}

/* A year, or a number that the cells below do not have, in a line of texts.
 * Where they have another of its numbers, it is a row for sure. */
static void doubt_numbers(const struct table_view *view, unsigned at,
                          struct buf *out)
{
    const struct table_line *line = &view->all[at];
    const struct value *odd = NULL;
    unsigned numbers = 0;
    for (unsigned i = 0; i < line->width; i++) {
        const struct value *cell = &line->cells[i];
        if (!cell_is_number(cell))
            continue;
        numbers++;
        if (!cell_is_year(cell) && below_are_numbers(view, at, i))
            return;
        odd = odd ? odd : cell;
    }
    if (odd != NULL && line->filled > numbers)
        show(out, line->line, odd,
             cell_is_year(odd) ? "may be a year" : "is a number");
}

/* A code above codes, or nothing by which the line differs from those below. */
static void doubt_names(const struct table_view *view, unsigned at,
                        struct buf *out)
{
    const struct table_line *line = &view->all[at];
    bool differs = false, any = false;
    for (unsigned i = 0; i < below_columns(line); i++) {
        const struct value *cell = &line->cells[i];
        const struct below below = below_of(view, at, i);
        if (cell->len == 0 || below.cells == 0)
            continue;
        bool numbered = below_is_numbered(line, i);
        if (below_is_code(cell) && 2 * below.codes > below.cells && !numbered) {
            show(out, line->line, cell, "may be a value, as those below it");
            return;
        }
        any = true;
        differs |= numbered ||
                   (2 * below.digits >= below.cells && below.digits > 0 &&
                    !below_has_digit(cell)) ||
                   2 * below.mails > below.cells || below.again > 0 ||
                   (below_is_lower(cell) && below.lower == 0);
    }
    if (any && !differs)
        buf_addf(out, "line %llu differs in nothing from those below it",
                 (unsigned long long)line->line);
}

static void doubt(const struct table_view *view, unsigned at, struct buf *out)
{
    const struct table_line *line = &view->all[at];
    if (is_alike(line))
        buf_addf(out, "the cells of line %llu are all alike",
                 (unsigned long long)line->line);
    else
        doubt_numbers(view, at, out);
    if (out->len == 0 && may_name(view, at))
        doubt_names(view, at, out);
}

/* The next line after a header may be one as well: it is as full, and has words
 * where all lines below have numbers. */
static bool is_second(const struct table_view *view, unsigned at)
{
    const struct table_line *line = &view->all[at];
    if (line->kind != TABLE_ROW || line->filled < line[-1].filled ||
        !may_name(view, at))
        return false;
    for (unsigned i = 0; i < line->width; i++)
        if (line->cells[i].len > 0 && !below_has_digit(&line->cells[i]) &&
            below_are_numbers(view, at, i))
            return true;
    return false;
}

/* A line before the header, or the one after it, that may be it as well. */
static uint64_t find_other(const struct table_view *view, unsigned at)
{
    unsigned width = view->all[at].width;
    for (unsigned i = 0; i < at; i++) {
        const struct table_line *line = &view->all[i];
        if (line->kind == TABLE_ROW && line->used > 1 &&
            line->used + 1 >= width && may_name(view, i))
            return line->line;
    }
    if (at + 1 < view->count && view->all[at + 1].width == width &&
        is_second(view, at + 1))
        return view->all[at + 1].line;
    return 0;
}

static void settle(const struct table_view *view, int at, struct look *look)
{
    look->at = -1;
    if (at < 0)
        return;
    doubt(view, (unsigned)at, &look->doubt);
    if (!may_name(view, (unsigned)at))
        return;
    look->at = at;
    look->other = find_other(view, (unsigned)at);
}

void look_for_header(const struct table_view *view, unsigned width,
                     struct look *look)
{
    settle(view, find_line(view, width), look);
}

/* The number of cells that at least two of the lines fill: one line may be a
 * note beside the table. */
static unsigned usual_filled(const struct table_view *view)
{
    unsigned max = 0, second = 0;
    for (unsigned i = 0; i < view->count && i < TABLE_LOOK; i++) {
        unsigned filled = view->all[i].filled;
        if (filled > max) {
            second = max;
            max = filled;
        } else if (filled > second) {
            second = filled;
        }
    }
    return second > 0 ? second : max;
}

/* Lines of a sheet end with their last cell, and what stands above the table
 * may be as wide as half of it: the header is nearly full. What is as full and
 * no header is a row, and no header stands below it. */
static int find_in_sheet(const struct table_view *view)
{
    unsigned usual = usual_filled(view);
    int half = -1, first = -1;
    for (unsigned i = 0; i < view->count && i < TABLE_LOOK; i++) {
        const struct table_line *line = &view->all[i];
        if (line->kind != TABLE_ROW || 2 * line->filled <= usual ||
            cells_are_form(line->cells, line->used))
            continue;
        bool full = 4 * line->filled >= 3 * usual, names = may_name(view, i);
        first = first < 0 ? (int)i : first;
        half = half < 0 && names ? (int)i : half;
        if (full && (names || half < 0))
            return (int)i;
        if (full)
            break;
    }
    return half >= 0 ? half : first;
}

void look_in_sheet(const struct table_view *view, struct look *look)
{
    settle(view, find_in_sheet(view), look);
}
