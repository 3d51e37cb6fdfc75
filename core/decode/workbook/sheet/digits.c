/* digits.c: a number's digits without its exponent.
 *
 * A number is taken apart into its significant digits and the place of its
 * point; what has more of them than a spreadsheet shows goes through a double
 * and fifteen digits, as there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "format.h"
#include "value.h"

enum {
    DIGITS = 330, /* more have no double */
    EXACT = 15,   /* digits that a spreadsheet shows */
    WHOLE = 17,   /* digits that bring any double back */
    FAR = 100000, /* an exponent that is too large whatever the digits */
};

/* 0.DIGITS times 10 to the power of `point`; no digits: 0. */
struct digits {
    char digit[DIGITS];
    int count, point;
    bool negative, exponent;
};

static bool add_digit(struct digits *digits, char digit, bool whole)
{
    bool leading = digits->count == 0 && digit == '0';
    if (digits->point > FAR || digits->point < -FAR)
        return false;
    digits->point += whole ? !leading : -(int)leading;
    if (!leading && digits->count < DIGITS)
        digits->digit[digits->count++] = digit;
    return digits->count < DIGITS || !whole;
}

/* Answers what follows the digits, NULL where they are too many. */
static const char *read_mantissa(struct digits *digits, const char *at,
                                 const char *end)
{
    const char *start = at;
    bool point = false;
    for (; at < end && (ascii_digit(*at) || (*at == '.' && !point)); at++)
        if (*at == '.')
            point = true;
        else if (!add_digit(digits, *at, !point))
            return NULL;
    return at - start > (int)point ? at : NULL;
}

static const char *read_exponent(struct digits *digits, const char *at,
                                 const char *end)
{
    int exponent = 0;
    bool negative = ++at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at == end)
        return NULL;
    for (; at < end && ascii_digit(*at); at++)
        if (exponent < FAR)
            exponent = exponent * 10 + (*at - '0');
    digits->point += negative ? -exponent : exponent;
    digits->exponent = true;
    return at;
}

static bool read(struct digits *digits, const char *at, size_t len)
{
    const char *end = at + len;
    digits->count = digits->point = 0;
    digits->exponent = false;
    while (at < end && ascii_blank(*at))
        at++;
    while (at < end && ascii_blank(end[-1]))
        end--;
    digits->negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    at = read_mantissa(digits, at, end);
    if (at != NULL && at < end && (*at == 'e' || *at == 'E'))
        at = read_exponent(digits, at, end);
    while (digits->count > 0 && digits->digit[digits->count - 1] == '0')
        digits->count--;
    return at == end;
}

static char *put_zeros(char *out, int count)
{
    for (; count > 0; count--)
        *out++ = '0';
    return out;
}

static char *put(char *out, const char *digits, int count)
{
    if (count > 0)
        memcpy(out, digits, (size_t)count);
    return out + (count > 0 ? count : 0);
}

/* What is too small for a double is 0. */
static size_t write_digits(const struct digits *digits, char *out)
{
    char *at = out;
    int count = digits->count, point = digits->point;
    if (count == 0 || point < -DIGITS) {
        *out = '0';
        return 1;
    }
    if (digits->negative)
        *at++ = '-';
    int whole = point < count ? point : count;
    at = put(at, digits->digit, whole);
    at = put_zeros(at, point <= 0 ? 1 : point - count);
    if (point < count) {
        *at++ = '.';
        at = put_zeros(at, -point);
        whole = whole > 0 ? whole : 0;
        at = put(at, digits->digit + whole, count - whole);
    }
    return (size_t)(at - out);
}

static bool is_integer(const char *text, size_t len)
{
    struct value decimal = value_text(text, len);
    int64_t integer;
    return decimal_integer(&decimal, &integer);
}

/* The shortest text of at most `most` digits that is the number; a fraction is
 * rounded to the first number of them. */
static size_t write_double(double number, int most, char *out)
{
    enum { TEXT = 40 };
    char text[TEXT];
    struct digits digits;
    for (int count = EXACT; count <= most; count++) {
        snprintf(text, sizeof text, "%.*e", count - 1, number);
        if (strtod(text, NULL) == number)
            break;
    }
    read(&digits, text, strlen(text));
    return write_digits(&digits, out);
}

/* Most numbers have few digits. Where a whole number divided by a power of ten
 * is the number, its digits are the number's: both are exact in a double, the
 * division rounds once, and fifteen digits come back from that. 0: others. */
static size_t write_short(double number, char *out)
{
    static const double tens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    const double exact = 1e15;
    for (int places = 0; places < (int)(sizeof tens / sizeof tens[0]);
         places++) {
        double scaled = nearbyint(fabs(number) * tens[places]);
        if (scaled >= exact)
            break;
        if (scaled / tens[places] != fabs(number))
            continue;
        struct digits digits = {.negative = number < 0};
        char *end = digits.digit + EXACT, *at = end;
        for (uint64_t left = (uint64_t)scaled; left > 0; left /= 10)
            *--at = (char)('0' + left % 10);
        digits.count = (int)(end - at);
        digits.point = digits.count - places;
        memmove(digits.digit, at, (size_t)digits.count);
        return write_digits(&digits, out);
    }
    return 0;
}

size_t shown_number(double number, char *out, bool *integer)
{
    *integer = false;
    if (!isfinite(number))
        return 0;
    bool whole = number == floor(number);
    size_t len = write_short(number, out);
    if (len == 0)
        len = write_double(number, whole ? WHOLE : EXACT, out);
    *integer = is_integer(out, len);
    return len;
}

/* Digits alone, as most numbers of a file are. */
static bool is_plain(const char *text, size_t len)
{
    enum { SHORT = 18 }; /* they fit an int64_t */
    if (len == 0 || len > SHORT || (text[0] == '0' && len > 1))
        return false;
    for (size_t i = 0; i < len; i++)
        if (!ascii_digit(text[i]))
            return false;
    return true;
}

/* More digits than are shown, by way of a double. */
static size_t round_digits(const struct digits *digits, char *out,
                           bool *integer)
{
    char text[DIGITS + 32];
    snprintf(text, sizeof text, "%s0.%.*se%d", digits->negative ? "-" : "",
             digits->count, digits->digit, digits->point);
    return shown_number(strtod(text, NULL), out, integer);
}

size_t shown_digits(const char *text, size_t len, char *out, bool *integer)
{
    enum { MOST = 309 }; /* digits of the largest double */
    struct digits digits;
    *integer = true;
    if (is_plain(text, len)) {
        memcpy(out, text, len);
        return len;
    }
    if (!read(&digits, text, len))
        return 0;
    bool whole = digits.point >= digits.count && !digits.exponent;
    if (digits.count > EXACT && !whole && digits.point >= -DIGITS)
        return round_digits(&digits, out, integer);
    if (digits.count > 0 && digits.point > MOST) {
        *integer = false;
        return 0;
    }
    len = write_digits(&digits, out);
    *integer = is_integer(out, len);
    return len;
}
