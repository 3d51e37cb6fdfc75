/* number.c: texts that mean a number.
 *
 * A text is a number as a whole or it is refused, with the text shown. "1.234"
 * is 1234 where "." stands between thousands and 1.234 where it is the decimal
 * sign, so groups must have three digits each, and a first group that is 0 is
 * none. Where nobody has said which sign is which, such a text is doubtful. An
 * exponent is refused: spreadsheets write one where they have shortened a
 * number, and its digits are lost. */
#include "answer.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "warning.h"

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
    unsigned groups;   /* signs between thousands */
    unsigned digits;
    unsigned decimals; /* of them, after the point */
    bool sign, negative, point;
    bool exponent; /* refused for one */
};

static bool put(struct reading *reading, char c)
{
    if (reading->len + 1 >= NUMBER_ROOM)
        return false;
    reading->plain[reading->len++] = c;
    reading->plain[reading->len] = '\0';
    return true;
}

/* Blanks between thousands; a tab or a line end keeps two numbers apart. */
static bool is_blank(int32_t rune)
{
    return rune >= ' ' && rune != 0x85 && utf8_is_space(rune);
}

/* A sign between thousands: the one that was said, or a blank; always the
 * same one, three digits after each and one to three before the first, of
 * which 0,125 has none. */
static bool take_group(struct reading *reading, int32_t rune)
{
    if (rune != reading->group && !is_blank(rune))
        return false;
    bool begun = reading->grouped_by != 0;
    if (reading->point ||
        (begun ? rune != reading->grouped_by || reading->in_group != 3
               : reading->in_group < 1 || reading->in_group > 3 ||
                     reading->plain[0] == '0'))
        return false;
    reading->grouped_by = rune;
    reading->groups++;
    reading->in_group = 0;
    return true;
}

static bool groups_are_whole(const struct reading *reading)
{
    return reading->grouped_by == 0 || reading->in_group == 3;
}

/* One character. What cannot follow here makes the whole text no number:
 * guessing would make wrong amounts. */
static bool take(struct reading *reading)
{
    int32_t rune = utf8_next(&reading->at, reading->end);
    if (ascii_digit(rune)) {
        reading->digits++;
        reading->decimals += reading->point;
        reading->in_group += !reading->point;
        return put(reading, (char)rune);
    }
    if (rune == reading->decimal) {
        if (reading->point || !groups_are_whole(reading))
            return false;
        reading->point = true;
        return put(reading, '.');
    }
    if (rune == 'e' || rune == 'E')
        reading->exponent = reading->digits > 0;
    if (rune == '-' && reading->at == reading->end && !reading->sign)
        return reading->negative = true; /* SAP writes 12.50- */
    return take_group(reading, rune);
}

/* Signs stand before the digits (also the typographic minus) or, as SAP writes
 * them, after them. */
static bool read_number(struct reading *reading)
{
    const char *at = reading->at;
    int32_t sign = utf8_next(&at, reading->end);
    reading->sign = sign == '-' || sign == '+' || sign == MINUS;
    if (reading->sign)
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
    if (reading->point) {
        size_t len = reading->len; /* 12.00 is 12 */
        while (plain[len - 1] == '0')
            len--;
        if (plain[len - 1] == '.')
            plain[len - 1] = '\0';
    }
    if (strchr(plain, '.') == NULL) {
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
        if (at == end && !ascii_digit(*sign) && *sign != '-' && *sign != '+')
            return true;
    }
    return text_refuse(call, "number: %s is %s, not one sign", name,
                       text_show(call, option));
}

/* 1.500 is 1.5 in some countries, and 1500 in others. */
static void doubt(struct text_call *call, const struct reading *reading,
                  const struct value *text, const struct value *answer)
{
    struct value taken;
    unsigned whole = reading->digits - reading->decimals;
    bool decimal = reading->grouped_by == 0 && reading->decimals == 3 &&
                   whole >= 1 && whole <= 3 && reading->plain[0] != '0';
    bool group = reading->grouped_by == reading->group &&
                 reading->groups == 1 && !reading->point;
    if ((decimal || group) && text_of(call, answer, &taken))
        text_warn(call, WARNING_NUMBER, text,
                  "%s is taken for %.*s (say { decimal = \".\" } or "
                  "{ decimal = \",\" })",
                  text_show(call, text), (int)taken.len, taken.text);
}

/* The text as a number. */
static bool read_text(struct text_call *call, struct reading *reading,
                      const struct text_args *args, struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    text = text_trimmed(text);
    reading->at = text.text;
    reading->end = text.text + text.len;
    if (!read_number(reading) || !number_value(reading, answer))
        return text_refuse(
            call, "%s is not a number%s", text_show(call, &text),
            reading->exponent ? " (an exponent: its digits are lost)" : "");
    if (args->options == NULL || (args->options[0].type == VALUE_NIL &&
                                  args->options[1].type == VALUE_NIL))
        doubt(call, reading, &text, answer);
    return true;
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
    return read_text(call, &reading, args, answer);
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
