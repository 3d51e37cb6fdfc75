/* map.c: the mapper's half: rows of plain text are built here, their texts
 * where they stand in the chunk; rows that expat has read are built already. */
#include <stdlib.h>
#include <string.h>

#include "decode/decoded.h"
#include "reader.h"

struct state {
    struct outline outline; /* counts and hints of its own */
    struct builder builder;
    struct decoded_maker maker;
    struct markup markup;
    struct place place; /* of the next row */
    const char *lined;  /* up to here lines are counted */
    int *open;          /* nodes of the elements that are open, */
    unsigned depth;     /* so many of them */
    uint32_t next;      /* of the chunk's rows that are decoded */
};

static void rows_open(struct rows *rows)
{
    const struct xml_reader *reader = rows->input->state;
    struct state *state = mem_zero(1, sizeof *state);
    outline_share(&state->outline, &reader->surveyed);
    build_init(&state->builder, &state->outline);
    state->builder.borrows = true;
    state->open = mem_zero(reader->max_depth + 2, sizeof *state->open);
    decoded_maker_open(&state->maker, rows->input);
    rows->state = state;
}

static void rows_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    buf_reserve(&chunk->bytes, 1);
    rows->chunk = chunk;
    state->next = 0;
    state->depth = 0;
    state->place = chunk->first;
    state->lined = chunk->bytes.at;
    state->markup.at = chunk->bytes.at;
    state->markup.end = chunk->bytes.at + chunk->bytes.len;
    state->markup.whole = true;
    state->builder.arena = &chunk->arena;
    build_drop(&state->builder);
    decoded_maker_begin(&state->maker, chunk);
}

static void rows_close(struct rows *rows)
{
    struct state *state = rows->state;
    build_release(&state->builder);
    outline_release(&state->outline);
    decoded_maker_close(&state->maker);
    free(state->open);
    free(state);
    rows->state = NULL;
}

/* What a text says, beside it: lines are counted where it stands. */
static bool cook(struct state *state, char **text, size_t *len,
                 enum markup_kind kind)
{
    char *copy = arena_alloc(state->builder.arena, *len);
    memcpy(copy, *text, *len);
    *text = copy;
    *len = markup_cook(copy, *len, kind);
    return *len != MARKUP_NONE;
}

static bool cook_token(struct state *state, enum markup_kind kind)
{
    struct markup *markup = &state->markup;
    return !markup->raw || cook(state, &markup->text, &markup->len, kind);
}

static bool add_attributes(struct state *state)
{
    struct markup *markup = &state->markup;
    for (unsigned i = 0; i < markup->count; i++) {
        struct markup_attribute *it = &markup->attributes[i];
        if (it->raw && !cook(state, &it->value, &it->len, MARKUP_START))
            return false;
        build_attribute(&state->builder, it->name, it->name_len, it->value,
                        it->len);
    }
    return true;
}

/* The node of the start tag; negative: there was none. */
static int find_node(struct state *state)
{
    const struct markup *markup = &state->markup;
    size_t len = markup->len;
    const char *name = outline_name(&state->outline, markup->text, &len);
    return outline_find(&state->outline, state->open[state->depth], '\0', name,
                        len);
}

/* In a row. */
static bool take_start(struct state *state)
{
    struct markup *markup = &state->markup;
    int node = find_node(state);
    if (node < 0)
        return false;
    if (markup->count == 0 && !markup->empty && markup_leaf(markup)) {
        if (!cook_token(state, MARKUP_TEXT))
            return false;
        build_leaf(&state->builder, node, markup->text, markup->len);
        return true;
    }
    build_start(&state->builder, node);
    if (!add_attributes(state))
        return false;
    if (markup->empty)
        build_end(&state->builder);
    else
        state->open[++state->depth] = node;
    return true;
}

/* Elements that hold a text alone, in the order in which they came before;
 * the innermost one has no text of its own. */
static bool take_expected(struct state *state)
{
    struct outline *outline = &state->outline;
    struct markup *markup = &state->markup;
    int parent = state->open[state->depth], node;
    while (!outline->nodes[parent].text &&
           (node = outline_expected(outline, parent)) >= 0 &&
           markup_expected(markup, outline->nodes[node].name,
                           outline->nodes[node].len)) {
        if (!cook_token(state, MARKUP_TEXT))
            return false;
        outline->nodes[parent].hint = node;
        build_leaf(&state->builder, node, markup->text, markup->len);
    }
    return true;
}

/* What lines are indented with is not collected where it cannot count. */
static bool take_text(struct state *state, enum markup_kind kind)
{
    struct markup *markup = &state->markup;
    const struct outline_node *node =
        &state->outline.nodes[state->open[state->depth]];
    if (!node->text && build_has_parts(&state->builder))
        return true;
    if (!cook_token(state, kind))
        return false;
    build_text(&state->builder, markup->text, markup->len);
    return true;
}

/* All of the row whose start tag was taken. */
static bool build_row(struct state *state, int node)
{
    struct markup *markup = &state->markup;
    build_start(&state->builder, node);
    if (!add_attributes(state))
        return false;
    if (markup->empty)
        return build_end(&state->builder);
    state->open[++state->depth] = node;
    while (take_expected(state)) {
        enum markup_kind kind = markup_next(markup);
        bool good = kind == MARKUP_OTHER;
        if (kind == MARKUP_START)
            good = take_start(state);
        else if (kind == MARKUP_TEXT || kind == MARKUP_CDATA)
            good = take_text(state, kind);
        if (kind == MARKUP_END) {
            state->depth--;
            if (build_end(&state->builder))
                return true;
        } else if (!good) {
            return false;
        }
    }
    return false;
}

static bool fail(struct rows *rows)
{
    struct state *state = rows->state;
    struct chunk *chunk = rows->chunk;
    chunk->failed = true;
    err_set(&chunk->failure, EXIT_INPUT, "%s: %s", rows->input->path,
            XML_CHANGED);
    state->markup.at = state->markup.end;
    return false;
}

static void make_row(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    struct arena *arena = &rows->chunk->arena;
    unsigned count = rows->input->columns.count;
    struct decoded decoded = {.place = state->place};
    if (state->builder.fault != NULL) {
        decoded = decoded_faulty(rows->input, arena, state->place, NULL, 0,
                                 state->builder.fault);
        build_drop(&state->builder);
    } else {
        struct value *cells = arena_alloc(arena, count * sizeof *cells);
        for (unsigned i = 0; i < count; i++)
            cells[i] = (struct value){.type = VALUE_NIL};
        build_cells(&state->builder, cells);
        decoded.cells = cells;
        decoded.width = count;
    }
    decoded_make(&state->maker, rows->input, &decoded, NULL, row);
}

static void count_lines(struct state *state, const char *at)
{
    state->place.line +=
        markup_lines(state->lined, (size_t)(at - state->lined));
    state->lined = at;
}

/* On to the next row; *node is negative where it is none that was there. */
static bool find_row(struct state *state, int *node)
{
    for (;;) {
        const char *at = state->markup.at;
        enum markup_kind kind = markup_next(&state->markup);
        *node = kind == MARKUP_DONE || kind == MARKUP_OTHER ||
                        kind == MARKUP_TEXT || kind == MARKUP_CDATA
                    ? 0
                    : OUTLINE_NONE;
        if (kind == MARKUP_DONE)
            return false;
        if (kind == MARKUP_END && state->depth > 0) {
            state->depth--;
            continue;
        }
        if (kind == MARKUP_START)
            *node = find_node(state);
        if (*node < 0)
            return false;
        if (kind != MARKUP_START)
            continue;
        if (state->outline.nodes[*node].row) {
            count_lines(state, at);
            return true;
        }
        if (!state->markup.empty)
            state->open[++state->depth] = *node;
    }
}

static bool rows_next(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    const struct chunk *chunk = rows->chunk;
    int node;
    if (state->next < chunk->decoded_count) {
        decoded_make(&state->maker, rows->input, &chunk->decoded[state->next++],
                     NULL, row);
        return true;
    }
    if (!find_row(state, &node))
        return node < 0 && fail(rows);
    if (!build_row(state, node))
        return fail(rows);
    make_row(rows, row);
    state->place.index++;
    return true;
}

const struct row_reader xml_row_reader = {
    .open = rows_open,
    .begin = rows_begin,
    .next = rows_next,
    .close = rows_close,
};
