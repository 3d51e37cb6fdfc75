/* header.c: is a list of lists' first one their header? What is said goes
 * before the names that a mapping wants, and these before looks: a header is
 * texts alone. A mapping that asks for columns by position alone works without
 * one, and loses no row to a guess. */
#include "header.h"

#include <string.h>

#include "decode/table/wanted.h"

/* A cell as text, which outlives the chunk. */
static struct value as_text(const struct value *cell, struct arena *arena)
{
    struct buf text = {0};
    if (cell->type == VALUE_TEXT)
        buf_add(&text, cell->text, cell->len);
    else if (cell->type != VALUE_NIL)
        value_json(&text, cell);
    char *kept = arena_alloc(arena, text.len + 1);
    memcpy(kept, buf_text(&text), text.len + 1);
    struct value made = value_text(kept, text.len);
    buf_release(&text);
    return made;
}

static bool has_looks(const struct value *cells, unsigned width)
{
    bool texts = width > 0;
    for (unsigned i = 0; i < width; i++)
        texts &= cells[i].type == VALUE_TEXT;
    return texts;
}

/* `found`: of the names that are wanted, so many are in it. */
static bool decide(struct json_input *json, const struct wanted_columns *wanted,
                   bool looks, unsigned found)
{
    json->maybe = looks && wanted != NULL && wanted->by_position;
    bool is = found > 0 || (looks && !json->maybe);
    json->guessed = is && (found == 0 || found < wanted->count);
    return is;
}

const struct value *json_header(const struct input *input,
                                const struct value *cells, unsigned width)
{
    struct json_input *json = input->state;
    const struct json_options *said = input->options;
    const struct wanted_columns *wanted = input->spec.wanted;
    if (input->spec.as_is || said->header == 0)
        return NULL;
    struct arena *arena = &json->names.arena;
    struct value *names = arena_alloc(arena, (width + 1) * sizeof *names);
    for (unsigned i = 0; i < width; i++)
        names[i] = as_text(&cells[i], arena);
    unsigned found = wanted != NULL ? wanted_count(names, width, wanted) : 0;
    bool is = said->header > 0 ||
              decide(json, wanted, has_looks(cells, width), found);
    return is ? names : NULL;
}
