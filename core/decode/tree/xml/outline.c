/* outline.c: elements of one kind come in one order: the child that is looked
 * for is nearly always the one after the last, or that one again. All others
 * are found by a hash of parent and name. */
#include "outline.h"

#include <stdlib.h>
#include <string.h>

void outline_init(struct outline *outline, bool prefixes)
{
    *outline = (struct outline){.prefixes = prefixes, .cap = 64, .size = 256};
    outline->nodes = mem_alloc((size_t)outline->cap * sizeof *outline->nodes);
    outline->slots = mem_zero(outline->size, sizeof *outline->slots);
    outline->nodes[outline->count++] =
        (struct outline_node){.name = "",
                              .count = 1,
                              .parent = OUTLINE_NONE,
                              .first = OUTLINE_NONE,
                              .last = OUTLINE_NONE,
                              .next = OUTLINE_NONE,
                              .hint = OUTLINE_NONE,
                              .column = OUTLINE_NONE};
}

void outline_release(struct outline *outline)
{
    free(outline->nodes);
    if (!outline->shared) {
        free(outline->slots);
        arena_release(&outline->arena);
    }
    *outline = (struct outline){0};
}

void outline_share(struct outline *outline, const struct outline *from)
{
    size_t size = (size_t)from->count * sizeof *from->nodes;
    *outline = *from;
    outline->shared = true;
    outline->nodes = memcpy(mem_alloc(size), from->nodes, size);
}

const char *outline_name(const struct outline *outline, const char *name,
                         size_t *len)
{
    const char *colon = outline->prefixes ? NULL : memchr(name, ':', *len);
    size_t front = colon != NULL ? (size_t)(colon - name) + 1 : *len;
    if (front == *len)
        return name;
    *len -= front;
    return colon + 1;
}

static bool is_text(const char *text, size_t len, const char *wanted)
{
    return len == strlen(wanted) && memcmp(text, wanted, len) == 0;
}

/* A declaration: of the usual namespace, or of a prefix. */
static bool binds(const char *attribute, size_t len)
{
    return len >= 5 && memcmp(attribute, "xmlns", 5) == 0 &&
           (len == 5 || attribute[5] == ':');
}

static bool is_bound(const struct outline *outline, const char *prefix,
                     size_t len)
{
    for (int i = 0; i < outline->schema_count; i++)
        if (outline->schemas[i].len == len &&
            memcmp(outline->schemas[i].text, prefix, len) == 0)
            return true;
    return false;
}

static bool is_schema(const struct outline *outline, const char *prefix,
                      size_t len)
{
    return is_bound(outline, prefix, len) ||
           (!outline->xsi_taken && is_text(prefix, len, "xsi"));
}

/* There were others before that of 2001. */
static bool is_schema_uri(const char *uri, size_t len)
{
    static const char begin[] = "http://www.w3.org/",
                      end[] = "/XMLSchema-instance";
    size_t front = sizeof begin - 1, back = sizeof end - 1;
    return len > front + back && memcmp(uri, begin, front) == 0 &&
           memcmp(uri + len - back, end, back) == 0;
}

void outline_bind(struct outline *outline, const char *attribute, size_t len,
                  const char *value, size_t value_len)
{
    if (len < 7 || !binds(attribute, len))
        return;
    const char *prefix = attribute + 6;
    size_t size = len - 6;
    if (!is_schema_uri(value, value_len)) {
        outline->xsi_taken = outline->xsi_taken || is_text(prefix, size, "xsi");
        return;
    }
    if (is_bound(outline, prefix, size) || size > OUTLINE_NAME ||
        outline->schema_count == OUTLINE_SCHEMAS)
        return;
    char *kept = memcpy(arena_alloc(&outline->arena, size), prefix, size);
    outline->schemas[outline->schema_count++] = value_text(kept, size);
}

enum outline_whose outline_whose(const struct outline *outline,
                                 const char *attribute, size_t len)
{
    static const char *const names[] = {"nil", "type", "schemaLocation",
                                        "noNamespaceSchemaLocation"};
    if (binds(attribute, len))
        return OUTLINE_SKIPPED;
    const char *colon = memchr(attribute, ':', len);
    size_t front = colon != NULL ? (size_t)(colon - attribute) : len;
    if (colon == NULL || !is_schema(outline, attribute, front))
        return OUTLINE_OWN;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_text(colon + 1, len - front - 1, names[i]))
            return i == 0 ? OUTLINE_NIL : OUTLINE_SKIPPED;
    return OUTLINE_OWN;
}

static inline bool is_it(const struct outline_node *node, char mark,
                         const char *name, size_t len)
{
    const char *own = node->name;
    if (node->len != len + (mark != '\0') || (mark != '\0' && *own++ != mark))
        return false;
    return memcmp(own, name, len) == 0;
}

static unsigned hash_of(int parent, char mark, const char *name, size_t len)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (unsigned)parent;
    if (mark != '\0')
        hash = (hash ^ (unsigned char)mark) * UINT64_C(0x100000001b3);
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)name[i]) * UINT64_C(0x100000001b3);
    return (unsigned)(hash ^ hash >> 32);
}

/* Where the child stands, or the free slot that it would have. */
static int *slot_of(const struct outline *outline, int parent, char mark,
                    const char *name, size_t len)
{
    unsigned at = hash_of(parent, mark, name, len) & (outline->size - 1);
    for (;; at = (at + 1) & (outline->size - 1)) {
        int found = outline->slots[at] - 1;
        if (found < 0 || (outline->nodes[found].parent == parent &&
                          is_it(&outline->nodes[found], mark, name, len)))
            return &outline->slots[at];
    }
}

int outline_find(struct outline *outline, int node, char mark, const char *name,
                 size_t len)
{
    struct outline_node *parent = &outline->nodes[node];
    int hint = parent->hint;
    int next = hint >= 0 ? outline->nodes[hint].next : OUTLINE_NONE;
    next = next >= 0 ? next : parent->first;
    if (next >= 0 && is_it(&outline->nodes[next], mark, name, len))
        return parent->hint = next;
    if (hint >= 0 && is_it(&outline->nodes[hint], mark, name, len))
        return hint;
    int found = *slot_of(outline, node, mark, name, len) - 1;
    if (found >= 0)
        parent->hint = found;
    return found;
}

static void grow(struct outline *outline)
{
    outline->cap *= 2;
    outline->nodes = mem_resize(outline->nodes,
                                (size_t)outline->cap * sizeof *outline->nodes);
    outline->size = 4 * (unsigned)outline->cap;
    free(outline->slots);
    outline->slots = mem_zero(outline->size, sizeof *outline->slots);
    for (int i = 1; i < outline->count; i++)
        *slot_of(outline, outline->nodes[i].parent, '\0',
                 outline->nodes[i].name, outline->nodes[i].len) = i + 1;
}

/* The mark becomes the name's first byte, which no element's name has. */
static const char *keep_name(struct outline *outline, char mark,
                             const char *name, size_t len)
{
    char *kept = arena_alloc(&outline->arena, len + 2);
    size_t begin = mark != '\0';
    kept[0] = mark;
    memcpy(kept + begin, name, len);
    kept[begin + len] = '\0';
    return kept;
}

int outline_add(struct outline *outline, int node, char mark, const char *name,
                size_t len)
{
    int found = outline_find(outline, node, mark, name, len);
    if (found >= 0 || outline->count == OUTLINE_NODES || len > OUTLINE_NAME)
        return found;
    if (outline->count == outline->cap)
        grow(outline);
    int added = outline->count++;
    struct outline_node *parent = &outline->nodes[node];
    outline->nodes[added] = (struct outline_node){
        .name = keep_name(outline, mark, name, len),
        .len = (uint32_t)(len + (mark != '\0')),
        .parent = node,
        .first = OUTLINE_NONE,
        .last = OUTLINE_NONE,
        .next = OUTLINE_NONE,
        .hint = OUTLINE_NONE,
        .column = OUTLINE_NONE,
        .attribute = mark != '\0',
        .expected = mark == '\0' && memchr(name, ':', len) == NULL};
    if (parent->last >= 0)
        outline->nodes[parent->last].next = added;
    else
        parent->first = added;
    parent->last = parent->hint = added;
    *slot_of(outline, node, mark, name, len) = added + 1;
    return added;
}

static const char *keep_prefix(struct outline *outline, const char *name,
                               size_t len)
{
    char *kept = arena_alloc(&outline->arena, len + 1);
    memcpy(kept, name, len);
    kept[len] = '\0';
    return kept;
}

void outline_meet(struct outline *outline, int node, const char *whole,
                  size_t len)
{
    struct outline_node *it = &outline->nodes[node];
    size_t own = it->len - it->attribute;
    size_t front = len > own ? len - own - 1 : 0;
    if (it->prefix == NULL) {
        it->prefix = front > 0 ? keep_prefix(outline, whole, front) : "";
        it->expected = it->expected && front == 0;
    } else if (it->other == NULL && !is_text(whole, front, it->prefix)) {
        it->other = keep_prefix(outline, whole, front);
    }
}

void outline_path(const struct outline *outline, int node, struct buf *out)
{
    const struct outline_node *it = &outline->nodes[node];
    if (it->parent > 0) {
        outline_path(outline, it->parent, out);
        buf_putc(out, '/');
    }
    buf_puts(out, it->name);
}
