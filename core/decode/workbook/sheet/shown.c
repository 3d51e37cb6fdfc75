/* shown.c: what a cell's number is, by its format: an integer where 64 bits
 * hold it, a decimal else, or the text that people saw. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "format.h"
#include "value.h"

static struct value keep(struct arena *arena, const char *text, size_t len)
{
    struct value value =
        value_text(memcpy(arena_alloc(arena, len), text, len), len);
    value.flags = 0; /* letters, digits and signs of ASCII */
    return value;
}

static struct value number_value(struct arena *arena, const char *text,
                                 size_t len)
{
    struct value value = value_text(text, len);
    int64_t integer;
    if (decimal_integer(&value, &integer))
        return (struct value){.integer = integer, .type = VALUE_INT};
    value = keep(arena, text, len);
    value.type = VALUE_DECIMAL;
    return value;
}

/* At least so many digits, after the sign. */
static struct value zeros_value(struct arena *arena, const char *text,
                                size_t len, unsigned digits)
{
    char out[SHOWN_MAX];
    size_t sign = text[0] == '-';
    size_t zeros = len - sign < digits ? digits - (len - sign) : 0;
    if (len + zeros > sizeof out || memchr(text, '.', len) != NULL)
        return number_value(arena, text, len);
    memcpy(out, text, sign);
    memset(out + sign, '0', zeros);
    memcpy(out + sign + zeros, text + sign, len - sign);
    return keep(arena, out, len + zeros);
}

/* The number, whose digits are written already. */
static struct value value_of(double number, const char *text, size_t len,
                             struct shown shown, bool from_1904,
                             struct arena *arena)
{
    char out[SHOWN_MAX];
    size_t dated;
    switch ((enum shown_kind)shown.kind) {
    case SHOWN_NUMBER:
        break;
    case SHOWN_TEXT:
        return keep(arena, text, len);
    case SHOWN_ZEROS:
        return zeros_value(arena, text, len, shown.digits);
    default:
        dated = shown_serial(number, shown, from_1904, out);
        if (dated > 0)
            return keep(arena, out, dated);
    }
    return number_value(arena, text, len);
}

/* What is no number at all is kept as it is: it has no digits. */
struct value shown_value(double number, struct shown shown, bool from_1904,
                         struct arena *arena)
{
    char text[SHOWN_MAX];
    bool integer;
    size_t len = shown_number(number, text, &integer);
    if (len == 0)
        return (struct value){.number = number, .type = VALUE_NUMBER};
    return value_of(number, text, len, shown, from_1904, arena);
}

/* Of a date's text only what stands before its 40th byte counts. */
static double read_double(const char *text, size_t len)
{
    enum { MOST = 40 };
    char copy[MOST + 1];
    len = len < MOST ? len : MOST;
    memcpy(copy, text, len);
    copy[len] = '\0';
    return strtod(copy, NULL);
}

static bool is_date(struct shown shown)
{
    return shown.kind >= SHOWN_DATE;
}

/* Digits alone: false where they are not, or may not fit. */
static bool read_plain(const char *text, size_t len, int64_t *integer)
{
    enum { SHORT = 18 };
    if (len == 0 || len > SHORT || (text[0] == '0' && len > 1))
        return false;
    *integer = 0;
    for (size_t i = 0; i < len; i++) {
        if (!ascii_digit(text[i]))
            return false;
        *integer = *integer * 10 + (text[i] - '0');
    }
    return true;
}

struct value shown_text_value(const char *text, size_t len, struct shown shown,
                              bool from_1904, struct arena *arena)
{
    char out[SHOWN_MAX];
    int64_t plain;
    bool integer;
    bool is_plain = read_plain(text, len, &plain);
    if (is_plain && shown.kind == SHOWN_NUMBER)
        return (struct value){.integer = plain, .type = VALUE_INT};
    if (is_plain)
        return value_of((double)plain, text, len, shown, from_1904, arena);
    size_t digits = shown_digits(text, len, out, &integer);
    if (digits == 0)
        return value_text(memcpy(arena_alloc(arena, len), text, len), len);
    double number = is_date(shown) ? read_double(text, len) : 0;
    return value_of(number, out, digits, shown, from_1904, arena);
}
