/* member.c: what an encoded record says, for those few who must look into it
 * again. It is what form_encode has made: an object of texts and numbers,
 * without a blank between them. */
#include "base/json.h"
#include "form.h"

static bool is_escaped(const char *start, const char *at)
{
    const char *first = at;
    while (first > start && first[-1] == '\\')
        first--;
    return (at - first) % 2 != 0;
}

/* The quote that ends the string which begins at `start`. */
static const char *string_end(const char *start, const char *end)
{
    const char *at = start;
    while ((at = memchr(at, '"', (size_t)(end - at))) != NULL &&
           is_escaped(start, at))
        at++;
    return at != NULL ? at : end;
}

/* Where the value at `at` ends: after its closing quote, or at what follows a
 * number. */
static const char *value_end(const char *at, const char *end)
{
    if (*at == '"')
        return string_end(at + 1, end) + 1;
    const char *comma = memchr(at, ',', (size_t)(end - at));
    return comma != NULL ? comma : end;
}

/* Appends a string without its quotes and escapes. */
static void take_string(const char *at, size_t len, struct buf *out)
{
    struct json_reader reader;
    if (memchr(at, '\\', len) == NULL) {
        buf_add(out, at + 1, len - 2);
        return;
    }
    json_open(&reader, at, len);
    if (json_next(&reader) == JSON_STRING)
        buf_add(out, reader.text, reader.len);
    json_close(&reader);
}

void form_member(const char *json, size_t len, const char *wire,
                 struct buf *out)
{
    size_t size = strlen(wire);
    const char *end = json + len - 1; /* the brace */
    for (const char *at = json + 1; at < end && *at == '"';) {
        const char *name = at + 1, *name_end = string_end(name, end);
        const char *value = name_end + 2; /* after the colon */
        if (value >= end)
            return;
        const char *after = value_end(value, end);
        if ((size_t)(name_end - name) == size && !memcmp(name, wire, size)) {
            if (*value == '"')
                take_string(value, (size_t)(after - value), out);
            return;
        }
        at = after + 1;
    }
}

const struct field *form_title(const struct form *form)
{
    for (unsigned i = 0; i < form->count; i++)
        if (i != form->key && form->fields[i].required)
            return &form->fields[i];
    return NULL;
}
