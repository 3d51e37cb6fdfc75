/* asked.c: numbers and bytes of databases as values. */
#include "asked.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "decode/decoder.h"
#include "value.h"

size_t sql_piece = CHUNK_BYTES;

bool asked_check(const struct asked *asked, struct err *err)
{
    if (asked->table != NULL && asked->query != NULL)
        return err_set(err, EXIT_USAGE,
                       "both a table and a query are said; say one of them");
    if (asked->params.count > 0 && asked->query == NULL)
        return err_set(err, EXIT_USAGE,
                       "params are said, and no query that they are for");
    return true;
}

struct value asked_bytes(struct arena *arena, const void *bytes, size_t len)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *from = bytes;
    char *text = arena_alloc(arena, 2 * len);
    for (size_t i = 0; i < len; i++) {
        text[2 * i] = digits[from[i] >> 4];
        text[2 * i + 1] = digits[from[i] & 15];
    }
    return value_text(text, 2 * len);
}

static const char *skip_digits(const char *at, const char *end)
{
    while (at < end && ascii_digit(*at))
        at++;
    return at;
}

/* Copies what stands there; an exponent must have digits. */
static bool add_exponent(char **to, const char *at, const char *end)
{
    const char *from = at++;
    at += at < end && (*at == '+' || *at == '-');
    if (at == end || skip_digits(at, end) != end)
        return false;
    memcpy(*to, from, (size_t)(end - from));
    *to += end - from;
    return true;
}

static bool write_number(char **to, const char *at, const char *end)
{
    if (at < end && (*at == '-' || *at == '+') && *at++ == '-')
        *(*to)++ = '-';
    const char *whole = at, *point = skip_digits(at, end);
    const char *fraction = point < end && *point == '.' ? point + 1 : point;
    at = skip_digits(fraction, end);
    if (point == whole && at == fraction)
        return false; /* no digit */
    while (whole < point && *whole == '0')
        whole++;
    if (whole == point)
        *(*to)++ = '0';
    memcpy(*to, whole, (size_t)(point - whole));
    *to += point - whole;
    if (at > fraction) {
        memcpy(*to, point, (size_t)(at - point));
        *to += at - point;
    }
    return at == end ||
           ((*at == 'e' || *at == 'E') && add_exponent(to, at, end));
}

bool asked_number(struct arena *arena, const char *text, size_t len,
                  struct value *value)
{
    enum { MORE = 2 }; /* a zero before the point */
    char *made = arena_alloc(arena, len + MORE), *to = made;
    if (!write_number(&to, text, text + len))
        return false;
    *value = (struct value){
        .text = made, .len = (uint32_t)(to - made), .type = VALUE_DECIMAL};
    int64_t integer;
    if (decimal_integer(value, &integer))
        *value = (struct value){.integer = integer, .type = VALUE_INT};
    return true;
}

struct value asked_real(struct arena *arena, double real, bool single)
{
    enum { SIZE = 32 };
    char text[SIZE];
    struct value value = {.type = VALUE_NUMBER, .number = real};
    int digits = single ? 6 : 15, most = single ? 9 : 17;
    for (; digits <= most; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, real);
        double back = strtod(text, NULL);
        if (back == real || (single && (float)back == (float)real))
            break;
    }
    asked_number(arena, text, strlen(text), &value);
    return value;
}
