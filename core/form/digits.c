/* digits.c: numbers that have no digit: `không có` in place of a telephone
 * number, a name in that of an account. */
#include "kind.h"
#include "questions.h"

#include <string.h>

/* Full-width ones are digits too; they are told as what they are. */
static bool has_digit(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool wide = len - i >= 3 && memcmp(text + i, "\xEF\xBC", 2) == 0 &&
                    (unsigned char)text[i + 2] >= 0x90 &&
                    (unsigned char)text[i + 2] <= 0x99;
        if (wide || (text[i] >= '0' && text[i] <= '9'))
            return true;
    }
    return false;
}

/* A text function has told what is no number already; in a `map` it did not
 * know the field. */
static bool is_told(const struct looked *looked, enum warning_kind kind)
{
    const struct warnings *warnings = looked->faults->warnings;
    for (unsigned i = 0; warnings != NULL && i < warnings->count; i++) {
        const struct warning *one = &warnings->all[i];
        if (one->kind != kind)
            continue;
        if (strcmp(one->field, looked->field->name) == 0 ||
            strcmp(one->value, warning_show(warnings->arena, looked->value)) ==
                0)
            return true;
    }
    return false;
}

bool look_digits(struct looked *looked)
{
    const struct field_kind *kind = looked->field->kind;
    if (kind->road != ROAD_NUMBER ||
        has_digit(looked->value->text, looked->value->len) ||
        is_told(looked, kind->doubt))
        return true;
    looked_warn(looked, kind->doubt, "%s: there is no digit in it",
                looked_shown(looked));
    return true;
}
