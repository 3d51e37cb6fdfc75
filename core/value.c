/* value.c: what is asked of values whatever room they are in. Lists and maps
 * are gone through by recursion, as their depth is bounded. */
#include "value.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/scan.h"

uint8_t value_flags(const char *text, size_t len)
{
    return scan_text(text, len) & (VALUE_WIDE | VALUE_SPECIAL);
}

/* Maps are short, as records are, and most scripts name few of their members:
 * going through them beats any index that would have to be made. */
const struct value *value_find(const struct value *map, const char *name,
                               size_t len)
{
    for (uint32_t i = 0; i < map->len; i++) {
        const struct value *own = &map->members[i].name;
        if (own->len == len && memcmp(own->text, name, len) == 0)
            return &map->members[i].value;
    }
    return NULL;
}

/* A value of digits alone, of no more than 19: none of them overflows. */
static bool read_digits(const char *digits, size_t len, uint64_t *sum)
{
    *sum = 0;
    if (len == 0 || len > 19 || (digits[0] == '0' && len > 1))
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(digits[i] - '0');
        if (digit > 9)
            return false;
        *sum = *sum * 10 + digit;
    }
    return true;
}

/* The sum is kept without its sign, as the lowest integer has no positive twin
 * of 64 bits. */
bool decimal_integer(const struct value *decimal, int64_t *integer)
{
    bool negative = decimal->len > 0 && decimal->text[0] == '-';
    uint64_t sum, max = (uint64_t)INT64_MAX + negative;
    if (!read_digits(decimal->text + negative, decimal->len - negative, &sum) ||
        sum > max || (negative && sum == 0))
        return false;
    *integer = negative ? (int64_t)(0 - sum) : (int64_t)sum;
    return true;
}

static void list_json(struct buf *out, const struct value *value)
{
    buf_putc(out, '[');
    for (uint32_t i = 0; i < value->len; i++) {
        buf_puts(out, i > 0 ? "," : "");
        value_json(out, &value->list[i]);
    }
    buf_putc(out, ']');
}

/* Names are texts of the input and are escaped like any other. */
static void map_json(struct buf *out, const struct value *value)
{
    buf_putc(out, '{');
    for (uint32_t i = 0; i < value->len; i++) {
        const struct value_member *member = &value->members[i];
        buf_puts(out, i > 0 ? "," : "");
        json_string(out, member->name.text, member->name.len);
        buf_putc(out, ':');
        value_json(out, &member->value);
    }
    buf_putc(out, '}');
}

/* 17 digits are what brings a double back as it was. NaN and the infinities
 * have no JSON. */
void value_json(struct buf *out, const struct value *value)
{
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        json_string(out, value->text, value->len);
        break;
    case VALUE_INT:
        buf_addf(out, "%" PRId64, value->integer);
        break;
    case VALUE_NUMBER:
        if (isfinite(value->number))
            buf_addf(out, "%.17g", value->number);
        else
            buf_puts(out, "null");
        break;
    case VALUE_DECIMAL:
        buf_add(out, value->text, value->len);
        break;
    case VALUE_BOOL:
        buf_puts(out, value->truth ? "true" : "false");
        break;
    case VALUE_EMPTY:
        buf_puts(out, "\"\"");
        break;
    case VALUE_LIST:
        list_json(out, value);
        break;
    case VALUE_MAP:
        map_json(out, value);
        break;
    case VALUE_NIL:
        buf_puts(out, "null");
        break;
    }
}
