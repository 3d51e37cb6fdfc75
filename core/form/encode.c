/* encode.c: from values to JSON, the hottest loop there is.
 *
 * One reservation covers the largest record the form allows, so that below it
 * bytes go straight to `to`. Every field begins with its lead (`,"Name":"`),
 * copied in fixed steps whatever its length; the first field's comma is
 * overwritten with the brace. A text is looked at as little as its flags
 * permit: units are counted only where there are more bytes than units
 * allowed, and escapes are looked for only where there may be some. Whatever
 * is not a well-behaved text goes the slow road of its type (validate.c). */
#include "types.h"

#include "base/json.h"
#include "base/utf8.h"

/* A copy that reads and writes exactly `len` bytes, inlined: most texts are
 * shorter than the price of a call. The two halves may overlap. */
static inline char *copy_text(char *to, const char *text, size_t len)
{
    if (len >= 16) {
        size_t at = 0;
        for (; at + 16 <= len; at += 16)
            memcpy(to + at, text + at, 16);
        memcpy(to + len - 16, text + len - 16, 16);
    } else if (len >= 8) {
        memcpy(to, text, 8);
        memcpy(to + len - 8, text + len - 8, 8);
    } else if (len >= 4) {
        memcpy(to, text, 4);
        memcpy(to + len - 4, text + len - 4, 4);
    } else if (len > 0) {
        to[0] = text[0];
        to[len / 2] = text[len / 2];
        to[len - 1] = text[len - 1];
    }
    return to + len;
}

static inline char *copy_lead(char *to, const struct field *field)
{
    const char *lead = field->lead;
    uint32_t at = 0;
    do {
        memcpy(to + at, lead + at, LEAD_STEP);
        at += LEAD_STEP;
    } while (at < field->lead_len);
    return to + field->lead_len;
}

/* As copy_text, for a text that may have something to escape: answers NULL
 * when it has. */
static inline char *copy_if_plain(char *to, const char *text, size_t len)
{
    uint64_t word, found = 0;
    if (len >= 8) {
        for (size_t at = 0; at + 8 < len; at += 8) {
            memcpy(&word, text + at, 8);
            memcpy(to + at, &word, 8);
            found |= json_specials(word);
        }
        memcpy(&word, text + len - 8, 8);
        memcpy(to + len - 8, &word, 8);
    } else {
        copy_text(to, text, len);
        memcpy(&word, "        ", 8);
        copy_text((char *)&word, text, len);
    }
    found |= json_specials(word);
    return found == 0 ? to + len : NULL;
}

/* Escapes after what was reserved already: no call here may move `out`. */
static char *copy_escaped(struct buf *out, char *to, const struct value *value)
{
    char *end = copy_if_plain(to, value->text, value->len);
    if (end != NULL)
        return end;
    out->len = (size_t)(to - out->at);
    json_escape(out, value->text, value->len);
    return out->at + out->len;
}

static inline bool is_too_long(const struct field *field,
                               const struct value *value)
{
    return value->len > field->max &&
           ((value->flags & VALUE_WIDE) == 0 || value->len > 3 * field->max ||
            utf8_units(value->text, value->len) > field->max);
}

/* A text that needs no second look: of an ordinary field, and not blank, as
 * no white space of Unicode's begins with a byte like its first. */
static inline bool is_plain(const struct field *field,
                            const struct value *value)
{
    if (value->type != VALUE_TEXT || value->len == 0 || field->special)
        return false;
    unsigned char first = (unsigned char)value->text[0];
    return first > 0x20 && first < 0xE1 && first != 0xC2;
}

/* Goes on after a fault, so that all are found; nothing is kept then but the
 * faults. */
bool form_encode(const struct form *form, const struct value *values,
                 struct faults *faults, struct buf *out)
{
    size_t start = out->len;
    char *first = buf_reserve(out, form->room);
    char *to = first;
    for (unsigned i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        const struct value *value = &values[i];
        struct settled settled;
        if (!is_plain(field, value)) {
            if (value->type == VALUE_NIL && !field->required)
                continue;
            if (!field->type->settle(field, i == form->key, value, &settled,
                                     faults))
                continue;
            value = &settled.value;
        }
        if (is_too_long(field, value)) {
            field_too_long(field, value, faults);
            continue;
        }
        to = copy_lead(to, field);
        if ((value->flags & VALUE_ESCAPE) != 0)
            to = copy_escaped(out, to, value);
        else
            to = copy_text(to, value->text, value->len);
        *to = '"';
        to += field->quoted;
    }
    out->len = start;
    if (faults->count > 0)
        return false;
    *to++ = '}';
    *first = '{';
    out->len = start + (size_t)(to - first);
    return true;
}
