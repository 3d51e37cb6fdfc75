/* json.c: texts that are JSON, though CSV would take any text: an object with a
 * member, a list of objects or lists, what is small and whole. A CSV file whose
 * first cell is in brackets is none of them. */
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "decode/encoding/fold.h"
#include "decode/nested.h"
#include "decode/tree/json/cut.h"
#include "look.h"

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

static bool is_whole(const char *text, size_t len)
{
    struct arena arena;
    struct value value;
    arena_init(&arena);
    bool whole = nested_read(text, len, &arena, &value);
    arena_release(&arena);
    return whole;
}

/* What is small is read through: `[]`, `[1, 2]`. */
static bool is_small(const char *text)
{
    size_t len = strlen(text);
    while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
        len--;
    return is_whole(text, len);
}

/* Behind a list's bracket: another list, which begins as one does. */
static bool is_list(const char *at)
{
    return *at == '[' && strchr("\"[{-0123456789tfn", *skip_space(at + 1)) &&
           *skip_space(at + 1) != '\0';
}

static bool is_json(const char *text)
{
    const char *at = skip_space(text + 1);
    if (*text == '[' && *at == '{')
        return is_member(skip_space(at + 1)) || is_small(text);
    if (*text == '[' && is_list(at))
        return true;
    return (*text == '{' && is_member(at)) || is_small(text);
}

/* After the value that begins here, where nothing else stands in its line; or
 * NULL. */
static const char *line_end(const struct buf *all, const char *text)
{
    struct cut cut = {.kind = CUT_ONE};
    cut_look(&cut, text, all->len - (size_t)(text - all->at), true);
    const char *end = text + cut.end;
    end += cut.closed ? strspn(end, " \t\r") : 0;
    return cut.closed && (*end == '\n' || *end == '\0') ? end : NULL;
}

/* The first line is a value, and so is the next one, as far as it is there. */
static bool is_lines(const struct buf *all, const char *text)
{
    const char *end = line_end(all, text), *next;
    if (end == NULL || *end == '\0' || !is_whole(text, (size_t)(end - text)))
        return false;
    next = skip_space(end);
    return *next == *text &&
           (line_end(all, next) != NULL || strchr(next, '\n') == NULL);
}

static enum text_json look(const struct buf *all)
{
    const char *text = skip_space(all->at);
    if (*text != '{' && *text != '[')
        return TEXT_OTHER;
    if (is_lines(all, text))
        return TEXT_NDJSON;
    if (!is_json(text))
        return TEXT_JSON_LIKE;
    if (*text == '[')
        return TEXT_JSON_LIST;
    return strstr(text, "\"doc_id\"") != NULL ? TEXT_SHORTCUT : TEXT_JSON;
}

enum text_json detect_json(const char *head, size_t len)
{
    struct buf text = {0};
    fold_head(&text, head, len);
    buf_text(&text);
    enum text_json json = look(&text);
    buf_release(&text);
    return json;
}
