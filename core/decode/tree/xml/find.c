/* find.c: rows by path, or by what a document is built like.
 *
 * From the root down, elements that hold one kind of element alone are wrapped
 * around what comes then, the core. Where that repeats, or is called as a list
 * of it is ("customers/customer"), it is the rows, be it one or thousands. If
 * it stands alone, and has fields, it may be a record with lists in it, or a
 * head with the records behind it: nobody can say, but where there are many of
 * one kind, or where they are called rows. In all cases they make up most of
 * the document. So another number of records never makes another choice, but
 * that of asking. */
#include "find.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"

/* Rows are 6 of 10 parts of what the document is made of, and there are 20. */
enum { MOST = 6, OF = 10, MANY = 20, SHOWN = 4 };

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
    return !it->attribute && has_parts(it) &&
           it->count > outline->nodes[it->parent].count;
}

static const char *own_name(const struct outline_node *node)
{
    const char *colon = strchr(node->name, ':');
    return colon != NULL ? colon + 1 : node->name;
}

static bool is_one_of(const char *text, size_t len, const char *const *words)
{
    while (*words != NULL &&
           (strlen(*words) != len || strncasecmp(text, *words, len) != 0))
        words++;
    return *words != NULL;
}

/* Is the one what a list of the other is called? */
static bool is_plural(const struct outline_node *list,
                      const struct outline_node *one)
{
    static const char *const fronts[] = {
        "ArrayOf", "ListOf", "DanhSach", "DanhSach_", "DS", "DS_", NULL};
    static const char *const ends[] = {"s",          "es",    "List",  "_list",
                                       "Collection", "-list", "Array", NULL};
    const char *many = own_name(list), *name = own_name(one);
    size_t len = strlen(name), size = strlen(many);
    bool y = len > 1 && ascii_lower(name[len - 1]) == 'y';
    if (y && size == len + 2 && strncasecmp(many, name, len - 1) == 0)
        return strcasecmp(many + len - 1, "ies") == 0;
    if (len == 0 || size <= len)
        return false;
    return (strncasecmp(many, name, len) == 0 &&
            is_one_of(many + len, size - len, ends)) ||
           (strcasecmp(many + size - len, name) == 0 &&
            is_one_of(many, size - len, fronts));
}

static bool is_listed(const struct outline *outline, int node)
{
    const struct outline_node *it = &outline->nodes[node];
    return has_parts(it) && it->parent > 0 &&
           is_plural(&outline->nodes[it->parent], it);
}

/* Are the rows of anything called so? */
static bool is_called_row(const struct outline_node *node)
{
    const char *name = own_name(node);
    return !node->attribute && has_parts(node) &&
           (strcasecmp(name, "row") == 0 || strcasecmp(name, "record") == 0);
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

/* The one kind of element that it holds, or OUTLINE_NONE. What it says itself
 * makes it a record, but for the root. */
static int wrapped_in(const struct outline *outline, int node)
{
    const struct outline_node *it = &outline->nodes[node];
    bool own = it->text, root = it->parent == 0;
    int only = OUTLINE_NONE, kinds = 0;
    for (int i = it->first; i >= 0; i = outline->nodes[i].next) {
        if (outline->nodes[i].attribute)
            own = own || !root;
        else if (kinds++ == 0)
            only = i;
    }
    return !own && kinds == 1 && has_parts(&outline->nodes[only])
               ? only
               : OUTLINE_NONE;
}

static int find_core(const struct outline *outline)
{
    int node = outline->nodes[0].first, next;
    while (!repeats(outline, node) && (next = wrapped_in(outline, node)) >= 0)
        node = next;
    return node;
}

/* Nothing in it has parts. */
static bool is_flat(const struct outline *outline, int node)
{
    for (int i = outline->nodes[node].first; i >= 0; i = outline->nodes[i].next)
        if (has_parts(&outline->nodes[i]))
            return false;
    return true;
}

/* Texts of its own are what a record has, or a head. The root's attributes
 * speak of the export. */
static bool has_fields(const struct outline *outline, int node)
{
    const struct outline_node *it = &outline->nodes[node];
    bool own = it->text, root = it->parent == 0;
    for (int i = it->first; i >= 0; i = outline->nodes[i].next)
        own = own ||
              (outline->nodes[i].attribute ? !root
                                           : !has_parts(&outline->nodes[i]));
    return own;
}

/* The outermost kind that may be a list's and makes up most of the document;
 * *any: there is one that may be, of whatever weight. */
static int find_list(const struct outline *outline, int core, bool *any)
{
    uint64_t *weights = weigh(outline);
    char *within = mem_zero((size_t)outline->count, 1);
    bool fields = has_fields(outline, core);
    int found = OUTLINE_NONE;
    *any = false;
    for (int i = core + 1; i < outline->count; i++) {
        const struct outline_node *node = &outline->nodes[i];
        bool called =
            is_called_row(node) ||
            ((!fields || node->parent == core) && is_listed(outline, i));
        bool list = called || repeats(outline, i);
        bool outer = list && !within[node->parent];
        within[i] = list || within[node->parent];
        *any = *any || list;
        if (outer && (called || !fields || node->count >= MANY) &&
            weights[i] * OF >= (weights[0] - around(outline, i)) * MOST)
            found = i;
    }
    free(within);
    free(weights);
    return found;
}

static int guess(const struct outline *outline)
{
    int core = find_core(outline);
    bool any;
    if (repeats(outline, core) || is_listed(outline, core) ||
        is_flat(outline, core))
        return core;
    int list = find_list(outline, core, &any);
    bool alone = !any && outline->nodes[core].parent > 0;
    return list < 0 && alone ? core : list;
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
    bool other = at != NULL && strchr(at, '/') == NULL && strchr(at, '.');
    if (at != NULL)
        err_set(err, EXIT_INPUT,
                "at: no element stands at \"%.80s\"%s; there are: %s", at,
                other ? " (in XML, '/' stands between names, not '.')" : "",
                text);
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
    int found = guess(outline);
    if (found < 0)
        return refuse(outline, at, err);
    outline->nodes[found].row = true;
    outline_path(outline, found, path);
    return true;
}
