/* The rulings on values: which are absent, which become text, which are
 * faults. A ruling is a function of its value's type; what they share is that
 * a fault shows the value and says what it must be. */
#include "validate.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"

enum { SHOWN_UNITS = 24 };

/* Doubles below hold every integer; from here on one may be another rounded. */
static const double exact_limit = 9007199254740992.0;

void faults_add(struct faults *faults, const char *field, const char *format,
                ...)
{
    if (faults->count == FORM_MAX_FIELDS)
        return;
    for (unsigned i = 0; i < faults->count; i++) {
        if (field[0] != '\0' && strcmp(faults->all[i].field, field) == 0)
            return;
    }
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t size = len < 0 ? 1 : (size_t)len + 1;
    char *text = arena_alloc(faults->arena, size);
    text[0] = '\0';
    va_start(args, format);
    vsnprintf(text, size, format, args);
    va_end(args);
    faults->all[faults->count++] = (struct fault){field, text};
}

/* Of two faults, is the first one to be told later? */
static bool is_later(const struct form *form, const struct fault *a,
                     const struct fault *b)
{
    int first = form_field(form, a->field, strlen(a->field));
    int second = form_field(form, b->field, strlen(b->field));
    return first != second ? first > second : strcmp(a->text, b->text) > 0;
}

void faults_sort(struct faults *faults, const struct form *form)
{
    struct fault *all = faults->all;
    for (unsigned i = 1; i < faults->count; i++) {
        struct fault fault = all[i];
        unsigned at = i;
        for (; at > 0 && is_later(form, &all[at - 1], &fault); at--)
            all[at] = all[at - 1];
        all[at] = fault;
    }
}

/* The start of a text in quotes, on one line, as messages show it. */
static const char *shown_text(const struct value *value, struct arena *arena)
{
    size_t len = utf8_cut(value->text, value->len, SHOWN_UNITS);
    char *shown = arena_alloc(arena, len + sizeof "\"…\"");
    char *to = shown;
    *to++ = '"';
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)value->text[i];
        *to++ = c < 0x20 || c == 0x7F ? ' ' : (char)c;
    }
    bool cut = len < value->len;
    memcpy(to, cut ? "…\"" : "\"", cut ? sizeof "…\"" : sizeof "\"");
    return shown;
}

static const char *shown(const struct value *value, struct arena *arena)
{
    char *to;
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
    case VALUE_DECIMAL:
        return shown_text(value, arena);
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
    case VALUE_MAP:
        return "a map";
    case VALUE_LIST:
        return "a list";
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
    const char *quote = field->type == FIELD_STRING ? "\"" : "";
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

static bool not_a_choice(const struct field *field, const struct value *value,
                         struct faults *faults)
{
    faults_add(faults, field->name, "%s: must be %s",
               shown(value, faults->arena),
               shown_choices(field, faults->arena));
    return false;
}

static bool refuse(const struct field *field, const struct value *value,
                   const char *why, struct faults *faults)
{
    if (field->choices != NULL)
        return not_a_choice(field, value, faults);
    faults_add(faults, field->name, "%s: %s", shown(value, faults->arena), why);
    return false;
}

static bool absent(const struct field *field, struct faults *faults)
{
    if (field->required)
        faults_add(faults, field->name, "missing (required)");
    return false;
}

static bool chosen(const struct field *field, const struct value *original,
                   const struct value *text, struct faults *faults)
{
    if (field->choices == NULL)
        return true;
    if (text->len == 1 && text->text[0] != '\0' &&
        strchr(field->choices, text->text[0]) != NULL)
        return true;
    return not_a_choice(field, original, faults);
}

/* Certainly no white space, and no part of any. */
static bool is_ink(char c)
{
    return c > 0x20 && c < 0x7F;
}

static bool settle_text(const struct field *field, bool key,
                        const struct value *value, struct settled *settled,
                        struct faults *faults)
{
    const char *start = value->text;
    const char *end = start + value->len;
    settled->value = *value;
    if (start == end || !is_ink(*start) || !is_ink(end[-1]))
        utf8_trim(&start, &end);
    if (start == end)
        return absent(field, faults);
    if (key) {
        settled->value.text = start;
        settled->value.len = (uint32_t)(end - start);
    }
    return chosen(field, value, &settled->value, faults);
}

static bool settle_integer(const struct field *field, int64_t integer,
                           const struct value *original,
                           struct settled *settled, struct faults *faults)
{
    char *end = settled->digits + sizeof settled->digits;
    char *at = end;
    uint64_t rest = integer < 0 ? 0 - (uint64_t)integer : (uint64_t)integer;
    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (integer < 0)
        *--at = '-';
    settled->value = (struct value){
        .text = at, .len = (uint32_t)(end - at), .type = VALUE_TEXT};
    return chosen(field, original, &settled->value, faults);
}

static bool settle_number(const struct field *field, const struct value *value,
                          struct settled *settled, struct faults *faults)
{
    double number = value->number;
    if (!isfinite(number) || trunc(number) != number)
        return refuse(field, value, "must be text or a whole number", faults);
    if (fabs(number) >= exact_limit)
        return refuse(field, value,
                      "too large a number to have kept its digits; "
                      "it must be text",
                      faults);
    return settle_integer(field, (int64_t)number, value, settled, faults);
}

static bool settle_bool(const struct field *field, const struct value *value,
                        struct settled *settled, struct faults *faults)
{
    if (field->choices == NULL || strcmp(field->choices, "10") != 0)
        return refuse(field, value, "must be text", faults);
    return settle_integer(field, value->truth, value, settled, faults);
}

static bool settle_empty(const struct field *field, const struct value *value,
                         struct settled *settled, struct faults *faults)
{
    if (field->required)
        return absent(field, faults);
    if (field->choices != NULL)
        return not_a_choice(field, value, faults);
    settled->value = (struct value){.text = "", .type = VALUE_TEXT};
    return true;
}

bool field_settle(const struct form *form, unsigned i,
                  const struct value *value, struct settled *settled,
                  struct faults *faults)
{
    const struct field *field = &form->fields[i];
    switch ((enum value_type)value->type) {
    case VALUE_NIL:
        return absent(field, faults);
    case VALUE_TEXT:
    case VALUE_DECIMAL:
        return settle_text(field, i == form->key, value, settled, faults);
    case VALUE_INT:
        return settle_integer(field, value->integer, value, settled, faults);
    case VALUE_NUMBER:
        return settle_number(field, value, settled, faults);
    case VALUE_BOOL:
        return settle_bool(field, value, settled, faults);
    case VALUE_EMPTY:
        return settle_empty(field, value, settled, faults);
    case VALUE_MAP:
    case VALUE_LIST:
        break;
    }
    return refuse(field, value, "must be text", faults);
}

void field_too_long(const struct field *field, const struct value *value,
                    struct faults *faults)
{
    faults_add(faults, field->name, "%zu characters, at most %u: %s",
               utf8_units(value->text, value->len), field->max,
               shown_text(value, faults->arena));
}
