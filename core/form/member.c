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

/* The value of the member of that name, or NULL; *after: where it ends. */
static const char *find_value(const char *json, size_t len, const char *wire,
                              const char **after)
{
    size_t size = strlen(wire);
    const char *end = json + len - 1; /* the brace */
    for (const char *at = json + 1; at < end && *at == '"'; at = *after + 1) {
        const char *name = at + 1;
        bool found = (size_t)(end - name) > size && name[size] == '"' &&
                     !memcmp(name, wire, size);
        const char *name_end = found ? name + size : string_end(name, end);
        const char *value = name_end + 2; /* after the colon */
        if (value >= end)
            return NULL;
        *after = value_end(value, end);
        if (found)
            return value;
    }
    return NULL;
}

static struct span unescaped(const char *at, size_t len, struct buf *scratch)
{
    struct json_reader reader;
    buf_clear(scratch);
    json_open(&reader, at, len);
    if (json_next(&reader) == JSON_STRING)
        buf_add(scratch, reader.text, reader.len);
    json_close(&reader);
    return (struct span){buf_text(scratch), scratch->len};
}

static struct span text_of(const char *value, const char *after,
                           struct buf *scratch)
{
    if (value == NULL || *value != '"')
        return (struct span){"", 0};
    size_t size = (size_t)(after - value);
    if (memchr(value, '\\', size) != NULL)
        return unescaped(value, size, scratch);
    return (struct span){value + 1, size - 2};
}

/* No text holds a quote that is not escaped: where the lead stands, the member
 * is. */
struct span form_member_at(const char *json, size_t len,
                           const struct field *field, size_t guess,
                           struct buf *scratch)
{
    const char *value, *after = json;
    if (field->quoted && guess + field->lead_len < len &&
        !memcmp(json + guess, field->lead, field->lead_len)) {
        value = json + guess + field->lead_len - 1;
        after = string_end(value + 1, json + len - 1) + 1;
    } else {
        value = find_value(json, len, field->wire, &after);
    }
    return text_of(value, after, scratch);
}

void form_member(const char *json, size_t len, const char *wire,
                 struct buf *out)
{
    struct buf scratch = {0};
    const char *after = json, *value = find_value(json, len, wire, &after);
    struct span member = text_of(value, after, &scratch);
    buf_add(out, member.text, member.len);
    buf_release(&scratch);
}

void form_value(const char *json, size_t len, const char *wire, struct buf *out)
{
    const char *after = json, *value = find_value(json, len, wire, &after);
    if (value != NULL && *value != '"')
        buf_add(out, value, (size_t)(after - value));
    else
        form_member(json, len, wire, out);
}

const struct field *form_title(const struct form *form)
{
    for (unsigned i = 0; i < form->count; i++)
        if (i != form->key && form->fields[i].required)
            return &form->fields[i];
    return NULL;
}
