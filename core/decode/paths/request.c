/* request.c: tables of a script, checked when they are said, and read once more
 * when the source is opened. */
#include "request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "body.h"
#include "decode/decoder.h"
#include "decode/spec.h"
#include "decode/sql/odbc/connection.h"
#include "net/web/mark.h"
#include "net/web/url.h"
#include "net/web/web.h"
#include "source/reach.h"
#include "source/source.h"
#include "turn.h"

static bool is(const struct option_value *value, const char *text)
{
    return value->text != NULL && strlen(text) == value->len &&
           memcmp(value->text, text, value->len) == 0;
}

/* A text without what would end the line that it is put into. */
static bool is_line(const struct option_value *value)
{
    return value->text != NULL && value->len > 0 &&
           strlen(value->text) == value->len &&
           strpbrk(value->text, "\r\n") == NULL;
}

static bool is_among(const char *name, const char *const *names)
{
    while (*names != NULL && strcasecmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

/* Those of the second kind say what stands elsewhere, or lead elsewhere. */
static bool check_header(const char *name, struct err *err)
{
    static const char *const secret[] = {"Authorization", "Cookie",
                                         "Proxy-Authorization", NULL};
    static const char *const own[] = {"Host",
                                      "Content-Length",
                                      "Transfer-Encoding",
                                      "Connection",
                                      "TE",
                                      "Trailer",
                                      "Accept-Encoding",
                                      "Expect",
                                      "Upgrade",
                                      NULL};
    if (is_among(name, secret))
        return err_set(err, EXIT_USAGE,
                       "%s holds a secret, which stands in no script: "
                       "http_auth in a configuration file says it",
                       name);
    return !is_among(name, own) ||
           err_set(err, EXIT_USAGE, "%s is fastsync's own to say", name);
}

bool request_set_headers(void *member, const struct option_value *value,
                         struct err *err)
{
    enum { MOST = 64 };
    struct spec *spec = member;
    for (unsigned i = 0; i < value->count; i++)
        if (!is_line(&value->items[i]) ||
            (i % 2 == 0 && strpbrk(value->items[i].text, ": \t") != NULL))
            return err_set(err, EXIT_USAGE,
                           "names and texts of a line each are wanted, "
                           "{ Accept = \"text/csv\" }");
    for (unsigned i = 0; i < value->count; i += 2)
        if (!check_header(value->items[i].text, err))
            return false;
    if (value->count > 2 * MOST)
        return err_set(err, EXIT_USAGE, "more than %d headers", MOST);
    spec->request.headers = option_value_copy(value, &spec->memory);
    spec->request.any = "headers";
    return true;
}

bool request_set_body(void *member, const struct option_value *value,
                      struct err *err)
{
    struct spec *spec = member;
    struct option_value text = *value;
    struct buf json = {0};
    bool good = true;
    spec->request.json = value->text == NULL;
    if (spec->request.json) {
        good = body_json(&json, value, err);
        text = option_text_value(buf_text(&json), json.len);
    } else if (strlen(value->text) != value->len) {
        good = err_set(err, EXIT_USAGE, "a NUL stands in it");
    }
    if (good)
        spec->request.body = option_value_copy(&text, &spec->memory).text;
    spec->request.any = "body";
    buf_release(&json);
    return good;
}

/* A token, as RFC 9110 has it, whose answer has a body. */
bool request_set_method(void *member, const struct option_value *value,
                        struct err *err)
{
    static const char token[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789"
                                "!#$%&'*+-.^_`|~";
    struct spec *spec = member;
    if (value->len == 0 || strspn(value->text, token) != value->len)
        return err_set(err, EXIT_USAGE, "is no method of HTTP, such as POST");
    if (is(value, "HEAD") || is(value, "CONNECT") || is(value, "TRACE"))
        return err_set(err, EXIT_USAGE, "%s brings no rows", value->text);
    spec->request.method = option_value_copy(value, &spec->memory).text;
    spec->request.any = "method";
    return true;
}

bool request_set_since(void *member, const struct option_value *value,
                       struct err *err)
{
    struct spec *spec = member;
    if (strlen(value->text) != value->len || !mark_is_time(value->text))
        return err_set(err, EXIT_USAGE,
                       "what {since} is at first is wanted: seconds since "
                       "1970, \"2025-04-24\" or \"2025-04-24T10:02:42Z\"");
    spec->request.since = option_value_copy(value, &spec->memory).text;
    spec->request.any = "since";
    return true;
}

static bool number_of(const struct option_value *value, uint64_t *number)
{
    size_t digits = value->text ? strspn(value->text, "0123456789") : 0;
    *number = digits > 0 ? strtoull(value->text, NULL, 10) : 0;
    return digits > 0 && digits == value->len && digits < 16;
}

static const char next_says[] =
    "\"link\"; a table of cursor and parameter, of page, first and total, or "
    "of "
    "offset, step and total; a function of the page";

/* A member of `next`: false, it is none or means nothing. */
static bool take_member(struct web_request *request,
                        const struct option_value *name,
                        const struct option_value *value)
{
    if (is(name, "first"))
        return number_of(value, &request->first);
    if (is(name, "step"))
        return number_of(value, &request->step) && request->step > 0;
    if (!is_line(value))
        return false;
    if (is(name, "total") || is(name, "cursor"))
        request->path = value->text;
    else if (is(name, "parameter") || is(name, "page") || is(name, "offset"))
        request->parameter = value->text;
    else
        return false;
    static const char kinds[] = "cpo"; /* in the order of enum web_next */
    const char *kind = strchr(kinds, name->text[0]);
    if (kind == NULL || is(name, "parameter"))
        return true;
    bool first = request->next == NEXT_NONE;
    request->next = (enum web_next)(NEXT_CURSOR + (kind - kinds));
    return first;
}

static bool read_next(const struct option_value *value,
                      struct web_request *request)
{
    bool good = true;
    if (is(value, "link"))
        request->next = NEXT_LINK;
    if (value->type == OPTION_FUNCTION)
        request->next = NEXT_CALL;
    for (unsigned i = 0; good && i + 1 < value->count; i += 2)
        good = take_member(request, &value->items[i], &value->items[i + 1]);
    if (request->next == NEXT_PAGE) {
        good = good && request->step == 0;
        request->step = 1;
        for (unsigned i = 0; i < value->count; i += 2)
            if (is(&value->items[i], "first"))
                return good;
        request->first = 1;
    }
    return good && request->next != NEXT_NONE &&
           (request->next != NEXT_OFFSET || request->step > 0);
}

bool request_set_next(void *member, const struct option_value *value,
                      struct err *err)
{
    struct spec *spec = member;
    struct web_request tried = {.next = NEXT_NONE};
    if (!read_next(value, &tried))
        return err_set(err, EXIT_USAGE, "is none of %s", next_says);
    spec->request.next = option_value_copy(value, &spec->memory);
    spec->request.any = "next";
    return true;
}

void request_copy(struct spec *to, const struct spec *from)
{
    to->request = from->request;
    to->request.headers =
        option_value_copy(&from->request.headers, &to->memory);
    to->request.next = option_value_copy(&from->request.next, &to->memory);
    const char **const texts[] = {&to->request.body, &to->request.since,
                                  &to->request.method};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i] != NULL) {
            const struct option_value text =
                option_text_value(*texts[i], strlen(*texts[i]));
            *texts[i] = option_value_copy(&text, &to->memory).text;
        }
    to->web = from->web;
}

/* JSON's own option says where its rows are. */
static const char *list_of(const struct spec *spec)
{
    const char *list = NULL;
    for (unsigned i = 0; i < spec->count; i++)
        if (strcmp(spec->said[i].name, "at") == 0)
            list = spec->said[i].value.text;
    return list;
}

static bool is_lines(const struct spec *spec)
{
    return spec->format != NULL && strcmp(spec->format->name, "ndjson") == 0;
}

/* One text of lines, which the source keeps. */
static void header_lines(const struct request_said *said, struct buf *lines)
{
    const struct option_value *headers = &said->headers;
    bool typed = !said->json;
    for (unsigned i = 0; i + 1 < headers->count; i += 2) {
        const char *name = headers->items[i].text;
        typed = typed || strcasecmp(name, "Content-Type") == 0;
        buf_addf(lines, "%s: %s\n", name, headers->items[i + 1].text);
    }
    if (!typed)
        buf_puts(lines, "Content-Type: application/json\n");
}

/* Some servers want to be told the length of nothing. */
static const char *body_of(const struct request_said *said)
{
    static const char *const sending[] = {"POST", "PUT", "PATCH", NULL};
    bool sends = said->method != NULL && is_among(said->method, sending);
    return said->body == NULL && sends ? "" : said->body;
}

/* A time that is put nowhere would move on, and rows be asked for as ever. */
static bool check_since(const struct spec *spec, const char *headers,
                        const char *shown, struct err *err)
{
    const char *const texts[] = {spec->path, spec->request.body, headers};
    bool wanted = spec->request.since == NULL;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        wanted = wanted || (texts[i] && strstr(texts[i], "{since}"));
    return wanted || err_set(err, EXIT_USAGE,
                             "%s: since: {since} stands neither in the url nor "
                             "in body or headers",
                             shown);
}

static bool has_next(const struct request_said *said)
{
    return said->next.text != NULL || said->next.count > 0 ||
           said->next.type == OPTION_FUNCTION;
}

/* That the first page is as it was says nothing of the others. */
static bool check_changed(const struct spec *spec, const char *shown,
                          struct err *err)
{
    return !spec->request.if_changed || !has_next(&spec->request) ||
           err_set(err, EXIT_USAGE,
                   "%s: if_changed is for one page: others may have changed "
                   "where the first has not; since asks for what is new",
                   shown);
}

static bool check_url(const struct spec *spec, const char *shown,
                      struct err *err)
{
    const char *query = strchr(spec->path, '?');
    return spec->reach == NULL || query == NULL ||
           !web_query_secrets(query + 1) ||
           err_set(err, EXIT_USAGE,
                   "%s: the url holds a secret, which stands in no script: "
                   "http_auth = HOST query NAME FILE in a configuration file "
                   "says it",
                   shown);
}

static struct source *fetch(const struct spec *spec, const struct web *web,
                            struct err *err)
{
    const struct request_said *said = &spec->request;
    struct buf lines = {0};
    header_lines(said, &lines);
    struct web_request request = {.method = said->method,
                                  .body = body_of(said),
                                  .since = said->since,
                                  .if_changed = said->if_changed,
                                  .bare_end = said->end_without_list,
                                  .headers =
                                      lines.len > 0 ? buf_text(&lines) : NULL,
                                  .list = list_of(spec),
                                  .lines = is_lines(spec),
                                  .max_page = said->max_page,
                                  .max_pages = said->max_pages,
                                  .timeout = said->timeout,
                                  .rate = said->rate};
    if (has_next(said))
        read_next(&said->next, &request);
    request.call = turn_call;
    request.call_owner = &said->next.function;
    char *shown = web_url_shown(spec->path);
    struct source *source =
        check_since(spec, request.headers, shown, err) &&
                check_changed(spec, shown, err) && check_url(spec, shown, err)
            ? web_open(web, spec->path, &request, spec->reach != NULL, err)
            : NULL;
    free(shown);
    buf_release(&lines);
    return source;
}

bool request_is(const char *path)
{
    return web_is_url(path) || connection_is(path);
}

struct source *request_open(const struct spec *spec, struct err *err)
{
    const struct web *web = spec->web;
    if (!web_is_url(spec->path)) {
        bool asked = connection_is(spec->path); /* it has no bytes */
        if (spec->request.any == NULL)
            return asked ? source_memory("", 0)
                         : source_open(spec->path, spec->reach, err);
        err_set(err, EXIT_USAGE,
                "%s: %s is for what is fetched, and this is no URL of http:// "
                "or https://",
                asked ? "a database" : spec->path, spec->request.any);
        return NULL;
    }
    if (web == NULL && spec->reach != NULL && spec->reach->grants != NULL)
        web = spec->reach->grants->web;
    if (web != NULL)
        return fetch(spec, web, err);
    err_set(err, EXIT_USAGE, "%s: nothing is fetched here", spec->path);
    return NULL;
}
