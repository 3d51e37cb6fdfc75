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

/* What stands at the path; JSON_NULL: nothing. */
static enum json_event walk(struct json_reader *reader, const char *path)
{
    enum json_event event = json_next(reader);
    while (*path != '\0' && *path != '*') {
        size_t len = strcspn(path, ".");
        if (event != JSON_OBJECT)
            return event == JSON_ERROR ? JSON_ERROR : JSON_NULL;
        if (!enter(reader, path, len))
            return reader->error != NULL ? JSON_ERROR : JSON_NULL;
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
    enum answer_type type = type_of(&reader, walk(&reader, path), text);
    json_close(&reader);
    return type;
}

bool answer_count(const char *body, size_t len, const char *path,
                  uint64_t *count)
{
    struct json_reader reader;
    enum json_event event;
    *count = 0;
    json_open_answer(&reader, body, len);
    bool list = strchr(path, '*') == NULL && walk(&reader, path) == JSON_ARRAY;
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

/* `; rel="next"`, alone or among others of one text, without white space. */
static bool says_next(const char *at, const char *end)
{
    for (; end - at > 4; at++) {
        if (strncasecmp(at, "rel=", 4) != 0)
            continue;
        at += 4;
        at += *at == '"';
        while (at < end) {
            size_t len = 0;
            while (at + len < end && strchr(" \t\";", at[len]) == NULL)
                len++;
            if (len == 4 && strncasecmp(at, "next", 4) == 0)
                return true;
            at += len;
            if (at >= end || *at != ' ')
                return false;
            at++;
        }
    }
    return false;
}

/* `<URL>; rel="next", <URL>; rel="last"` (RFC 8288, 3). */
static bool in_line(const char *at, const char *end, struct buf *to)
{
    while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const char *close = memchr(at, '>', (size_t)(end - at));
        if (close == NULL)
            return false;
        const char *stop = memchr(close, '<', (size_t)(end - close));
        stop = stop ? stop : end;
        if (says_next(close, stop)) {
            buf_clear(to);
            buf_add(to, at + 1, (size_t)(close - at - 1));
            return true;
        }
        at = stop;
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
