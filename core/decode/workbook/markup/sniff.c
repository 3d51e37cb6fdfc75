/* sniff.c: only the ASCII of the head counts, so that UTF-16 is no other case.
 * White space, comments, a declaration and the document's type are no part of
 * what it is. */
#include "sniff.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "before.h"
#include "decode/encoding/fold.h"

static bool begins(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

/* Both in any letter case. */
static const char *find(const char *text, const char *part)
{
    size_t len = strlen(part);
    char low = ascii_lower(part[0]), high = ascii_upper(part[0]);
    for (; *text != '\0'; text++)
        if ((*text == low || *text == high) &&
            strncasecmp(text, part, len) == 0)
            return text;
    return NULL;
}

static const char *skip_space(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')
        at++;
    return at;
}

static const char *skip_past(const char *at, const char *end)
{
    const char *found = strstr(at, end);
    return found ? found + strlen(end) : at + strlen(at);
}

/* The first element's begin; *html: the type of the document says so. */
static const char *first_element(const char *at, bool *html)
{
    *html = false;
    for (;;) {
        at = skip_space(at);
        if (begins(at, "<!--"))
            at = skip_past(at, "-->");
        else if (begins(at, "<?"))
            at = skip_past(at, "?>");
        else if (begins(at, "<!")) {
            *html |= begins(skip_space(at + 2), "doctype html");
            at = skip_past(at, ">");
        } else
            return at;
    }
}

/* Tags that begin a page, or what is put out in place of an export. */
static const char *const pages[] = {
    "html", "head",   "body", "table", "meta", "style", "title", "script",
    "link", "base",   "div",  "p",     "br",   "b",     "h1",    "h2",
    "h3",   "center", "form", "font",  "span", "thead", "tbody", "tr",
};

static bool is_page(const char *element)
{
    if (*element != '<')
        return false;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        size_t len = strlen(pages[i]);
        if (begins(element + 1, pages[i]) && !ascii_letter(element[1 + len]) &&
            element[1 + len] != ':' && !ascii_digit(element[1 + len]))
            return true;
    }
    return false;
}

/* By what comes before its table, if any: words may come before the first
 * element as well, and those of mail do in MHTML. */
static int page_surety(const char *text, const char *element)
{
    enum { SURE = 95, WORDS = 90, PAGE = 80 };
    enum before before = before_table(text);
    if (before == BEFORE_CELLS)
        return 0;
    if (!is_page(element))
        return before == BEFORE_PAGE ? WORDS : 0;
    return before == BEFORE_PAGE || find(element, "<tr") ? SURE : PAGE;
}

int sniff_html(const char *head, size_t len)
{
    enum { SURE = 95 }; /* more than any text with a fitting name */
    struct buf text = {0};
    bool html;
    fold_head(&text, head, len);
    const char *element = first_element(buf_text(&text), &html);
    int sure = html || begins(element, "<html")
                   ? SURE
                   : page_surety(buf_text(&text), element);
    buf_release(&text);
    return sure;
}

int sniff_spreadsheetml(const char *head, size_t len)
{
    enum { SURE = 98 };
    struct buf text = {0};
    bool html;
    fold_head(&text, head, len);
    const char *element = first_element(buf_text(&text), &html);
    bool found = *element == '<' &&
                 find(element, "urn:schemas-microsoft-com:office:spreadsheet");
    const char *name = element + 1;
    while (found && ascii_letter(*name))
        name++;
    if (found && *name == ':')
        element = name;
    found = found && begins(element + 1, "Workbook");
    buf_release(&text);
    return found ? SURE : 0;
}

/* Fields that mails and saved pages begin with. */
static const char *const fields[] = {"mime-version:",
                                     "from:",
                                     "content-type:",
                                     "subject:",
                                     "date:",
                                     "snapshot-content-location:",
                                     "x-document-type:",
                                     "content-location:"};

int sniff_mhtml(const char *head, size_t len)
{
    enum { SURE = 95 };
    struct buf text = {0};
    bool field = false;
    fold_head(&text, head, len);
    const char *at = skip_space(buf_text(&text));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        field |= begins(at, fields[i]);
    const char *type = field ? find(at, "content-type:") : NULL;
    const char *value = type ? skip_space(type + 13) : "";
    bool found = field && find(at, "mime-version:") &&
                 (begins(value, "multipart/") || begins(value, "text/html"));
    buf_release(&text);
    return found ? SURE : 0;
}
