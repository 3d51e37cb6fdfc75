/* turn.c: a page as a table of the script's. */
#include "turn.h"

#include <string.h>

#include "decode/nested.h"
#include "decode/option.h"
#include "net/web/next.h"

static struct value kept_text(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len);
    if (len > 0)
        memcpy(copy, text, len);
    return value_text(copy, len);
}

/* Names in small letters; of lines of one name all, with commas between. */
static void add_header(struct arena *arena, struct value_member *members,
                       uint32_t *count, const char *line, size_t len)
{
    const char *colon = memchr(line, ':', len);
    size_t own = colon ? (size_t)(colon - line) : 0;
    size_t at = own + 1;
    if (own == 0)
        return;
    while (at < len && (line[at] == ' ' || line[at] == '\t'))
        at++;
    char *name = arena_alloc(arena, own);
    for (size_t i = 0; i < own; i++)
        name[i] =
            (char)(line[i] >= 'A' && line[i] <= 'Z' ? line[i] + 32 : line[i]);
    struct buf both = {0};
    uint32_t i = 0;
    while (i < *count && (members[i].name.len != own ||
                          memcmp(members[i].name.text, name, own) != 0))
        i++;
    if (i < *count) {
        buf_add(&both, members[i].value.text, members[i].value.len);
        buf_puts(&both, ", ");
    } else {
        members[(*count)++].name = value_text(name, own);
    }
    buf_add(&both, line + at, len - at);
    members[i].value = kept_text(arena, buf_text(&both), both.len);
    buf_release(&both);
}

static struct value headers_of(struct arena *arena, const struct buf *lines)
{
    enum { MOST = 256 };
    struct value_member *members = arena_alloc(arena, MOST * sizeof *members);
    uint32_t count = 0;
    for (size_t at = 0; at < lines->len && count < MOST;) {
        const char *line = lines->at + at;
        const char *end = memchr(line, '\n', lines->len - at);
        size_t len = end ? (size_t)(end - line) : lines->len - at;
        at += len + 1;
        while (len > 0 && (unsigned char)line[len - 1] <= ' ')
            len--;
        add_header(arena, members, &count, line, len);
    }
    return (struct value){.members = members, .len = count, .type = VALUE_MAP};
}

static struct value page_of(struct arena *arena, const struct page *page)
{
    enum { MOST = 5 };
    struct value_member *members = arena_alloc(arena, MOST * sizeof *members);
    uint32_t count = 0;
    const struct value number = {.integer = page->number, .type = VALUE_INT};
    members[count++] = (struct value_member){
        value_text("url", 3), value_text(page->url, strlen(page->url))};
    members[count++] = (struct value_member){value_text("number", 6), number};
    members[count++] = (struct value_member){value_text("headers", 7),
                                             headers_of(arena, page->headers)};
    members[count++] = (struct value_member){
        value_text("body", 4),
        value_text(page->len > 0 ? page->body : "", page->len)};
    struct value json;
    if (page->len > 0 && nested_read(page->body, page->len, arena, &json))
        members[count++] = (struct value_member){value_text("json", 4), json};
    return (struct value){.members = members, .len = count, .type = VALUE_MAP};
}

static enum step take_answer(const struct page *page,
                             const struct value *answer, struct buf *to,
                             struct err *err)
{
    bool text = answer->type == VALUE_TEXT;
    if (answer->type == VALUE_NIL || (text && answer->len == 0))
        return STEP_END;
    if (text && memchr(answer->text, '\0', answer->len) == NULL) {
        buf_clear(to);
        buf_add(to, answer->text, answer->len);
        return STEP_ITEM;
    }
    err_set(err, EXIT_SCRIPT,
            "%.300s: page %u: the answer of next is no URL: a text is wanted, "
            "or nil after the last page",
            page->shown, page->number);
    return STEP_FAIL;
}

enum step turn_call(const void *owner, const struct page *page, struct buf *to,
                    struct err *err)
{
    const struct option_function *function = owner;
    struct arena arena;
    struct value answer;
    enum step step = STEP_FAIL;
    arena_init(&arena);
    const struct value table = page_of(&arena, page);
    if (function->call(function, &table, 1, &arena, &answer, err))
        step = take_answer(page, &answer, to, err);
    else
        err_prefix(err, "%.300s: page %u: next", page->shown, page->number);
    arena_release(&arena);
    return step;
}
