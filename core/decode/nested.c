/* nested.c: the JSON reader's events as values. */
#include "nested.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"

struct reading {
    struct json_reader json;
    struct arena *arena;
    unsigned depth;
};

/* The reader's text is void at the next event. */
static struct value text_of(struct reading *reading)
{
    size_t len = reading->json.len;
    char *text = arena_alloc(reading->arena, len);
    if (len > 0)
        memcpy(text, reading->json.text, len);
    return value_text(text, len);
}

static struct value number_of(struct reading *reading)
{
    struct value number = text_of(reading);
    int64_t integer;
    number.type = VALUE_DECIMAL;
    number.flags = 0;
    if (decimal_integer(&number, &integer))
        number = (struct value){.integer = integer, .type = VALUE_INT};
    return number;
}

static bool read_value(struct reading *reading, enum json_event event,
                       struct value *value);

/* The values up to `end`, a map's names among them, `max` at most; the caller
 * frees. */
static struct value *read_parts(struct reading *reading, enum json_event end,
                                uint32_t max, uint32_t *count)
{
    struct value *parts = NULL;
    uint32_t cap = 0;
    enum json_event event;
    *count = 0;
    while ((event = json_next(&reading->json)) != end) {
        if (*count == cap) {
            cap = cap ? 2 * cap : 8;
            parts = mem_resize(parts, cap * sizeof *parts);
        }
        if (*count == max || !read_value(reading, event, &parts[(*count)++])) {
            free(parts);
            return NULL;
        }
    }
    return parts ? parts : mem_alloc(1);
}

static bool read_list(struct reading *reading, struct value *value)
{
    uint32_t count;
    struct value *parts =
        read_parts(reading, JSON_ARRAY_END, VALUE_PARTS, &count);
    if (parts == NULL)
        return false;
    size_t size = count * sizeof *parts;
    struct value *list = arena_alloc(reading->arena, size);
    memcpy(list, parts, size);
    *value = (struct value){.list = list, .len = count, .type = VALUE_LIST};
    free(parts);
    return true;
}

static int compare_names(const void *a, const void *b)
{
    const struct value *one = a, *other = b;
    if (one->len != other->len)
        return one->len < other->len ? -1 : 1;
    return memcmp(one->text, other->text, one->len);
}

/* Which of two members with one name counts nobody can say. */
static bool has_twins(const struct value *parts, uint32_t count)
{
    bool twins = false;
    struct value *names = mem_alloc(count * sizeof *names);
    for (uint32_t i = 0; i < count; i++)
        names[i] = parts[2 * i];
    qsort(names, count, sizeof *names, compare_names);
    for (uint32_t i = 1; i < count; i++)
        twins = twins || compare_names(&names[i - 1], &names[i]) == 0;
    free(names);
    return twins;
}

static bool read_map(struct reading *reading, struct value *value)
{
    uint32_t count;
    struct value *parts =
        read_parts(reading, JSON_OBJECT_END, 2 * VALUE_PARTS, &count);
    if (parts == NULL || has_twins(parts, count / 2)) {
        free(parts);
        return false;
    }
    struct value_member *members =
        arena_alloc(reading->arena, count / 2 * sizeof *members);
    for (uint32_t i = 0; i < count / 2; i++)
        members[i] = (struct value_member){parts[2 * i], parts[2 * i + 1]};
    *value =
        (struct value){.members = members, .len = count / 2, .type = VALUE_MAP};
    free(parts);
    return true;
}

/* Depth is counted here, not only by the JSON reader: who goes through values
 * does so by recursion. */
static bool read_nested(struct reading *reading, enum json_event event,
                        struct value *value)
{
    if (reading->depth == VALUE_DEPTH)
        return false;
    reading->depth++;
    bool good = event == JSON_OBJECT ? read_map(reading, value)
                                     : read_list(reading, value);
    reading->depth--;
    return good;
}

static bool read_value(struct reading *reading, enum json_event event,
                       struct value *value)
{
    *value = (struct value){.type = VALUE_NIL};
    switch (event) {
    case JSON_KEY:
    case JSON_STRING:
        *value = text_of(reading);
        return true;
    case JSON_NUMBER:
        *value = number_of(reading);
        return true;
    case JSON_TRUE:
    case JSON_FALSE:
        value->type = VALUE_BOOL;
        value->truth = event == JSON_TRUE;
        return true;
    case JSON_NULL:
        return true;
    case JSON_OBJECT:
    case JSON_ARRAY:
        return read_nested(reading, event, value);
    default:
        return false;
    }
}

bool nested_read(const char *text, size_t len, struct arena *arena,
                 struct value *value)
{
    struct reading reading = {.arena = arena};
    json_open(&reading.json, text, len);
    bool good = read_value(&reading, json_next(&reading.json), value) &&
                json_next(&reading.json) == JSON_END;
    json_close(&reading.json);
    return good;
}
