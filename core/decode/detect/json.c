/* json.c: texts that are JSON, though CSV would take any text: an object with a
 * member, a list of objects or lists, what is small and whole. A CSV file whose
 * first cell is in brackets is none of them.
 *
 * Whether each value has a line of its own, the lines tell as far as they are
 * there. Where all are values, it has. Where they are not, and the text is
 * values one after the other, it has not; where it is not that either, a line
 * is broken, if most others are values. */
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "decode/encoding/fold.h"
#include "look.h"
#include "source/source.h"

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Behind a brace: a name, and a colon. */
static bool is_member(const char *at)
{
    if (*at != '"')
        return false;
    for (at++; *at != '\0' && *at != '"' && *at != '\n'; at++)
        at += at[0] == '\\' && at[1] != '\0';
    return *at == '"' && *skip_space(at + 1) == ':';
}

/* How a stretch of text goes on as a list or an object. */
enum met { MET_VALUE, MET_CUT, MET_OTHER };

/* Moves *at behind the value, or to where it is none. */
static enum met take_value(const char **at, const char *end)
{
    struct json_reader reader;
    json_open(&reader, *at, (size_t)(end - *at));
    enum json_event first = json_next(&reader);
    bool good = (first == JSON_OBJECT || first == JSON_ARRAY) &&
                json_skip(&reader, first);
    bool cut = first == JSON_ERROR || reader.depth > 0;
    *at = reader.at;
    json_close(&reader);
    return good ? MET_VALUE : cut && *at == end ? MET_CUT : MET_OTHER;
}

/* One value, with white space around it at most. */
static bool is_whole(const char *text, const char *end)
{
    return take_value(&text, end) == MET_VALUE && skip_space(text) >= end;
}

/* Values one after the other? The last one may go on behind the end. */
static enum met take_values(const char *text, const char *end)
{
    enum met met = MET_VALUE;
    while (met == MET_VALUE && (text = skip_space(text)) < end)
        met = take_value(&text, end);
    return met;
}

/* Behind a list's bracket: another list, which begins as one does. */
static bool is_list(const char *at)
{
    return *at == '[' && strchr("\"[{-0123456789tfn", *skip_space(at + 1)) &&
           *skip_space(at + 1) != '\0';
}

/* What is small is read through: `[]`, `[1, 2]`. */
static bool is_json(const char *text, const char *end)
{
    const char *at = skip_space(text + 1);
    if (*text == '[' && *at == '{')
        return is_member(skip_space(at + 1)) || is_whole(text, end);
    if (*text == '[' && is_list(at))
        return true;
    return (*text == '{' && is_member(at)) || is_whole(text, end);
}

/* Lines that are not blank, and those of them that are values. */
struct lines {
    unsigned all, whole;
    bool first; /* the first one is */
};

/* `more`: the last one goes on behind the end. */
static struct lines look_at_lines(const char *text, const char *end, bool more)
{
    struct lines lines = {0, 0, false};
    for (text = skip_space(text); text < end; text = skip_space(text)) {
        const char *line = memchr(text, '\n', (size_t)(end - text));
        bool whole = is_whole(text, line ? line : end);
        lines.all += whole || line != NULL || !more;
        lines.whole += whole;
        lines.first |= whole && lines.all == 1;
        text = line ? line : end;
    }
    return lines;
}

/* A list of what are rows themselves: a page of them, maybe after some that had
 * none. */
static bool is_page(const char *text)
{
    const char *at = skip_space(text + 1);
    while (*text == '[' && *at == ']') {
        text = skip_space(at + 1);
        at = *text != '\0' ? skip_space(text + 1) : text;
    }
    return *text == '[' && (*at == '{' || *at == '[');
}

/* Google's is short, one object, and has no other in it. */
static bool is_shortcut(const char *text, const char *end)
{
    enum { SHORT = 1024 };
    return *text == '{' && end - text < SHORT && is_whole(text, end) &&
           strpbrk(text + 1, "{[") == NULL &&
           strstr(text, "\"doc_id\"") != NULL &&
           (strstr(text, "\"resource_key\"") != NULL ||
            strstr(text, "docs.google.com") != NULL);
}

static enum text_json look(const char *text, const char *end, bool more)
{
    if (*text != '{' && *text != '[')
        return TEXT_OTHER;
    struct lines lines = look_at_lines(text, end, more);
    bool several = lines.all > 1;
    if (several && lines.whole == lines.all)
        return is_page(text) ? TEXT_PAGES : TEXT_NDJSON;
    enum met met = take_values(text, end);
    bool values = met == MET_VALUE || (met == MET_CUT && more);
    bool json = met == MET_VALUE || is_json(text, end);
    if (!values && several &&
        2 * lines.whole + (lines.first || met == MET_CUT) > lines.all &&
        (*text == '{' || json))
        return TEXT_NDJSON;
    if (!json)
        return TEXT_JSON_LIKE;
    if (*text == '[')
        return TEXT_JSON_LIST;
    if (is_shortcut(text, end))
        return TEXT_SHORTCUT;
    values |= met == MET_CUT && several;
    return values && lines.whole < lines.all ? TEXT_VALUES : TEXT_JSON;
}

/* Lines in front that are none of JSON, but of programs that write it. */
static const char *skip_comments(const char *text)
{
    text = skip_space(text);
    while (*text == '#' || (text[0] == '/' && text[1] == '/'))
        text = skip_space(text + strcspn(text, "\n"));
    return text;
}

enum text_json detect_json(const char *head, size_t len)
{
    struct buf all = {0};
    fold_head(&all, head, len);
    buf_text(&all);
    for (size_t i = 0; i < all.len; i++) /* no letter is looked at */
        if ((unsigned char)all.at[i] >= 0x80)
            all.at[i] = '?';
    const char *text = skip_comments(buf_text(&all));
    enum text_json json = look(text, text + strlen(text), len >= SOURCE_PEEK);
    buf_release(&all);
    return json;
}
