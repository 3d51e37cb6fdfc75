/* next.c: a function for each way that pages follow one another. A count of
 * pages or rows that the server gives is kept to: a page missing of it is an
 * error, and no shorter list. */
#include "next.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/ascii.h"
#include "base/mem.h"
#include "net/secrets.h"
#include "url.h"

static enum step fail(const struct page *page, struct err *err,
                      const char *what, const char *path)
{
    err_set(err, EXIT_INPUT, "%.300s: page %u%s%s", page->shown, page->number,
            what, path ? path : "");
    return STEP_FAIL;
}

static enum step by_link(const struct web_request *request, const char *first,
                         const struct page *page, struct buf *to,
                         struct err *err)
{
    (void)request, (void)first, (void)err;
    return answer_link(page->headers, to) ? STEP_ITEM : STEP_END;
}

static enum step by_cursor(const struct web_request *request, const char *first,
                           const struct page *page, struct buf *to,
                           struct err *err)
{
    switch (answer_at(page->body, page->len, request->path, to)) {
    case ANSWER_MISSING:
    case ANSWER_NONE:
        return STEP_END;
    case ANSWER_TEXT:
        break;
    case ANSWER_NO_JSON:
        return fail(page, err,
                    " is no JSON, where the next one is looked for "
                    "at ",
                    request->path);
    default:
        return fail(page, err, " has no text nor number at ", request->path);
    }
    if (request->parameter == NULL)
        return STEP_ITEM;
    char *url = web_url_with(first, request->parameter, buf_text(to));
    buf_clear(to);
    buf_puts(to, url);
    free(url);
    return STEP_ITEM;
}

static char *numbered(const struct web_request *request, const char *url,
                      uint64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, number);
    return web_url_with(url, request->parameter, text);
}

size_t page_blanks(const char *body, size_t len)
{
    size_t at = 0;
    while (at < len && ascii_blank(body[at]))
        at++;
    return at;
}

/* The first byte that is not blank, or -1. */
static int first_byte(const struct page *page)
{
    size_t at = page_blanks(page->body, page->len);
    return at < page->len ? (unsigned char)page->body[at] : -1;
}

/* Has the page no row? -1: it cannot be told. */
static int is_empty(const struct web_request *request, const struct page *page)
{
    struct buf text = {0};
    const char *list = request->list ? request->list : "";
    int byte = first_byte(page);
    if (byte < 0 || page->bare)
        return 1;
    if (request->lines || (byte != '[' && byte != '{'))
        return 0;
    enum answer_type type = answer_at(page->body, page->len, list, &text);
    buf_release(&text);
    if (type == ANSWER_EMPTY || type == ANSWER_NONE || type == ANSWER_MISSING)
        return 1;
    return type == ANSWER_OTHER && *list == '\0' ? -1 : 0;
}

/* Rows take a line at least each, and so does a header. */
static uint64_t most_lines(const struct page *page, bool header)
{
    uint64_t ends = 0;
    const char *at = page->body, *end = at + page->len;
    for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        ends++;
    if (header && ends == 0)
        return UINT64_MAX;
    return ends + (end[-1] != '\n') - header;
}

/* As many rows at most; UINT64_MAX: it cannot be told. */
static uint64_t most_rows(const struct web_request *request,
                          const struct page *page)
{
    uint64_t count;
    int byte = first_byte(page);
    if (byte < 0)
        return 0;
    if (request->lines || (byte != '[' && byte != '{'))
        return most_lines(page, !request->lines);
    return answer_count(page->body, page->len,
                        request->list ? request->list : "", &count)
               ? count
               : UINT64_MAX;
}

/* A server may give fewer rows at a time than it is asked for: what lies
 * between them and the next page would be missing. */
bool next_fewer(const struct web_request *request, const struct page *page)
{
    return request->next == NEXT_OFFSET && first_byte(page) >= 0 &&
           most_rows(request, page) < request->step;
}

/* Does the last page lack rows that there are by the total? A first one may
 * well be a page without a row. */
static bool lacks(const struct web_request *request, const struct page *page,
                  int empty, uint64_t total)
{
    bool pages = request->next == NEXT_PAGE;
    uint64_t before = (page->number - 1) * (pages ? 1 : request->step);
    if (before >= total)
        return false;
    return pages ? empty == 1 && page->number > 1
                 : most_rows(request, page) < total - before &&
                       next_fewer(request, page);
}

static enum step too_few(const char *first, unsigned number, struct err *err)
{
    char *shown = web_url_shown(first);
    err_set(err, EXIT_INPUT,
            "%.300s: page %u has fewer rows than step, and is not the last: "
            "how many the server gives at once is the step to say",
            shown, number);
    free(shown);
    return STEP_FAIL;
}

/* The number of pages or rows that the body says there are; false: it says
 * none. */
static bool total_of(const struct web_request *request, const struct page *page,
                     uint64_t *total)
{
    struct buf text = {0};
    bool found =
        answer_at(page->body, page->len, request->path, &text) == ANSWER_TEXT;
    const char *digits = buf_text(&text);
    found =
        found && digits[strspn(digits, "0123456789")] == '\0' && text.len < 19;
    *total = found ? strtoull(digits, NULL, 10) : 0;
    buf_release(&text);
    return found;
}

static enum step by_number(const struct web_request *request, const char *first,
                           const struct page *page, struct buf *to,
                           struct err *err)
{
    int empty = is_empty(request, page);
    uint64_t number = request->first + page->number * request->step, total;
    if (request->path != NULL) {
        if (!total_of(request, page, &total))
            return fail(page, err, " does not say how many there are at ",
                        request->path);
        bool pages = request->next == NEXT_PAGE;
        uint64_t done = page->number * (pages ? 1 : request->step);
        bool more = done < total;
        if (more && empty == 1)
            return fail(page, err,
                        " is empty, and not the last by what it "
                        "says at ",
                        request->path);
        if (more && next_fewer(request, page))
            return too_few(first, page->number, err);
        if (!more && lacks(request, page, empty, total))
            return fail(page, err,
                        " is the last, and has fewer rows than there are by "
                        "what it says at ",
                        request->path);
        if (!more)
            return STEP_END;
    } else if (empty != 1 && page->fewer) {
        return too_few(first, page->number - 1, err);
    } else if (empty != 0) {
        return empty == 1
                   ? STEP_END
                   : fail(page, err,
                          ": whether it has rows cannot be told: say at, the "
                          "path of its list, or total in next, or format = "
                          "\"ndjson\" where each line is a row",
                          NULL);
    }
    char *url = numbered(request, first, number);
    buf_clear(to);
    buf_puts(to, url);
    free(url);
    return STEP_ITEM;
}

char *next_first(const struct web_request *request, const char *url)
{
    bool counts = request->next == NEXT_PAGE || request->next == NEXT_OFFSET;
    return counts ? numbered(request, url, request->first) : mem_text(url);
}

static enum step by_rule(const struct web_request *request, const char *first,
                         const struct page *page, struct buf *to,
                         struct err *err)
{
    switch (request->next) {
    case NEXT_LINK:
        return by_link(request, first, page, to, err);
    case NEXT_CURSOR:
        return by_cursor(request, first, page, to, err);
    case NEXT_PAGE:
    case NEXT_OFFSET:
        return by_number(request, first, page, to, err);
    case NEXT_CALL:
        return request->call(request->call_owner, page, to, err);
    case NEXT_NONE:
        break;
    }
    return STEP_END;
}

bool next_lists(const struct web_request *request, const struct page *page)
{
    struct buf text = {0};
    const char *list = request->list ? request->list : "";
    enum answer_type type = answer_at(page->body, page->len, list, &text);
    buf_release(&text);
    return type != ANSWER_MISSING;
}

bool next_silent(const struct web_request *request, const struct page *page)
{
    struct buf text = {0};
    bool silent = request->next == NEXT_LINK
                      ? !answer_link(page->headers, &text)
                      : request->next == NEXT_CURSOR &&
                            answer_at(page->body, page->len, request->path,
                                      &text) == ANSWER_MISSING;
    buf_release(&text);
    return silent;
}

/* Some servers say with 200 what went wrong: `{"error":"try later"}` would pass
 * for a last page without rows. A function has seen a null itself. */
static bool is_last(const struct web_request *request, const struct page *page,
                    struct err *err)
{
    struct buf text = {0};
    const char *list = request->list ? request->list : "";
    char line[161];
    if (request->bare_end || !page->listed || *list == '\0' ||
        first_byte(page) != '{')
        return true;
    enum answer_type type = answer_at(page->body, page->len, list, &text);
    bool lost = type == ANSWER_MISSING ||
                (type == ANSWER_NONE && request->next != NEXT_CALL);
    lost = lost &&
           answer_at(page->body, page->len, "", &text) != ANSWER_EMPTY; /* {} */
    buf_release(&text);
    if (!lost)
        return true;
    secrets_line(line, sizeof line - 1, page->body, page->len);
    return err_set(
        err, EXIT_INPUT,
        "%.300s: page %u would be the last, and has no list at %s: %s (if its "
        "pages end so, say end_without_list = true)",
        page->shown, page->number, list, line);
}

enum step next_page(const struct web_request *request, const char *first,
                    const struct page *page, struct buf *to, struct err *err)
{
    enum step step = by_rule(request, first, page, to, err);
    return step == STEP_END && !is_last(request, page, err) ? STEP_FAIL : step;
}
