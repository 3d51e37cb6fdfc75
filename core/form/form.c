/* form.c: a form's fields by name, and what makes two keys the same one.
 *
 * Names are compared in any letter case, as the server does. */
#include "form.h"

#include <string.h>
#include <strings.h>

#define XXH_INLINE_ALL /* not base/hash.h: keys are shorter than a call is */
#include <xxhash.h>

#include "base/case.h"
#include "base/nearest.h"
#include "base/unseen.h"

/* A form has some dozens of fields and callers remember what they asked for
 * (names.h, the plan), so a walk will do. */
int form_field(const struct form *form, const char *name, size_t len)
{
    for (unsigned i = 0; i < form->count; i++) {
        const struct field *field = &form->fields[i];
        if (field->name_len == len && strncasecmp(field->name, name, len) == 0)
            return (int)i;
    }
    return -1;
}

const char *form_nearest_field(const struct form *form, const char *name,
                               size_t len)
{
    struct nearest nearest;
    nearest_init(&nearest, name, len);
    for (unsigned i = 0; i < form->count; i++)
        nearest_try(&nearest, form->fields[i].name);
    return nearest_end(&nearest);
}

void form_key_trim(const char **text, size_t *len)
{
    const char *end = *text + *len;
    unseen_trim(text, &end);
    *len = (size_t)(end - *text);
}

static void hash_bytes(const char *text, size_t len, uint64_t hash[2])
{
    XXH128_hash_t sum = XXH3_128bits(text, len);
    hash[0] = sum.low64;
    hash[1] = sum.high64;
}

/* Nearly all keys are short and ASCII, and are upper-cased here without a
 * buffer; the others take the slow road of Unicode. Both give the same bytes
 * for the same key. */
void form_key_hash(const char *text, size_t len, uint64_t hash[2])
{
    char upper[64];
    size_t i = 0;
    form_key_trim(&text, &len);
    while (i < len && len <= sizeof upper && (unsigned char)text[i] < 0x80) {
        char c = text[i];
        upper[i++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    if (i == len) {
        hash_bytes(upper, len, hash);
        return;
    }
    struct buf wide = {0};
    utf8_upper(&wide, text, len);
    hash_bytes(wide.at, wide.len, hash);
    buf_release(&wide);
}
