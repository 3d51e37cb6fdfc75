/* layout.c: the table of columns: { {"Code", 10}, {"Name", 11, 50} }, each
 * with its width, or with the first and the last place of it, from 1; as a text
 * (the command line has no other): Code:10,Name:11-50. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "fixed.h"

enum { MOST = 4096, WIDEST = 1 << 20, DIGITS = 7 };

/* A column while it is read: places from 0, and after its end. */
struct part {
    const char *name;
    size_t name_len;
    size_t from, to;
};

struct parts {
    struct part *all;
    unsigned count;
    size_t end; /* of the last one: where a width begins */
};

static bool read_number(const char *text, size_t len, size_t *number)
{
    *number = 0;
    for (size_t i = 0; i < len; i++) {
        if (!ascii_digit(text[i]) || i == DIGITS)
            return false;
        *number = *number * 10 + (size_t)(text[i] - '0');
    }
    return len > 0 && *number > 0 && *number <= WIDEST;
}

/* `from` 0: `to` is a width. */
static bool add_part(struct parts *parts, const char *name, size_t name_len,
                     size_t from, size_t to, struct err *err)
{
    struct part part = {name, name_len, from - 1, to};
    if (from == 0) {
        part.from = parts->end;
        part.to = parts->end + to;
    }
    if (part.to <= part.from || part.to > WIDEST)
        return err_set(err, EXIT_USAGE,
                       "column %u must end after it begins, and within 1048576",
                       parts->count + 1);
    if (parts->count == MOST)
        return err_set(err, EXIT_USAGE, "more than 4096 columns");
    parts->all = mem_resize(parts->all, (parts->count + 1) * sizeof part);
    parts->all[parts->count++] = part;
    parts->end = part.to;
    return true;
}

static bool refuse(const struct parts *parts, struct err *err)
{
    return err_set(err, EXIT_USAGE,
                   "column %u is none: {\"Code\", 10} with its width, or "
                   "{\"Code\", 1, 10} with its first and last place (as a text "
                   "Code:10 or Code:1-10)",
                   parts->count + 1);
}

/* NAME:WIDTH or NAME:FROM-TO. */
static bool read_word(struct parts *parts, const char *text, size_t len,
                      struct err *err)
{
    size_t colon = len, from = 0, to;
    while (colon > 0 && text[colon - 1] != ':')
        colon--;
    const char *number = text + colon;
    size_t digits = len - colon;
    const char *dash = memchr(number, '-', digits);
    if (colon == 0)
        return refuse(parts, err);
    if (dash != NULL) {
        if (!read_number(number, (size_t)(dash - number), &from))
            return refuse(parts, err);
        digits -= (size_t)(dash + 1 - number);
        number = dash + 1;
    }
    return read_number(number, digits, &to)
               ? add_part(parts, text, colon - 1, from, to, err)
               : refuse(parts, err);
}

static bool read_text(struct parts *parts, const struct option_value *value,
                      struct err *err)
{
    const char *at = value->text, *end = at + value->len;
    for (;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma ? comma : end;
        while (at < stop && *at == ' ')
            at++;
        if (!read_word(parts, at, (size_t)(stop - at), err))
            return false;
        if (comma == NULL)
            return true;
        at = comma + 1;
    }
}

static bool read_item(struct parts *parts, const struct option_value *item,
                      struct err *err)
{
    const struct option_value *items = item->items;
    size_t from = 0, to;
    if (item->type == OPTION_TEXT)
        return read_text(parts, item, err);
    if (item->type != OPTION_LIST || item->count < 2 || item->count > 3 ||
        items[0].text == NULL || items[1].text == NULL ||
        items[item->count - 1].text == NULL)
        return refuse(parts, err);
    if (item->count == 3 && !read_number(items[1].text, items[1].len, &from))
        return refuse(parts, err);
    const struct option_value *last = &items[item->count - 1];
    return read_number(last->text, last->len, &to)
               ? add_part(parts, items[0].text, items[0].len, from, to, err)
               : refuse(parts, err);
}

static int compare_edges(const void *a, const void *b)
{
    size_t one = *(const size_t *)a, other = *(const size_t *)b;
    return (one > other) - (one < other);
}

static unsigned find_edge(const struct fixed_layout *layout, size_t edge)
{
    unsigned i = 0;
    while (layout->edges[i] != edge)
        i++;
    return i;
}

static void lay_out(struct fixed_layout *layout, const struct parts *parts)
{
    unsigned count = 0, kept = 0;
    layout->count = parts->count;
    layout->columns = mem_alloc(parts->count * sizeof *layout->columns);
    layout->edges = mem_alloc(2 * parts->count * sizeof *layout->edges);
    for (unsigned i = 0; i < parts->count; i++) {
        layout->edges[count++] = parts->all[i].from;
        layout->edges[count++] = parts->all[i].to;
    }
    qsort(layout->edges, count, sizeof *layout->edges, compare_edges);
    for (unsigned i = 0; i < count; i++)
        if (i == 0 || layout->edges[i] != layout->edges[kept - 1])
            layout->edges[kept++] = layout->edges[i];
    layout->edge_count = kept;
    for (unsigned i = 0; i < parts->count; i++)
        layout->columns[i] = (struct fixed_column){
            .from = find_edge(layout, parts->all[i].from),
            .to = find_edge(layout, parts->all[i].to),
            .name = parts->all[i].name,
            .name_len = parts->all[i].name_len};
}

bool fixed_layout_read(struct fixed_layout *layout,
                       const struct option_value *columns, struct err *err)
{
    struct parts parts = {0};
    bool good = true;
    *layout = (struct fixed_layout){0};
    for (unsigned i = 0; good && i < columns->count; i++)
        good = read_item(&parts, &columns->items[i], err);
    if (good && parts.count == 0)
        good = err_set(err, EXIT_USAGE, "there is no column in it");
    if (good)
        lay_out(layout, &parts);
    free(parts.all);
    return good;
}

void fixed_layout_release(struct fixed_layout *layout)
{
    free(layout->columns);
    free(layout->edges);
    *layout = (struct fixed_layout){0};
}

bool fixed_set_columns(void *whole, const struct option_value *value,
                       struct err *err)
{
    struct fixed_layout layout;
    bool good = fixed_layout_read(&layout, value, err);
    fixed_layout_release(&layout);
    return good && option_whole(whole, value, err);
}
