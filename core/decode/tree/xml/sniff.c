/* sniff.c: what declares itself, or its type, is XML. Anything else is read
 * tag by tag as far as it is seen: a CSV may begin with '<', too. A document
 * that is damaged is one still, so how far it was good says how sure that is:
 * a person who is told the line mends it, and rows of a CSV that never was one
 * help nobody. */
#include "sniff.h"

#include <stdbool.h>
#include <string.h>

#include "base/ascii.h"
#include "decode/encoding/fold.h"
#include "name.h"

/* Plainly it; more than a text that is called .csv; and, with a name that
 * fits, more than any text, as decode/detect.c counts. */
enum { DECLARED = 90, READS = 82, BROKEN = 75, BEGINS = 45, HOLDS = 35 };

enum { DEPTH = 32 };

enum seen { GOES_ON, ENDS, DAMAGED };

struct look {
    const char *at;
    const char *open[DEPTH]; /* names of the elements that are open */
    unsigned depth;
    bool ended;  /* an element has, */
    bool proper; /* and it was in another one, or had attributes */
    bool rooted;
};

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static const char *skip_blank(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* Bytes above ASCII are letters, in whatever encoding. */
static size_t name_size(const char *at)
{
    size_t len = 0;
    while ((at[len] & 0x80) != 0 ||
           name_kind(at[len]) >= (len > 0 ? NAME_MORE : NAME_FIRST))
        len++;
    return len;
}

static enum seen pass(struct look *look, const char *end)
{
    const char *found = strstr(look->at, end);
    look->at = found ? found + strlen(end) : look->at;
    return found ? GOES_ON : ENDS;
}

static enum seen wrong_at(const char *at)
{
    return *at == '\0' ? ENDS : DAMAGED;
}

static void end_element(struct look *look, bool attributes)
{
    look->ended = true;
    look->proper = look->proper || attributes || look->depth > 0;
}

static enum seen take_end(struct look *look)
{
    const char *name = look->at + 2, *at = name + name_size(name);
    size_t len = (size_t)(at - name);
    at = skip_blank(at);
    if (*at != '>')
        return wrong_at(at);
    if (look->depth == 0)
        return DAMAGED;
    const char *open = look->open[look->depth - 1];
    if (name_size(open) != len || memcmp(open, name, len) != 0)
        return DAMAGED;
    look->at = at + 1;
    look->depth--;
    end_element(look, false);
    return GOES_ON;
}

/* One after the other, as far as they are good. */
static const char *skip_attributes(const char *at)
{
    for (;;) {
        const char *name = skip_blank(at);
        size_t len = name_size(name);
        if (name == at || len == 0)
            return name;
        const char *value = skip_blank(name + len);
        if (*value == '=')
            value = skip_blank(value + 1);
        if (value[0] == '\0' || (*value != '"' && *value != '\''))
            return value;
        const char *close = strchr(value + 1, *value);
        if (close == NULL)
            return value + strlen(value);
        at = close + 1;
    }
}

static enum seen take_start(struct look *look)
{
    const char *name = look->at + 1;
    size_t len = name_size(name);
    const char *gap = skip_blank(name + len), *at = skip_attributes(name + len);
    if (len == 0 || (*at != '>' && !begins(at, "/>")))
        return wrong_at(at + (len > 0 && *at == '/'));
    if (look->rooted && look->depth == 0)
        return DAMAGED;
    look->rooted = true;
    look->at = at + 1;
    if (*at == '/') {
        look->at++;
        end_element(look, at > gap);
    } else if (look->depth < DEPTH) {
        look->open[look->depth++] = name;
    } else {
        return ENDS;
    }
    return GOES_ON;
}

static enum seen take(struct look *look)
{
    if (*look->at == '\0')
        return ENDS;
    if (*look->at != '<') {
        const char *blanks = skip_blank(look->at);
        if (look->depth == 0 && blanks == look->at)
            return DAMAGED;
        look->at = look->depth > 0 ? look->at + strcspn(look->at, "<") : blanks;
        return GOES_ON;
    }
    if (begins(look->at, "<!--"))
        return pass(look, "-->");
    if (begins(look->at, "<?"))
        return pass(look, "?>");
    if (look->depth > 0 && begins(look->at, "<![CDATA["))
        return pass(look, "]]>");
    return look->at[1] == '/' ? take_end(look) : take_start(look);
}

static int read_tags(const char *text)
{
    struct look look = {.at = text};
    enum seen seen = GOES_ON;
    while (seen == GOES_ON) {
        seen = take(&look);
        if (!look.rooted && begins(look.at, "<!DOCTYPE"))
            return READS;
    }
    if (seen == ENDS && look.ended)
        return READS;
    bool cell = look.depth == 0 && strchr(",;|", *look.at) != NULL;
    return look.proper && !cell ? BROKEN : BEGINS;
}

int sniff_xml(const char *head, size_t len)
{
    struct buf folded = {0};
    fold_head(&folded, head, len);
    const char *text = skip_blank(buf_text(&folded));
    int sure = 0;
    if (begins(text, "<?xml") && ascii_blank(text[5]))
        sure = DECLARED;
    else if (*text == '<')
        sure = read_tags(text);
    else if (strstr(text, "</") != NULL)
        sure = HOLDS;
    buf_release(&folded);
    return sure;
}
