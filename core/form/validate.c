/* validate.c: the rulings on values: which are absent, which become text, which
 * are faults. A ruling is a function of its value's type, found in a table;
 * what they share is that a fault shows the value and says what it must be. */
#include "validate.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/screen/show.h"
#include "base/utf8.h"

enum { SHOWN_UNITS = 24 };

/* Doubles below hold every integer; from here on one may be another rounded. */
static const double exact_limit = 9007199254740992.0;

const char *field_shown(const struct value *value, struct arena *arena)
{
    size_t len = utf8_cut(value->text, value->len, SHOWN_UNITS);
    return show_keep(arena, "\"", value->text, len,
                     len < value->len ? "…\"" : "\"");
}

/* A value as messages show it: what is no text stands without quotes, so that
 * 7 and "7" are told apart. */
static const char *shown(const struct value *value, struct arena *arena)
{
    char *to;
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        return field_shown(value, arena);
    case VALUE_INT:
        to = arena_alloc(arena, 24);
        snprintf(to, 24, "%" PRId64, value->integer);
        return to;
    case VALUE_NUMBER:
        to = arena_alloc(arena, 32);
        snprintf(to, 32, "%.14g", value->number);
        return to;
    case VALUE_BOOL:
        return value->truth ? "true" : "false";
    case VALUE_DECIMAL:
        to = arena_alloc(arena, value->len + 1);
        memcpy(to, value->text, value->len);
        to[value->len] = '\0';
        return to;
    case VALUE_LIST:
    case VALUE_MAP:
        to = arena_alloc(arena, 32);
        snprintf(to, 32, "a %s of %" PRIu32,
                 value->type == VALUE_LIST ? "list" : "map", value->len);
        return to;
    case VALUE_EMPTY:
        return "fast.empty";
    case VALUE_NIL:
        break;
    }
    return "nil";
}

/* `"1" or "0"`, and `1 or 0` for a Byte. */
static const char *shown_choices(const struct field *field, struct arena *arena)
{
    const char *quote = field->quoted ? "\"" : "";
    size_t count = strlen(field->choices);
    size_t size = count * sizeof "\"1\" or ";
    char *list = arena_alloc(arena, size + 1);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const char *between = i == 0 ? "" : i + 1 < count ? ", " : " or ";
        at += (size_t)snprintf(list + at, size + 1 - at, "%s%s%c%s", between,
                               quote, field->choices[i], quote);
    }
    return list;
}

/* One value of one field on its way. */
struct ruling {
    const struct field *field;
    bool key;
    const struct value *value;
    struct settled *settled;
    struct faults *faults;
};

static bool not_a_choice(const struct ruling *ruling)
{
    struct arena *arena = ruling->faults->arena;
    faults_add(ruling->faults, ruling->field->name, "%s: must be %s",
               shown(ruling->value, arena),
               shown_choices(ruling->field, arena));
    return false;
}

/* Where there are choices they are the better answer, whatever the value is. */
static bool refuse(const struct ruling *ruling, const char *why)
{
    if (ruling->field->choices != NULL)
        return not_a_choice(ruling);
    faults_add(ruling->faults, ruling->field->name, "%s: %s",
               shown(ruling->value, ruling->faults->arena), why);
    return false;
}

/* Absent is no fault by itself: the field is left out, and what Fast holds
 * stays. */
static bool absent(const struct ruling *ruling)
{
    if (ruling->field->required)
        faults_add(ruling->faults, ruling->field->name, "missing (required)");
    return false;
}

/* The text is what is encoded, if it is a choice where there are choices. The
 * digits of a number may end their memory. */
static bool settle(const struct ruling *ruling, struct value text)
{
    const char *choices = ruling->field->choices;
    if (ruling->value->type != VALUE_TEXT)
        text.flags |= VALUE_TIGHT;
    ruling->settled->value = text;
    if (choices == NULL || (text.len == 1 && text.text[0] != '\0' &&
                            strchr(choices, text.text[0]) != NULL))
        return true;
    return not_a_choice(ruling);
}

/* Certainly no white space, and no part of any. */
static bool is_ink(char c)
{
    return c > 0x20 && c < 0x7F;
}

/* White space alone is as good as nothing, or a blank cell would wipe what
 * Fast holds. Only the key is sent trimmed: codes are compared, other texts
 * are people's own. */
static bool rule_text(const struct ruling *ruling)
{
    struct value text = *ruling->value;
    const char *start = text.text;
    const char *end = start + text.len;
    if (start == end || !is_ink(*start) || !is_ink(end[-1]))
        utf8_trim(&start, &end);
    if (start == end)
        return absent(ruling);
    if (ruling->key) {
        text.text = start;
        text.len = (uint32_t)(end - start);
    }
    return settle(ruling, text);
}

/* By hand, from the last digit: a number of every row comes by here, and
 * printf is far slower. */
static bool settle_integer(const struct ruling *ruling, int64_t integer)
{
    struct settled *settled = ruling->settled;
    char *end = settled->digits + sizeof settled->digits;
    char *at = end;
    uint64_t rest = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (integer < 0)
        *--at = '-';
    return settle(ruling, (struct value){.text = at,
                                         .len = (uint32_t)(end - at),
                                         .type = VALUE_TEXT});
}

static bool rule_integer(const struct ruling *ruling)
{
    return settle_integer(ruling, ruling->value->integer);
}

/* A number that the input wrote down is sent as it was written; the server
 * reads texts. */
static bool rule_decimal(const struct ruling *ruling)
{
    struct value text = *ruling->value;
    text.type = VALUE_TEXT;
    return settle(ruling, text);
}

/* A double that was computed: 12.5 has no text that all agree on (12.50?
 * 12,5?), so the script says which. */
static bool rule_number(const struct ruling *ruling)
{
    double number = ruling->value->number;
    if (!isfinite(number) || trunc(number) != number)
        return refuse(ruling, "must be text or a whole number");
    if (fabs(number) >= exact_limit)
        return refuse(ruling, "too large a number to have kept its digits; "
                              "it must be text");
    return settle_integer(ruling, (int64_t)number);
}

/* Fast has no booleans; a field of "10" is one in all but name. */
static bool rule_bool(const struct ruling *ruling)
{
    const char *choices = ruling->field->choices;
    if (choices == NULL || strcmp(choices, "10") != 0)
        return refuse(ruling, "must be text");
    return settle_integer(ruling, ruling->value->truth);
}

/* fast.empty wipes the field on purpose, which a required one cannot be. */
static bool rule_empty(const struct ruling *ruling)
{
    if (ruling->field->required)
        return absent(ruling);
    if (ruling->field->choices != NULL)
        return not_a_choice(ruling);
    return settle(ruling, (struct value){.text = "", .type = VALUE_TEXT});
}

static bool rule_list(const struct ruling *ruling)
{
    return refuse(ruling, "must be text (join makes one)");
}

static bool rule_map(const struct ruling *ruling)
{
    return refuse(ruling, "must be text (name one of its members)");
}

/* To add a type of values: its ruling here. */
static bool rule(const struct ruling *ruling)
{
    static bool (*const rulings[])(const struct ruling *) = {
        [VALUE_NIL] = absent,           [VALUE_TEXT] = rule_text,
        [VALUE_INT] = rule_integer,     [VALUE_NUMBER] = rule_number,
        [VALUE_DECIMAL] = rule_decimal, [VALUE_BOOL] = rule_bool,
        [VALUE_EMPTY] = rule_empty,     [VALUE_LIST] = rule_list,
        [VALUE_MAP] = rule_map,
    };
    return rulings[ruling->value->type](ruling);
}

bool settle_string(const struct field *field, bool key,
                   const struct value *value, struct settled *settled,
                   struct faults *faults)
{
    return rule(&(struct ruling){field, key, value, settled, faults});
}

/* 1.00 is 1: a database may give its flags that many places. */
static struct value without_zeros(struct value decimal)
{
    decimal.type = VALUE_TEXT;
    const char *point = memchr(decimal.text, '.', decimal.len);
    if (point == NULL)
        return decimal;
    const char *end = decimal.text + decimal.len;
    while (end > point && (end[-1] == '0' || end - 1 == point))
        end--;
    if (end == point)
        decimal.len = (uint32_t)(end - decimal.text);
    return decimal;
}

bool settle_byte(const struct field *field, bool key, const struct value *value,
                 struct settled *settled, struct faults *faults)
{
    struct ruling ruling = {field, key, value, settled, faults};
    if (value->type == VALUE_DECIMAL)
        return settle(&ruling, without_zeros(*value));
    return rule(&ruling);
}

void field_too_long(const struct field *field, const struct value *value,
                    struct faults *faults)
{
    char units[NUMBER_TEXT], max[NUMBER_TEXT];
    faults_add(faults, field->name, "%s characters, at most %s: %s",
               number_text(utf8_units(value->text, value->len), units),
               number_text(field->max, max), field_shown(value, faults->arena));
}
