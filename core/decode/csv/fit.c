/* fit.c: how well a delimiter fits a head: how many of its rows agree on a
 * width. Lines of one cell above and below the table (a title, a footer) are
 * no part of it, however short it is. */
#include "csv.h"

/* One-cell lines around a table; more of them are a table of their own. */
enum { ABOVE_MAX = 20, BELOW_MAX = 12 };

/* The width that most of these agree on, two or more where that is as good;
 * 0 stands for damage. */
static struct csv_fit usual(const unsigned *widths, unsigned count)
{
    struct csv_fit fit = {.rows = count};
    for (unsigned i = 0; i < count; i++) {
        unsigned agree = 0;
        for (unsigned j = 0; j < count; j++)
            agree += widths[j] == widths[i];
        bool first = agree == fit.agree && fit.width < 2 && widths[i] > 1;
        if (widths[i] > 0 && (agree > fit.agree || first)) {
            fit.agree = agree;
            fit.width = widths[i];
        }
    }
    return fit;
}

/* What lies between lines of one cell, where that is a table. */
static struct csv_fit table(const unsigned *widths, unsigned count)
{
    unsigned above = 0, end = count;
    while (above < count && widths[above] == 1)
        above++;
    while (end > above && widths[end - 1] == 1)
        end--;
    if (above > ABOVE_MAX || count - end > BELOW_MAX)
        return (struct csv_fit){.rows = 0};
    return usual(widths + above, end - above);
}

struct csv_fit csv_measure(const struct table_view *survey)
{
    unsigned widths[TABLE_LOOK] = {0}, count = 0;
    for (unsigned i = 0; i < survey->count && count < TABLE_LOOK; i++) {
        const struct table_line *line = &survey->all[i];
        if (line->kind == TABLE_ROW || line->kind == TABLE_DAMAGE)
            widths[count++] = line->width;
    }
    struct csv_fit all = usual(widths, count);
    struct csv_fit inner = table(widths, count);
    if (all.width < 2 && inner.width > 1 && inner.agree > 1)
        all = inner;
    all.rows = count;
    return all;
}
