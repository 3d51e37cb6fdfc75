/* columns.c: the first input is what the others are held against. */
#include "columns.h"

#include <string.h>

#include "base/log.h"

/* Names that are looked for one by one; there may be any number. */
enum { COMPARED_MAX = 2000 };

static bool same_at(const struct columns *a, const struct columns *b,
                    unsigned at)
{
    return at < a->count && at < b->count && a->all[at].len == b->all[at].len &&
           memcmp(a->all[at].name, b->all[at].name, a->all[at].len) == 0;
}

/* Appends the columns of `of` that the other one lacks; their number. */
static unsigned add_lacking(const struct columns *of,
                            const struct columns *other, struct buf *out)
{
    enum { SHOWN = 5 };
    unsigned count = 0;
    for (unsigned i = 0; i < of->count && i < COMPARED_MAX; i++) {
        const struct column *column = &of->all[i];
        if (same_at(of, other, i) ||
            columns_find(other, column->name, column->len) >= 0)
            continue;
        if (count++ < SHOWN)
            buf_addf(out, "%s\"%.*s\"", count > 1 ? ", " : "", (int)column->len,
                     column->name);
    }
    if (count > SHOWN)
        buf_addf(out, " and %u more", count - SHOWN);
    return count;
}

static void compare(const struct input *first, const struct input *input)
{
    struct buf missing = {0}, more = {0};
    unsigned lacks = add_lacking(&first->columns, &input->columns, &missing);
    unsigned has = add_lacking(&input->columns, &first->columns, &more);
    if (lacks + has > 0)
        log_note("%s: other columns than in %s: %s%s%s%s%s", input->path,
                 first->path, lacks > 0 ? "without " : "", buf_text(&missing),
                 lacks > 0 && has > 0 ? ", and " : "", has > 0 ? "with " : "",
                 buf_text(&more));
    buf_release(&missing);
    buf_release(&more);
}

/* What is found by its place must stand there everywhere. */
static void compare_places(const struct input *first, const struct input *input,
                           unsigned position)
{
    for (unsigned i = 0; i < position && i < first->columns.count; i++) {
        if (i >= input->columns.count ||
            same_at(&first->columns, &input->columns, i))
            continue;
        log_warn("%s: column %u is \"%s\", and in %s it is \"%s\"; the mapping "
                 "finds columns by their place",
                 input->path, i + 1, input->columns.all[i].name, first->path,
                 first->columns.all[i].name);
        return;
    }
}

/* One that has no names, or is a corrected rejects file, has none to compare.
 */
static bool has_names(const struct input *input)
{
    return input->named && !input->rejects_file && input->columns.count > 0;
}

void columns_compare(const struct input *const *inputs, unsigned count,
                     unsigned position)
{
    const struct input *first = NULL;
    for (unsigned i = 0; i < count; i++) {
        if (!has_names(inputs[i]))
            continue;
        if (first == NULL) {
            first = inputs[i];
            continue;
        }
        compare(first, inputs[i]);
        compare_places(first, inputs[i], position);
    }
}
