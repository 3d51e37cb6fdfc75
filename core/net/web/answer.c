/* answer.c: the body is gone through once, as far as the path leads. */
#include "answer.h"

#include <string.h>
#include <strings.h>

#include "base/json.h"

/* Goes to the member of that name of the object that has begun. */
static bool enter(struct json_reader *reader, const char *name, size_t len)
{
    enum json_event event;
    while ((event = json_next(reader)) == JSON_KEY) {
        if (reader->len == len && memcmp(reader->text, name, len) == 0)
            return true;
        if (!json_skip(reader, event))
            return false;
    }
    return false;
}

static enum answer_type type_of(struct json_reader *reader,
                                enum json_event event, struct buf *text)
{
    switch (event) {
    case JSON_STRING:
    case JSON_NUMBER:
        buf_add(text, reader->text, reader->len);
        return reader->len > 0 ? ANSWER_TEXT : ANSWER_NONE;
    case JSON_ARRAY:
        return json_next(reader) == JSON_ARRAY_END ? ANSWER_EMPTY : ANSWER_LIST;
    case JSON_OBJECT:
        return json_next(reader) == JSON_OBJECT_END ? ANSWER_EMPTY
                                                    : ANSWER_OTHER;
    case JSON_NULL:
    case JSON_FALSE:
        return ANSWER_NONE;
    case JSON_TRUE:
        return ANSWER_OTHER;
    default:
        return ANSWER_NO_JSON;
    }
}

/* What stands at the path; `missing`: nothing. */
static enum json_event walk(struct json_reader *reader, const char *path,
                            bool *missing)
{
    enum json_event event = json_next(reader);
    while (*path != '\0' && *path != '*') {
        size_t len = strcspn(path, ".");
        if (event == JSON_ERROR)
            return event;
        if (event != JSON_OBJECT || !enter(reader, path, len)) {
            *missing = reader->error == NULL;
            return JSON_ERROR;
        }
        event = json_next(reader);
        path += len + (path[len] == '.');
    }
    return event;
}

enum answer_type answer_at(const char *body, size_t len, const char *path,
                           struct buf *text)
{
    struct json_reader reader;
    buf_clear(text);
    if (len == 0)
        return ANSWER_NO_JSON;
    json_open_answer(&reader, body, len);
    bool missing = false;
    enum answer_type type =
        type_of(&reader, walk(&reader, path, &missing), text);
    json_close(&reader);
    return missing ? ANSWER_MISSING : type;
}

bool answer_count(const char *body, size_t len, const char *path,
                  uint64_t *count)
{
    struct json_reader reader;
    enum json_event event;
    *count = 0;
    json_open_answer(&reader, body, len);
    bool missing, list = strchr(path, '*') == NULL &&
                         walk(&reader, path, &missing) == JSON_ARRAY;
    while (list && (event = json_next(&reader)) != JSON_ARRAY_END) {
        list = json_skip(&reader, event);
        ++*count;
    }
    json_close(&reader);
    return list;
}

/* The header lines of that name, one after the other. */
static const char *next_header(const char **at, const char *end,
                               const char *name, size_t *len)
{
    size_t own = strlen(name);
    while (*at < end) {
        const char *line = *at;
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        *at = stop ? stop + 1 : end;
        if ((size_t)(*at - line) <= own || line[own] != ':' ||
            strncasecmp(line, name, own) != 0)
            continue;
        const char *value = line + own + 1, *last = *at;
        while (last > value && (unsigned char)last[-1] <= ' ')
            last--;
        while (value < last && (unsigned char)*value <= ' ')
            value++;
        *len = (size_t)(last - value);
        return value;
    }
    return NULL;
}

bool answer_header(const struct buf *headers, const char *name, struct buf *to)
{
    const char *at = headers->at, *value;
    bool found = false;
    size_t len;
    if (headers->len == 0)
        return false;
    const char *end = at + headers->len;
    while ((value = next_header(&at, end, name, &len)) != NULL) {
        buf_clear(to);
        buf_add(to, value, len);
        found = true;
    }
    return found;
}

static const char *past_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

/* As many bytes as are none of these, and no NUL. */
static size_t word(const char *at, const char *end, const char *until)
{
    size_t len = 0;
    while (at + len < end && strchr(until, at[len]) == NULL)
        len++;
    return len;
}

/* `, <`: another link begins. A comma alone may stand in a title. */
static bool is_between(const char *at, const char *end)
{
    if (*at != ',')
        return false;
    at = past_blanks(at + 1, end);
    return at < end && *at == '<';
}

/* A parameter's value, without its quotes; `*at` goes behind it. */
static const char *value_of(const char **at, const char *end, size_t *len)
{
    const char *value = *at;
    if (value < end && *value == '"') {
        const char *stop = ++value;
        while (stop < end && *stop != '"')
            stop += *stop == '\\' && stop + 1 < end ? 2 : 1;
        *len = (size_t)(stop - value);
        *at = stop < end ? stop + 1 : end;
        return value;
    }
    *len = word(value, end, ";,");
    *at = value + *len;
    while (*len > 0 && (value[*len - 1] == ' ' || value[*len - 1] == '\t'))
        --*len;
    bool single = *len > 1 && *value == '\'' && value[*len - 1] == '\'';
    *len -= single ? 2 : 0; /* no quotes by the RFC, but some write them */
    return value + single;
}

/* Is "next" among the words? */
static bool names_next(const char *at, size_t len)
{
    const char *end = at + len;
    while ((at = past_blanks(at, end)) < end) {
        size_t own = word(at, end, " \t");
        if (own == 4 && strncasecmp(at, "next", 4) == 0)
            return true;
        at += own > 0 ? own : 1;
    }
    return false;
}

/* The parameters of one link, whose first rel counts; `*at` goes to the next
 * link, or the end. */
static bool leads_on(const char **at, const char *end)
{
    bool said = false, next = false;
    while (*at < end && !is_between(*at, end)) {
        const char *name = *at;
        size_t own = word(name, end, "=;, \t"), len;
        *at = own > 0 ? past_blanks(name + own, end) : name + 1;
        if (own == 0 || *at == end || **at != '=')
            continue;
        *at = past_blanks(*at + 1, end);
        const char *value = value_of(at, end, &len);
        if (!said && own == 3 && strncasecmp(name, "rel", 3) == 0) {
            said = true;
            next = names_next(value, len);
        }
    }
    return next;
}

/* `<URL>; rel="next", <URL>; rel="last"` (RFC 8288, 3). */
static bool in_line(const char *at, const char *end, struct buf *to)
{
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const char *url = at + 1;
        const char *close = memchr(url, '>', (size_t)(end - url));
        if (close == NULL)
            return false;
        at = close + 1;
        if (leads_on(&at, end)) {
            buf_clear(to);
            buf_add(to, url, (size_t)(close - url));
            return true;
        }
    }
    return false;
}

bool answer_link(const struct buf *headers, struct buf *to)
{
    const char *at = headers->at, *value;
    size_t len;
    if (headers->len == 0)
        return false;
    const char *end = at + headers->len;
    while ((value = next_header(&at, end, "link", &len)) != NULL)
        if (in_line(value, value + len, to))
            return true;
    return false;
}
