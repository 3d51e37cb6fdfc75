/* nested.c: from values to JSON and back. Depth is bounded by the JSON
 * reader's. */
#include "nested.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

uint32_t value_parts(const struct value *value)
{
    if (value->type == VALUE_MAP)
        return 2 * value->len;
    return value->type == VALUE_LIST ? value->len : 0;
}

static void put_list(struct buf *out, const struct value *list)
{
    buf_putc(out, '[');
    for (uint32_t i = 0; i < list->len; i++) {
        if (i > 0)
            buf_putc(out, ',');
        value_json(out, &list->list[i]);
    }
    buf_putc(out, ']');
}

static void put_map(struct buf *out, const struct value *map)
{
    buf_putc(out, '{');
    for (uint32_t i = 0; i < map->len; i++) {
        if (i > 0)
            buf_putc(out, ',');
        value_json(out, &map->list[2 * i]);
        buf_putc(out, ':');
        value_json(out, &map->list[2 * i + 1]);
    }
    buf_putc(out, '}');
}

static void put_number(struct buf *out, double number)
{
    if (isfinite(number))
        buf_addf(out, "%.17g", number);
    else
        buf_puts(out, "null");
}

void value_json(struct buf *out, const struct value *value)
{
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        json_string(out, value->text, value->len);
        break;
    case VALUE_DECIMAL:
        buf_add(out, value->text, value->len);
        break;
    case VALUE_INT:
        buf_addf(out, "%" PRId64, value->integer);
        break;
    case VALUE_NUMBER:
        put_number(out, value->number);
        break;
    case VALUE_BOOL:
        buf_puts(out, value->truth ? "true" : "false");
        break;
    case VALUE_EMPTY:
        buf_puts(out, "\"\"");
        break;
    case VALUE_LIST:
        put_list(out, value);
        break;
    case VALUE_MAP:
        put_map(out, value);
        break;
    case VALUE_NIL:
        buf_puts(out, "null");
        break;
    }
}

/* Back. */

struct reading {
    struct json_reader json;
    struct arena *arena;
};

static const char *keep(struct reading *reading)
{
    char *text = arena_alloc(reading->arena, reading->json.len + 1);
    memcpy(text, reading->json.text, reading->json.len);
    text[reading->json.len] = '\0';
    return text;
}

static struct value number_of(struct reading *reading)
{
    const char *text = keep(reading);
    char *end;
    errno = 0;
    long long integer = strtoll(text, &end, 10);
    if (*end == '\0' && errno == 0)
        return (struct value){.integer = integer, .type = VALUE_INT};
    struct value decimal = value_text(text, reading->json.len);
    decimal.type = VALUE_DECIMAL;
    decimal.flags = 0;
    return decimal;
}

static bool read_value(struct reading *reading, enum json_event event,
                       struct value *value);

/* What stands up to the end, names and values alike. */
static bool read_parts(struct reading *reading, enum json_event end,
                       struct value *nested)
{
    struct value *parts = NULL;
    uint32_t count = 0, cap = 0;
    enum json_event event;
    bool good = true;
    while (good && (event = json_next(&reading->json)) != end) {
        if (count == cap) {
            cap = cap ? 2 * cap : 8;
            parts = mem_resize(parts, cap * sizeof *parts);
        }
        good = read_value(reading, event, &parts[count++]);
    }
    struct value *kept = arena_alloc(reading->arena, count * sizeof *kept);
    if (count > 0)
        memcpy(kept, parts, count * sizeof *kept);
    free(parts);
    nested->list = kept;
    nested->len = nested->type == VALUE_MAP ? count / 2 : count;
    return good;
}

static bool read_value(struct reading *reading, enum json_event event,
                       struct value *value)
{
    *value = (struct value){.type = VALUE_NIL};
    switch (event) {
    case JSON_KEY:
    case JSON_STRING:
        *value = value_text(keep(reading), reading->json.len);
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
        value->type = VALUE_MAP;
        return read_parts(reading, JSON_OBJECT_END, value);
    case JSON_ARRAY:
        value->type = VALUE_LIST;
        return read_parts(reading, JSON_ARRAY_END, value);
    default:
        return false;
    }
}

bool value_of_json(const char *text, size_t len, struct arena *arena,
                   struct value *value)
{
    struct reading reading = {.arena = arena};
    json_open(&reading.json, text, len);
    bool good = read_value(&reading, json_next(&reading.json), value) &&
                json_next(&reading.json) == JSON_END;
    json_close(&reading.json);
    return good;
}
