/* find.c: rows by path, or by weight.
 *
 * An element weighs as much as it holds: itself, its attributes, and all in
 * it. Rows are the outermost elements that repeat, are made of parts, and weigh
 * most of what the document does. Where nothing repeats, the one record that it
 * holds is the row. */
#include "find.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 6, OF = 10, SHOWN = 4 };

static bool is_step(const struct outline *outline, const char *step, size_t len,
                    const struct outline_node *node)
{
    if (len == 1 && *step == '*')
        return true;
    step = outline_name(outline, step, &len);
    return len == node->len && memcmp(step, node->name, len) == 0;
}

/* From its last step back to its first. */
static bool is_at(const struct outline *outline, int node, const char *at)
{
    bool anywhere = strncmp(at, "//", 2) == 0;
    const char *first = at + strspn(at, "/"), *end = first + strlen(first);
    while (end > first && node > 0) {
        const char *step = end;
        while (step > first && step[-1] != '/')
            step--;
        if (!is_step(outline, step, (size_t)(end - step),
                     &outline->nodes[node]))
            return false;
        node = outline->nodes[node].parent;
        end = step > first ? step - 1 : first;
    }
    return end == first && (anywhere || node == 0);
}

/* A row within a row is a part of it. */
static unsigned mark_rows(struct outline *outline, const char *at)
{
    unsigned rows = 0;
    char *within = mem_zero((size_t)outline->count, 1);
    for (int i = 1; i < outline->count; i++) {
        struct outline_node *node = &outline->nodes[i];
        within[i] = within[node->parent];
        if (within[i] || node->attribute || !is_at(outline, i, at))
            continue;
        node->row = true;
        within[i] = true;
        rows++;
    }
    free(within);
    return rows;
}

/* It is more than its text. */
static bool has_parts(const struct outline_node *node)
{
    return node->first >= 0;
}

static bool repeats(const struct outline *outline, int node)
{
    const struct outline_node *it = &outline->nodes[node];
    return !it->attribute && it->count > outline->nodes[it->parent].count;
}

/* Of texts alone, where they are all that their element holds. */
static bool is_list(const struct outline *outline, int node)
{
    const struct outline_node *it = &outline->nodes[node];
    const struct outline_node *parent = &outline->nodes[it->parent];
    return repeats(outline, node) && parent->first == node && it->next < 0;
}

static uint64_t *weigh(const struct outline *outline)
{
    uint64_t *weights = mem_alloc((size_t)outline->count * sizeof *weights);
    for (int i = 0; i < outline->count; i++)
        weights[i] = outline->nodes[i].count;
    for (int i = outline->count - 1; i > 0; i--)
        weights[outline->nodes[i].parent] += weights[i];
    return weights;
}

/* What stands around an element weighs nothing against it. */
static uint64_t around(const struct outline *outline, int node)
{
    uint64_t count = 0;
    while (node > 0) {
        node = outline->nodes[node].parent;
        count += outline->nodes[node].count;
    }
    return count;
}

/* The outermost comes before what stands in it. */
static int find_heavy(const struct outline *outline)
{
    uint64_t *weights = weigh(outline);
    int found = OUTLINE_NONE;
    for (int i = 1; found < 0 && i < outline->count; i++) {
        bool fits = has_parts(&outline->nodes[i]) ? repeats(outline, i)
                                                  : is_list(outline, i);
        uint64_t all = fits ? weights[0] - around(outline, i) : 0;
        if (fits && weights[i] * OF >= all * MOST)
            found = i;
    }
    free(weights);
    return found;
}

/* The element that holds more than one other, from the root down. */
static int find_record(const struct outline *outline)
{
    int node = outline->nodes[0].first;
    for (;;) {
        int child = outline->nodes[node].first;
        if (child < 0 || outline->nodes[child].next >= 0 ||
            outline->nodes[child].attribute ||
            !has_parts(&outline->nodes[child]))
            return node;
        node = child;
    }
}

static bool any_repeats(const struct outline *outline)
{
    bool any = false;
    for (int i = 1; !any && i < outline->count; i++)
        any = has_parts(&outline->nodes[i]) && repeats(outline, i);
    return any;
}

/* Appends the elements that might be meant, the most frequent first. */
static void put_others(const struct outline *outline, struct buf *out)
{
    char *told = mem_zero((size_t)outline->count, 1);
    for (unsigned shown = 0; shown < SHOWN; shown++) {
        int best = OUTLINE_NONE;
        for (int i = 1; i < outline->count; i++)
            if (!told[i] && !outline->nodes[i].attribute &&
                has_parts(&outline->nodes[i]) &&
                (best < 0 ||
                 outline->nodes[i].count > outline->nodes[best].count))
                best = i;
        if (best < 0)
            break;
        told[best] = 1;
        buf_puts(out, shown > 0 ? ", " : "");
        outline_path(outline, best, out);
        buf_addf(out, " (%llu)",
                 (unsigned long long)outline->nodes[best].count);
    }
    free(told);
}

static bool refuse(const struct outline *outline, const char *at,
                   struct err *err)
{
    struct buf others = {0};
    put_others(outline, &others);
    const char *text = others.len > 0 ? buf_text(&others) : "none with parts";
    if (at != NULL)
        err_set(err, EXIT_INPUT,
                "at: no element stands at \"%.80s\"; there are: %s", at, text);
    else
        err_set(err, EXIT_INPUT,
                "several kinds of elements may be its rows; say which, such as "
                "at = \"customers/customer\"; there are: %s",
                text);
    buf_release(&others);
    return false;
}

bool find_rows(struct outline *outline, const char *at, struct buf *path,
               struct err *err)
{
    if (at != NULL) {
        buf_puts(path, at);
        return mark_rows(outline, at) > 0 || refuse(outline, at, err);
    }
    int found = find_heavy(outline);
    if (found < 0 && !any_repeats(outline))
        found = find_record(outline);
    if (found < 0)
        return refuse(outline, at, err);
    outline->nodes[found].row = true;
    outline_path(outline, found, path);
    return true;
}
