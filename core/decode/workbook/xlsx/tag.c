/* tag.c: a tag ends at the first '>' outside quotes. */
#include "tag.h"

static bool ends_name(char c)
{
    return xlsx_is_blank(c) || c == '>' || c == '/';
}

/* Where the tag's '>' stands that is looked for from `at` on, or NULL. */
static const char *find_close(const char *at, const char *end)
{
    while (at < end && *at != '>') {
        if (*at == '"' || *at == '\'') {
            at = memchr(at + 1, *at, (size_t)(end - at - 1));
            if (at == NULL)
                return NULL;
        }
        at++;
    }
    return at < end ? at : NULL;
}

const char *xlsx_tag_next(const char *at, const char *end, struct xlsx_tag *tag)
{
    at = at < end ? memchr(at, '<', (size_t)(end - at)) : NULL;
    if (at == NULL)
        return NULL;
    tag->start = at++;
    tag->closing = at < end && *at == '/';
    at += tag->closing;
    tag->name = at;
    while (at < end && !ends_name(*at))
        at++;
    tag->len = (size_t)(at - tag->name);
    tag->at = at;
    at = find_close(at, end);
    if (at == NULL)
        return NULL;
    tag->empty = at > tag->at && at[-1] == '/';
    tag->end = at - tag->empty;
    return at + 1;
}

bool xlsx_tag_attribute(struct xlsx_tag *tag, struct xlsx_attribute *attribute)
{
    const char *at = tag->at, *end = tag->end;
    while (at < end && xlsx_is_blank(*at))
        at++;
    attribute->name = at;
    while (at < end && *at != '=' && !xlsx_is_blank(*at))
        at++;
    attribute->len = (size_t)(at - attribute->name);
    while (at < end && (*at == '=' || xlsx_is_blank(*at)))
        at++;
    if (at >= end || (*at != '"' && *at != '\''))
        return false;
    const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
    if (close == NULL)
        return false;
    attribute->value = at + 1;
    attribute->value_len = (size_t)(close - at - 1);
    tag->at = close + 1;
    return true;
}

const char *xlsx_tag_value(struct xlsx_tag *tag, const char *name, size_t *len)
{
    struct xlsx_attribute attribute;
    while (xlsx_tag_attribute(tag, &attribute))
        if (xlsx_is(attribute.name, attribute.len, name)) {
            *len = attribute.value_len;
            return attribute.value;
        }
    return NULL;
}

const char *xlsx_tag_skip(const char *at, const char *end,
                          const struct xlsx_tag *tag)
{
    struct xlsx_tag inner;
    size_t depth = !tag->empty;
    while (depth > 0) {
        at = xlsx_tag_next(at, end, &inner);
        if (at == NULL)
            return NULL;
        if (inner.closing)
            depth--;
        else
            depth += !inner.empty;
    }
    return at;
}
