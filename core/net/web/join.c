/* join.c: what a page is, its first bytes tell. */
#include "join.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "net/secrets.h"
#include "web.h"

static const char mark[] = "\xEF\xBB\xBF";
enum { MARK = sizeof mark - 1, HEADER_MAX = 64 * 1024 };

size_t join_mark(const char *body, size_t len)
{
    return len >= MARK && memcmp(body, mark, MARK) == 0 ? MARK : 0;
}

static bool is_json(const char *body, size_t len)
{
    size_t at = page_blanks(body, len);
    return at < len && (body[at] == '{' || body[at] == '[');
}

/* The first line, without its end, of what a text begins with. */
static size_t first_line(const char *body, size_t len)
{
    const char *end = len > 0 ? memchr(body, '\n', len) : NULL;
    size_t line = end ? (size_t)(end - body) : len;
    while (line > 0 && body[line - 1] == '\r')
        line--;
    return line < HEADER_MAX ? line : HEADER_MAX;
}

/* The earlier page that had the same bytes, or 0. */
static unsigned same_as(struct join *join, uint64_t own)
{
    unsigned count = (unsigned)(join->hashes.len / sizeof own), found = 0;
    uint64_t other;
    for (unsigned i = 0; i < count; i++) {
        memcpy(&other, join->hashes.at + i * sizeof other, sizeof other);
        found = other == own ? i + 1 : found;
    }
    buf_add(&join->hashes, &own, sizeof own);
    return found;
}

/* Pages of a number are another one each, or the server takes no notice of it,
 * or begins anew after the last, for ever. */
static bool is_another(struct join *join, const struct web_request *request,
                       const struct page *page, struct err *err)
{
    if (request->next != NEXT_PAGE && request->next != NEXT_OFFSET)
        return true;
    uint64_t own = page->len > 0 ? XXH3_64bits(page->body, page->len) : 0;
    unsigned same = same_as(join, own);
    if (same == 0 || page->len == 0)
        return true;
    char which[32] = "the one before it";
    if (same + 1 < page->number)
        snprintf(which, sizeof which, "page %u", same);
    return err_set(err, EXIT_INPUT,
                   "%.300s: page %u is the same as %s: does the server know "
                   "the parameter %s?",
                   page->shown, page->number, which, request->parameter);
}

/* What went wrong may be said in JSON, or in HTML. */
static bool other_kind(const struct page *page, bool json, struct err *err)
{
    char line[161];
    secrets_line(line, sizeof line - 1, page->body, page->len);
    return err_set(err, EXIT_INPUT,
                   "%.300s: page %u is %s, and the first page is %s: %s",
                   page->shown, page->number, json ? "JSON" : "no JSON",
                   json ? "not" : "JSON", line);
}

/* Sets page->bare. */
static bool same_header(struct join *join, struct page *page, struct err *err)
{
    size_t own = join_mark(page->body, page->len);
    const char *body = page->body + own;
    size_t len = page->len - own, line = first_line(body, len);
    bool json = is_json(body, len), first = !join->begun;
    if (page_blanks(body, len) == len)
        return true;
    if (!first && json != join->json)
        return other_kind(page, json, err);
    join->begun = true;
    join->json = json;
    if (json)
        return true;
    if (first)
        buf_add(&join->header, body, line);
    else if (line != join->header.len ||
             memcmp(body, buf_text(&join->header), line) != 0)
        return err_set(err, EXIT_INPUT,
                       "%.300s: page %u does not begin with the first page's "
                       "header",
                       page->shown, page->number);
    size_t rest = line + page_blanks(body + line, len - line);
    page->bare = page->number > 1 && rest == len;
    return true;
}

bool join_page(struct join *join, const struct web_request *request,
               struct page *page, struct err *err)
{
    page->fewer = join->fewer;
    page->listed = join->listed;
    if (!is_another(join, request, page, err) ||
        (request->next != NEXT_NONE && !same_header(join, page, err)))
        return false;
    join->fewer = next_fewer(request, page);
    if (page->number == 1 && request->next != NEXT_NONE)
        join->listed = next_lists(request, page);
    return true;
}

bool join_others(const struct page *page, struct err *err)
{
    enum { LOOK = 4096 };
    size_t own = join_mark(page->body, page->len), left = page->len - own;
    const char *body = page->body + own;
    size_t at = page_blanks(body, left);
    bool marks = at < left && body[at] == '<';
    bool zeros =
        left > 0 && memchr(body, '\0', left < LOOK ? left : LOOK) != NULL;
    return (!marks && !zeros) ||
           err_set(err, EXIT_INPUT,
                   "%.300s: page %u is %s, to which no other page can be "
                   "joined: only lines of text (CSV, NDJSON) and JSON have "
                   "pages, and not in UTF-16",
                   page->shown, page->number,
                   marks ? "HTML or XML" : "no text of lines");
}
