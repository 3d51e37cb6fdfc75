/* The forms there are: compiled once, found by name. Names are compared in any
 * letter case (fast-api.md), and a name that is not there is answered with the
 * nearest one. */
#include "form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <xxhash.h>

#include "base/nearest.h"
#include "base/utf8.h"
#include "compile.h"

#define FORM_NAME(name) #name,
static const char *const form_names[] = {FORMS(FORM_NAME)};

enum { FORM_COUNT = sizeof form_names / sizeof *form_names };

static const struct form *all[FORM_COUNT + 1];

const struct form *const *forms_load(struct err *err)
{
    for (unsigned i = 0; i < FORM_COUNT; i++) {
        if (all[i] == NULL)
            all[i] = form_compile(form_names[i], err);
        if (all[i] == NULL) {
            forms_release();
            return NULL;
        }
    }
    return all;
}

void forms_release(void)
{
    for (unsigned i = 0; i < FORM_COUNT; i++) {
        form_free((struct form *)all[i]);
        all[i] = NULL;
    }
}

const struct form *form_find(const char *name)
{
    for (unsigned i = 0; all[i] != NULL; i++) {
        if (strcasecmp(all[i]->name, name) == 0)
            return all[i];
    }
    return NULL;
}

const char *form_nearest(const char *name)
{
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    for (unsigned i = 0; i < FORM_COUNT; i++)
        nearest_try(&nearest, form_names[i]);
    return nearest_end(&nearest);
}

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

static void hash_bytes(const char *text, size_t len, uint64_t hash[2])
{
    XXH128_hash_t sum = XXH3_128bits(text, len);
    hash[0] = sum.low64;
    hash[1] = sum.high64;
}

void form_key_hash(const char *text, size_t len, uint64_t hash[2])
{
    char upper[64];
    const char *end = text + len;
    utf8_trim(&text, &end);
    len = (size_t)(end - text);
    size_t i = 0;
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
