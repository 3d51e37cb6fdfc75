/* encode.c: from values to JSON, the hottest loop there is.
 *
 * One reservation covers the largest record the form allows, so that below it
 * bytes go straight to `to`. Every field begins with its lead (`,"Name":"`),
 * copied in fixed steps whatever its length; the first field's comma is
 * overwritten with the brace. A text is looked at as little as its flags
 * permit: units are counted only where there are more bytes than units
 * allowed, and escapes are looked for only where there may be some. Whatever
 * is not a well-behaved text goes the slow road of its type (validate.c). */
#include "look.h"
#include "ordinary.h"
#include "types.h"

#include "base/json.h"
#include "base/utf8.h"

/* Is there a letter in the text that can be nothing but Vietnamese? The text
 * may be read beyond its end. */
static inline bool has_viet(const char *text, size_t len)
{
    for (size_t at = 0; at < len; at += COPY_STEP) {
        scan_word first, second;
        memcpy(&first, text + at, sizeof first);
        memcpy(&second, text + at + sizeof first, sizeof second);
        if (scan_pair_mask(ordinary_viet(first), ordinary_viet(second),
                           len - at) != 0)
            return true;
    }
    return false;
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

/* Copies a text that may have something to escape: answers NULL when it has.
 */
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
        copy_exact(to, text, len);
        memcpy(&word, "        ", 8);
        copy_exact((char *)&word, text, len);
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

static char *put_text(struct buf *out, char *to, const struct field *field,
                      const struct value *value)
{
    to = copy_lead(to, field);
    if ((value->flags & VALUE_SPECIAL) != 0) {
        to = copy_escaped(out, to, value);
    } else {
        value_copy(to, value);
        to += value->len;
    }
    *to = '"';
    return to + field->quoted;
}

/* A flag that is what it may be: 0 or 1, as a text or a whole number; NULL: it
 * is another value. */
static inline char *put_flag(char *to, const struct field *field,
                             const struct value *value)
{
    char digit = '2';
    if (value->type == VALUE_INT && (uint64_t)value->integer <= 1)
        digit = (char)('0' + value->integer);
    else if (value->type == VALUE_TEXT && value->len == 1)
        digit = *value->text;
    if (digit != '0' && digit != '1')
        return NULL;
    to = copy_lead(to, field);
    to[0] = digit;
    to[1] = '"';
    return to + 1 + field->quoted;
}

static inline bool is_ordinary(const struct field *field,
                               const struct value *value)
{
    return field->road == ROAD_CODE     ? ordinary_code(value)
           : field->road == ROAD_NUMBER ? ordinary_figures(value)
                                        : ordinary_mail(value);
}

/* The road of ordinary texts, which nearly all are; NULL: it is none. What was
 * copied by then is written over. */
static inline char *put_ordinary(char *to, const struct field *field,
                                 const struct value *value)
{
    size_t len = value->len;
    bool words = field->road == ROAD_WORDS;
    if (!ordinary_ends(value) || (value->flags & VALUE_SPECIAL) != 0)
        return NULL;
    if (words ? is_too_long(field, value)
              : len > field->max || (value->flags & VALUE_WIDE) != 0 ||
                    !is_ordinary(field, value))
        return NULL;
    to = copy_lead(to, field);
    value_copy(to, value);
    if ((value->flags & VALUE_WIDE) != 0 && !has_viet(to, len) &&
        !letters_in_place(to, len))
        return NULL;
    to[len] = '"';
    return to + len + 1;
}

/* Every other value: it is settled to a text, and looked at where its field
 * asks for it; then it may have become shorter, or be none. */
static __attribute__((noinline)) char *put_other(struct buf *out, char *to,
                                                 const struct form *form,
                                                 unsigned i,
                                                 const struct value *value,
                                                 struct faults *faults)
{
    const struct field *field = &form->fields[i];
    struct settled settled;
    if (!field->type->settle(field, i == form->key, value, &settled, faults))
        return to;
    if (field->road != ROAD_NONE && settled.value.len != 0 &&
        !field_look(field, &settled.value, faults))
        return to;
    if (!is_too_long(field, &settled.value))
        return put_text(out, to, field, &settled.value);
    field_too_long(field, &settled.value, faults);
    return to;
}

/* Goes on after a fault, so that all are found; nothing is kept then but the
 * faults. */
bool form_encode(const struct form *form, const struct value *values,
                 struct faults *faults, struct buf *out)
{
    size_t start = out->len;
    char *first = buf_reserve(out, form->room);
    char *to = first;
    const struct field *field = form->fields;
    for (unsigned i = 0; i < form->count; i++, field++) {
        const struct value *value = &values[i];
        char *end = NULL;
        if (value->type == VALUE_TEXT && value->len != 0) {
            if (field->road != ROAD_NONE)
                end = put_ordinary(to, field, value);
        } else if (!field->required &&
                   (value->type == VALUE_NIL || value->type == VALUE_TEXT)) {
            continue; /* nothing to send, and nothing is missed */
        }
        if (end == NULL && field->flag)
            end = put_flag(to, field, value);
        to = end != NULL ? end : put_other(out, to, form, i, value, faults);
    }
    out->len = start;
    if (faults->count > 0)
        return false;
    *to++ = '}';
    *first = '{';
    out->len = start + (size_t)(to - first);
    return true;
}
