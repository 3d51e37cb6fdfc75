/* number.c: texts that mean a number.
 *
 * A text is a number as a whole or it is refused, with the text shown. "1.234"
 * is 1234 where "." stands between thousands and 1.234 where it is the decimal
 * sign, so groups must have three digits each, and nothing is guessed. */
#include "answer.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"

/* A double keeps so many digits, whatever they are. */
enum { NUMBER_ROOM = 80, MINUS = 0x2212, EXACT_DIGITS = 15 };

/* A number while it is read; `plain` is what strtod takes. */
struct reading {
    const char *at, *end;
    int32_t decimal, group; /* the signs; group 0: blanks alone */
    int32_t grouped_by;     /* the sign that was met first */
    char plain[NUMBER_ROOM];
    size_t len;
    unsigned in_group; /* digits since the last sign */
    unsigned digits;   /* all of the mantissa */
    bool negative, point, exponent;
};

static bool put(struct reading *reading, char c)
{
    if (reading->len + 1 >= NUMBER_ROOM)
        return false;
    reading->plain[reading->len++] = c;
    reading->plain[reading->len] = '\0';
    return true;
}

static bool is_digit(int32_t rune)
{
    return rune >= '0' && rune <= '9';
}

/* A sign between thousands: the one that was said, or a blank; always the
 * same one, three digits after each and one to three before the first. */
static bool take_group(struct reading *reading, int32_t rune)
{
    if (rune != reading->group && !utf8_is_space(rune))
        return false;
    bool begun = reading->grouped_by != 0;
    if (reading->point || reading->exponent ||
        (begun ? rune != reading->grouped_by || reading->in_group != 3
               : reading->in_group < 1 || reading->in_group > 3))
        return false;
    reading->grouped_by = rune;
    reading->in_group = 0;
    return true;
}

static bool groups_are_whole(const struct reading *reading)
{
    return reading->grouped_by == 0 || reading->in_group == 3;
}

/* `E+08` up to the end. */
static bool take_exponent(struct reading *reading)
{
    if (reading->digits == 0 || reading->exponent || !put(reading, 'e'))
        return false;
    reading->exponent = true;
    if (reading->at < reading->end &&
        (*reading->at == '-' || *reading->at == '+') &&
        !put(reading, *reading->at++))
        return false;
    return reading->at < reading->end;
}

/* One character. What cannot follow here makes the whole text no number:
 * guessing would make wrong amounts. */
static bool take(struct reading *reading)
{
    int32_t rune = utf8_next(&reading->at, reading->end);
    if (is_digit(rune)) {
        reading->digits += !reading->exponent;
        reading->in_group += !reading->point;
        return put(reading, (char)rune);
    }
    if (rune == reading->decimal) {
        if (reading->point || reading->exponent || !groups_are_whole(reading))
            return false;
        reading->point = true;
        return put(reading, '.');
    }
    if (rune == 'e' || rune == 'E')
        return groups_are_whole(reading) && take_exponent(reading);
    if (rune == '-' && reading->at == reading->end && !reading->negative)
        return reading->negative = true; /* SAP writes 12.50- */
    return take_group(reading, rune);
}

/* Signs stand before the digits (also the typographic minus) or, as SAP writes
 * them, after them. */
static bool read_number(struct reading *reading)
{
    const char *at = reading->at;
    int32_t sign = utf8_next(&at, reading->end);
    if (sign == '-' || sign == '+' || sign == MINUS)
        reading->at = at;
    reading->negative = sign == '-' || sign == MINUS;
    while (reading->at < reading->end)
        if (!take(reading))
            return false;
    return reading->digits > 0 && (reading->point || groups_are_whole(reading));
}

/* What was read as an integer where it is one, keeping all its digits. */
static bool number_value(struct reading *reading, struct value *answer)
{
    char *plain = reading->plain;
    if (reading->point && !reading->exponent) {
        size_t len = reading->len; /* 12.00 is 12 */
        while (plain[len - 1] == '0')
            len--;
        if (plain[len - 1] == '.')
            plain[len - 1] = '\0';
    }
    if (strpbrk(plain, ".e") == NULL) {
        errno = 0;
        int64_t integer = strtoll(plain, NULL, 10);
        *answer =
            (struct value){.integer = reading->negative ? -integer : integer,
                           .type = VALUE_INT};
        return errno == 0;
    }
    double number = strtod(plain, NULL);
    if (reading->negative)
        number = -number;
    *answer = (struct value){.number = number, .type = VALUE_NUMBER};
    if (number == floor(number) && reading->digits > EXACT_DIGITS)
        return false; /* only rounded is it a whole one */
    if (fabs(number) < 9e15 && number == floor(number))
        *answer = (struct value){.integer = (int64_t)number, .type = VALUE_INT};
    return isfinite(number) != 0;
}

/* The one character of an option; 0 for "". */
static bool option_sign(struct text_call *call, const char *name,
                        const struct value *option, int32_t *sign)
{
    if (option->type == VALUE_NIL)
        return true;
    *sign = 0;
    if (option->type == VALUE_TEXT && option->len == 0 && *name == 'g')
        return true;
    if (option->type == VALUE_TEXT && option->len > 0) {
        const char *at = option->text, *end = at + option->len;
        *sign = utf8_next(&at, end);
        if (at == end && !is_digit(*sign) && *sign != '-' && *sign != '+')
            return true;
    }
    return text_refuse(call, "number: %s is %s, not one sign", name,
                       text_show(call, option));
}

/* What is a number already is answered as it is; decimals keep their digits,
 * whatever the signs asked for. */
static bool number(struct text_call *call, const struct text_args *args,
                   struct value *answer)
{
    struct reading reading = {.decimal = '.'};
    if (args->options != NULL &&
        !option_sign(call, "decimal", &args->options[0], &reading.decimal))
        return false;
    reading.group = reading.decimal == ',' ? '.' : ',';
    if (args->options != NULL &&
        !option_sign(call, "group", &args->options[1], &reading.group))
        return false;
    if (reading.group == reading.decimal)
        return text_refuse(call, "number: decimal and group are the same");
    *answer = args->all[0];
    if (answer->type == VALUE_INT || answer->type == VALUE_DECIMAL)
        return true;
    if (text_blank(answer)) {
        *answer = (struct value){.type = VALUE_NIL};
        return true;
    }
    if (answer->type == VALUE_NUMBER) {
        double given = answer->number;
        if (given == floor(given) && fabs(given) < 9e15)
            *answer =
                (struct value){.integer = (int64_t)given, .type = VALUE_INT};
        return true;
    }
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    text = text_trimmed(text);
    reading.at = text.text;
    reading.end = text.text + text.len;
    return (read_number(&reading) && number_value(&reading, answer)) ||
           text_refuse(call, "%s is not a number", text_show(call, &text));
}

/* clang-format off */
static const char *const number_options[] = {"decimal", "group", NULL};

const struct text_function text_number[] = {
    {.name = "number", .usage = "number(s, { decimal = \",\" })",
     .help = "a number; group is the sign between thousands",
     .answer = "number?", .shape = {ARG_ANY, ARG_OPTIONS | ARG_OPTIONAL},
     .call = number, .options = number_options},
    {.name = NULL},
};
/* clang-format on */
