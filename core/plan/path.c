/* path.c: reading and going along paths. */
#include "path.h"

#include <string.h>

enum { PLACE_DIGITS = 9 };

/* The end of a member's name that begins at `at`; not beyond `end`. */
static const char *name_end(const char *at, const char *end)
{
    while (at < end && strchr(".[]", *at) == NULL)
        at++;
    return at;
}

/* `[12]`: its place, and the end in *at; 0: it is none. */
static uint32_t read_place(const char **at, const char *end)
{
    uint32_t place = 0;
    const char *digit = *at + 1;
    for (int i = 0; i < PLACE_DIGITS && digit < end; i++, digit++) {
        if (*digit < '0' || *digit > '9')
            break;
        place = place * 10 + (uint32_t)(*digit - '0');
    }
    if (digit == end || *digit != ']')
        return 0;
    *at = digit + 1;
    return place;
}

/* The part at *at, which moves to its end. A name has no blank at its ends:
 * `Tel. No` is a header, not a path. */
static bool read_part(struct plan_part *part, const char *name, const char **at,
                      const char *end)
{
    bool first = *at == name;
    *part = (struct plan_part){.text = *at};
    if (!first && **at == '[') {
        part->place = read_place(at, end);
    } else if (first || **at == '.') {
        part->text += !first;
        *at = name_end(part->text, end);
        part->len = (uint32_t)(*at - part->text);
    }
    part->end = (uint32_t)(*at - name);
    return part->place > 0 || (part->len > 0 && part->text[0] != ' ' &&
                               part->text[part->len - 1] != ' ');
}

/* Parts are counted by their signs first, and are all in one block. The first
 * part has no sign before it; a name without any is no path, nor is one with
 * more parts than signs (`a[1]b`). */
void plan_path_read(struct plan_path *path, const char *name, uint32_t len,
                    struct arena *memory)
{
    uint32_t max = 1;
    *path = (struct plan_path){.count = 0};
    for (uint32_t i = 0; i < len; i++)
        max += name[i] == '.' || name[i] == '[';
    if (max == 1)
        return;
    struct plan_part *parts = arena_alloc(memory, max * sizeof *parts);
    const char *at = name, *end = name + len;
    uint32_t count = 0;
    while (at < end)
        if (count == max || !read_part(&parts[count++], name, &at, end))
            return;
    *path = (struct plan_path){parts, count};
}

/* The part's value, NULL where it is absent; false: it cannot have one. */
static bool step_in(const struct plan_part *part, const struct value *value,
                    const struct value **found)
{
    if (part->place == 0) {
        *found = value->type == VALUE_MAP
                     ? value_find(value, part->text, part->len)
                     : NULL;
        return value->type == VALUE_MAP;
    }
    *found = value->type == VALUE_LIST && part->place <= value->len
                 ? &value->list[part->place - 1]
                 : NULL;
    return value->type == VALUE_LIST;
}

/* A blank cell is as good as none: where a row has no address at all, its city
 * is absent and not an error. */
static bool is_absent(const struct value *value)
{
    return value == NULL || value->type == VALUE_NIL ||
           value->type == VALUE_EMPTY ||
           (value->type == VALUE_TEXT && value->len == 0);
}

/* What stands in the way is named by the path up to it, as the script would
 * write it. */
bool plan_path_reach(const struct plan_path *path, uint32_t inside,
                     const char *name, const struct value *cell,
                     struct value *answer, struct text_call *call)
{
    const struct value *value = cell;
    const struct value *found = NULL;
    for (uint32_t i = inside; i < path->count; i++, value = found) {
        const struct plan_part *part = &path->parts[i];
        found = NULL;
        if (is_absent(value))
            continue;
        if (!step_in(part, value, &found))
            return text_refuse(
                call, "%.*s is %s, not a %s", (int)path->parts[i - 1].end, name,
                text_show(call, value), part->place > 0 ? "list" : "map");
    }
    *answer = value != NULL ? *value : (struct value){.type = VALUE_NIL};
    return true;
}
