/* tag.c: names are looked up in a sorted table. */
#include "tag.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "html.h"

static const struct named {
    const char *name;
    enum tag tag;
} all[] = {
    {"address", TAG_BLOCK}, {"article", TAG_BLOCK},   {"blockquote", TAG_BLOCK},
    {"br", TAG_BREAK},      {"caption", TAG_CAPTION}, {"center", TAG_BLOCK},
    {"col", TAG_COLUMN},    {"colgroup", TAG_COLUMN}, {"dd", TAG_BLOCK},
    {"div", TAG_BLOCK},     {"dl", TAG_BLOCK},        {"dt", TAG_BLOCK},
    {"frame", TAG_FRAME},   {"frameset", TAG_FRAME},  {"h1", TAG_BLOCK},
    {"h2", TAG_BLOCK},      {"h3", TAG_BLOCK},        {"h4", TAG_BLOCK},
    {"h5", TAG_BLOCK},      {"h6", TAG_BLOCK},        {"hr", TAG_BLOCK},
    {"input", TAG_INPUT},   {"li", TAG_BLOCK},        {"ol", TAG_BLOCK},
    {"option", TAG_BLOCK},  {"p", TAG_BLOCK},         {"pre", TAG_AS_IS},
    {"section", TAG_BLOCK}, {"table", TAG_TABLE},     {"tbody", TAG_GROUP},
    {"td", TAG_CELL},       {"textarea", TAG_AS_IS},  {"tfoot", TAG_GROUP},
    {"th", TAG_CELL},       {"thead", TAG_GROUP},     {"tr", TAG_ROW},
    {"ul", TAG_BLOCK},
};

static int compare(const void *name, const void *row)
{
    return strcmp(name, ((const struct named *)row)->name);
}

enum tag tag_of(const char *name)
{
    const struct named *found =
        bsearch(name, all, sizeof all / sizeof *all, sizeof *all, compare);
    return found ? found->tag : TAG_OTHER;
}

static const char *skip_space(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
        at++;
    return at;
}

/* `display : none` as a declaration of a style. */
static bool declares_none(const char *style)
{
    for (const char *at = style; at != NULL && *at != '\0';) {
        at = skip_space(at);
        if (strncasecmp(at, "display", 7) == 0) {
            at = skip_space(at + 7);
            if (*at == ':' && strncasecmp(skip_space(at + 1), "none", 4) == 0)
                return true;
        }
        at = strchr(at, ';');
        at = at ? at + 1 : NULL;
    }
    return false;
}

bool tag_hidden(const char *const *attributes)
{
    if (*attributes == NULL)
        return false;
    const char *style = html_attribute(attributes, "style");
    return (style != NULL && declares_none(style)) ||
           html_attribute(attributes, "hidden") != NULL;
}

unsigned tag_number(const char *const *attributes, const char *name)
{
    enum { MOST = 1000000 };
    const char *text = html_attribute(attributes, name);
    unsigned number = 0;
    if (text == NULL)
        return 1;
    text = skip_space(text);
    if (!ascii_digit(*text))
        return 1;
    for (; ascii_digit(*text) && number < MOST; text++)
        number = number * 10 + (unsigned)(*text - '0');
    return number;
}
