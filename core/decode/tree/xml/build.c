/* build.c: parts of open elements stand on one stack. That an element repeats
 * is told by its node: it knows in which element it was met last, and as which
 * of its parts. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const char too_deep[] =
    "more than 32 elements stand in each other in it (a fixed limit)";

void build_init(struct builder *builder, struct outline *outline)
{
    *builder = (struct builder){.outline = outline};
}

void build_release(struct builder *builder)
{
    for (unsigned i = 0; i < BUILD_DEPTH; i++)
        buf_release(&builder->frames[i].text);
    free(builder->parts);
    *builder = (struct builder){0};
}

/* Text beside elements is indented as they are: its ends are none of it. */
static struct value bare_text(const struct build_frame *frame)
{
    const char *at = frame->text.len > 0 ? frame->text.at : "";
    const char *end = at + frame->text.len;
    utf8_trim(&at, &end);
    return value_text(at, (size_t)(end - at));
}

static struct value keep_text(struct builder *builder, const char *text,
                              size_t len)
{
    char *kept = arena_alloc(builder->arena, len);
    if (len > 0)
        memcpy(kept, text, len);
    return value_text(kept, len);
}

static void repeat(struct builder *builder, struct build_part *part,
                   struct value value)
{
    struct build_more *more = arena_alloc(builder->arena, sizeof *more);
    *more = (struct build_more){.value = value};
    if (part->last != NULL)
        part->last->next = more;
    else
        part->more = more;
    part->last = more;
    if (++part->count > VALUE_PARTS)
        builder->fault = "an element repeats more than 1048576 times";
}

/* One part more of the innermost element. */
static void add_part(struct builder *builder, int index, struct value value)
{
    struct build_frame *frame = &builder->frames[builder->depth - 1];
    struct outline_node *node = &builder->outline->nodes[index];
    if (node->serial == frame->serial) {
        repeat(builder, &builder->parts[frame->first + node->slot], value);
        return;
    }
    if (builder->part_count == builder->part_cap) {
        builder->part_cap = builder->part_cap ? 2 * builder->part_cap : 64;
        builder->parts = mem_resize(builder->parts,
                                    builder->part_cap * sizeof *builder->parts);
    }
    node->serial = frame->serial;
    node->slot = builder->part_count - frame->first;
    builder->parts[builder->part_count++] =
        (struct build_part){.node = index, .count = 1, .value = value};
}

static bool is_text(const char *text, size_t len, const char *wanted)
{
    return len == strlen(wanted) && memcmp(text, wanted, len) == 0;
}

static struct value given_text(struct builder *builder, const char *text,
                               size_t len)
{
    return builder->borrows ? value_text(text, len)
                            : keep_text(builder, text, len);
}

void build_attribute(struct builder *builder, const char *name, size_t len,
                     const char *text, size_t text_len)
{
    struct build_frame *frame = &builder->frames[builder->depth - 1];
    struct outline *outline = builder->outline;
    if (builder->skipped > 0)
        return;
    enum outline_whose whose = outline_whose(outline, name, len);
    if (whose == OUTLINE_NIL)
        frame->nothing =
            is_text(text, text_len, "true") || is_text(text, text_len, "1");
    if (whose != OUTLINE_OWN)
        return;
    name = outline_name(outline, name, &len);
    int node = outline_find(outline, frame->node, '@', name, len);
    if (node >= 0)
        add_part(builder, node, given_text(builder, text, text_len));
}

void build_start(struct builder *builder, int node)
{
    if (builder->depth == BUILD_DEPTH)
        builder->fault = too_deep;
    if (builder->fault != NULL && builder->depth > 0) {
        builder->skipped++;
        return;
    }
    struct build_frame *frame = &builder->frames[builder->depth++];
    frame->node = node;
    frame->first = builder->part_count;
    frame->serial = ++builder->serial;
    frame->nothing = false;
    buf_clear(&frame->text);
}

void build_text(struct builder *builder, const char *text, size_t len)
{
    if (builder->fault == NULL)
        buf_add(&builder->frames[builder->depth - 1].text, text, len);
}

void build_leaf(struct builder *builder, int node, const char *text, size_t len)
{
    if (builder->depth == BUILD_DEPTH)
        builder->fault = too_deep;
    if (builder->fault == NULL)
        add_part(builder, node, given_text(builder, text, len));
}

bool build_has_parts(const struct builder *builder)
{
    return builder->part_count > builder->frames[builder->depth - 1].first;
}

static struct value value_of(struct builder *builder,
                             const struct build_part *part)
{
    if (part->count == 1)
        return part->value;
    struct value *list =
        arena_alloc(builder->arena, part->count * sizeof *list);
    uint32_t count = 0;
    list[count++] = part->value;
    for (const struct build_more *more = part->more; more; more = more->next)
        list[count++] = more->value;
    return (struct value){.list = list, .len = count, .type = VALUE_LIST};
}

static struct value make_map(struct builder *builder,
                             const struct build_frame *frame,
                             const struct value *text)
{
    static const char name[] = "#text";
    uint32_t count = builder->part_count - frame->first;
    struct value_member *members =
        arena_alloc(builder->arena, (count + 1) * sizeof *members);
    for (uint32_t i = 0; i < count; i++) {
        const struct build_part *part = &builder->parts[frame->first + i];
        const struct outline_node *node = &builder->outline->nodes[part->node];
        members[i] = (struct value_member){value_text(node->name, node->len),
                                           value_of(builder, part)};
    }
    if (text->len > 0)
        members[count++] =
            (struct value_member){value_text(name, sizeof name - 1),
                                  keep_text(builder, text->text, text->len)};
    return (struct value){.members = members, .len = count, .type = VALUE_MAP};
}

static struct value make_value(struct builder *builder,
                               const struct build_frame *frame)
{
    bool parts = builder->part_count > frame->first;
    struct value text = bare_text(frame);
    if (!parts && text.len == 0 && frame->nothing)
        return (struct value){.type = VALUE_NIL};
    if (!parts)
        return keep_text(builder, frame->text.at, frame->text.len);
    return make_map(builder, frame, &text);
}

bool build_end(struct builder *builder)
{
    if (builder->skipped > 0) {
        builder->skipped--;
        return false;
    }
    if (builder->depth == 1)
        return true;
    const struct build_frame *frame = &builder->frames[builder->depth - 1];
    struct value value = builder->fault == NULL
                             ? make_value(builder, frame)
                             : (struct value){.type = VALUE_NIL};
    builder->part_count = frame->first;
    builder->depth--;
    add_part(builder, frame->node, value);
    return false;
}

void build_cells(struct builder *builder, struct value *cells)
{
    const struct build_frame *frame = &builder->frames[0];
    struct outline *outline = builder->outline;
    for (uint32_t i = frame->first; i < builder->part_count; i++) {
        const struct build_part *part = &builder->parts[i];
        int column = outline->nodes[part->node].column;
        if (column >= 0)
            cells[column] = value_of(builder, part);
    }
    struct value bare = bare_text(frame);
    int text = bare.len > 0 ? outline_find(outline, frame->node, '#', "text", 4)
                            : OUTLINE_NONE;
    if (text >= 0)
        cells[outline->nodes[text].column] =
            keep_text(builder, bare.text, bare.len);
    build_drop(builder);
}

void build_drop(struct builder *builder)
{
    builder->part_count = 0;
    builder->depth = 0;
    builder->fault = NULL;
}
