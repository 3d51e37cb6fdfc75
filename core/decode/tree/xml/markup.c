/* markup.c: texts are searched sixteen bytes at a time for what ends them; what
 * a tag is made of is short, and taken byte by byte. */
#include "markup.h"

#include <string.h>

#include "base/scan.h"
#include "name.h"

enum { WORD = sizeof(scan_word), ASIDE = 40 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static char *skip_blank(char *at, const char *end)
{
    while (at < end && is_blank(*at))
        at++;
    return at;
}

/* The token is not whole. */
static enum markup_kind cut_off(const struct markup *markup)
{
    return markup->whole ? MARKUP_ODD : MARKUP_MORE;
}

/* The first '<', '&', ']' or '\r', or the end. */
static inline char *find_mark(char *at, char *end)
{
    for (; at < end; at += WORD) {
        scan_word word;
        memcpy(&word, at, WORD);
        uint64_t mask = scan_word_mask(scan_word_or(
            scan_word_or(scan_word_is(word, '<'), scan_word_is(word, '&')),
            scan_word_or(scan_word_is(word, ']'), scan_word_is(word, '\r'))));
        if (mask != 0) {
            at += scan_first(mask);
            return at < end ? at : end;
        }
    }
    return end;
}

/* The first quote, '<', '&' or control, or the end. */
static inline char *find_quote(char *at, char *end, char quote)
{
    for (; at < end; at += WORD) {
        scan_word word;
        memcpy(&word, at, WORD);
        uint64_t mask = scan_word_mask(scan_word_or(
            scan_word_or(scan_word_is(word, '<'), scan_word_is(word, '&')),
            scan_word_or(scan_word_is(word, quote), scan_word_control(word))));
        if (mask != 0) {
            at += scan_first(mask);
            return at < end ? at : end;
        }
    }
    return end;
}

/* Where the text ends that begins at `at`; NULL: it holds "]]>". */
static inline char *end_of_text(char *at, char *end, bool *raw)
{
    *raw = false;
    for (;; at++) {
        at = find_mark(at, end);
        if (at == end || *at == '<')
            return at;
        if (*at != ']')
            *raw = true;
        else if (end - at >= 3 && at[1] == ']' && at[2] == '>')
            return NULL;
    }
}

/* Where a text may be cut of which more is to come. */
static char *cut_text(const char *start, char *end)
{
    char *at = end;
    while (at > start && end - at < ASIDE && at[-1] != '&' && at[-1] != ';')
        at--;
    if (at > start && at[-1] == '&')
        return at - 1;
    for (int i = 0; i < 2 && end > start && end[-1] == ']'; i++)
        end--;
    return end > start && end[-1] == '\r' ? end - 1 : end;
}

static enum markup_kind take_text(struct markup *markup)
{
    char *start = markup->at;
    char *at = end_of_text(start, markup->end, &markup->raw);
    if (at == NULL)
        return MARKUP_ODD;
    if (at == markup->end && !markup->whole)
        at = cut_text(start, at);
    if (at == start)
        return MARKUP_MORE;
    markup->text = start;
    markup->len = (size_t)(at - start);
    markup->at = at;
    return MARKUP_TEXT;
}

static inline bool is_end_tag(const char *at, const char *end, const char *name,
                              size_t len)
{
    return (size_t)(end - at) >= len + 3 && at[1] == '/' &&
           at[len + 2] == '>' && memcmp(at + 2, name, len) == 0;
}

/* The text from `start` on and the end tag of that name. */
static inline bool take_leaf(struct markup *markup, char *start,
                             const char *name, size_t len)
{
    bool raw;
    char *at = end_of_text(start, markup->end, &raw);
    if (at == NULL || !is_end_tag(at, markup->end, name, len))
        return false;
    markup->text = start;
    markup->len = (size_t)(at - start);
    markup->raw = raw;
    markup->at = at + len + 3;
    return true;
}

bool markup_leaf(struct markup *markup)
{
    return take_leaf(markup, markup->at, markup->text, markup->len);
}

bool markup_expected(struct markup *markup, const char *name, size_t len)
{
    char *at = skip_blank(markup->at, markup->end);
    return (size_t)(markup->end - at) > len + 2 && *at == '<' &&
           at[len + 1] == '>' && memcmp(at + 1, name, len) == 0 &&
           take_leaf(markup, at + len + 2, name, len);
}

/* The first '<', or the end. */
static inline char *find_tag(char *at, char *end)
{
    for (; at < end; at += WORD) {
        scan_word word;
        memcpy(&word, at, WORD);
        uint64_t mask = scan_word_mask(scan_word_is(word, '<'));
        if (mask != 0) {
            at += scan_first(mask);
            return at < end ? at : end;
        }
    }
    return end;
}

void markup_pass(struct markup *markup)
{
    char *end = markup->end;
    for (;;) {
        char *name = find_tag(markup->at, end) + 1, *at = name;
        while (at < end && name_kind(*at) != NAME_NO)
            at++;
        if (at >= end || *at != '>')
            return;
        size_t len = (size_t)(at - name);
        at = find_tag(at, end);
        if (len == 0 || !is_end_tag(at, end, name, len))
            return;
        markup->at = at + len + 3;
    }
}

/* The value and its quotes. */
static enum markup_kind take_value(struct markup *markup, char **here,
                                   struct markup_attribute *attribute)
{
    char *at = *here, quote = *at;
    if (quote != '"' && quote != '\'')
        return MARKUP_ODD;
    attribute->value = ++at;
    attribute->raw = false;
    while ((at = find_quote(at, markup->end, quote)) < markup->end) {
        if (*at == quote)
            break;
        if (*at == '<')
            return MARKUP_ODD;
        attribute->raw = true;
        at++;
    }
    if (at == markup->end)
        return cut_off(markup);
    attribute->len = (size_t)(at - attribute->value);
    *here = at + 1;
    return MARKUP_START;
}

static bool stands_twice(const struct markup *markup)
{
    const struct markup_attribute *last = &markup->attributes[markup->count];
    for (unsigned i = 0; i < markup->count; i++)
        if (markup->attributes[i].name_len == last->name_len &&
            memcmp(markup->attributes[i].name, last->name, last->name_len) == 0)
            return true;
    return false;
}

static enum markup_kind take_attribute(struct markup *markup, char **here)
{
    char *at = *here, *end = markup->end;
    if (markup->count == MARKUP_ATTRIBUTES)
        return MARKUP_ODD;
    struct markup_attribute *attribute = &markup->attributes[markup->count];
    attribute->name = at;
    at = name_end(at, end);
    if (at == NULL)
        return MARKUP_ODD;
    attribute->name_len = (size_t)(at - attribute->name);
    at = skip_blank(at, end);
    if (at == end)
        return cut_off(markup);
    if (*at != '=')
        return MARKUP_ODD;
    at = skip_blank(at + 1, end);
    if (at == end)
        return cut_off(markup);
    enum markup_kind kind = take_value(markup, &at, attribute);
    if (kind == MARKUP_START && stands_twice(markup))
        return MARKUP_ODD;
    markup->count++;
    *here = at;
    return kind;
}

/* What follows the name in a start tag. */
static enum markup_kind take_rest(struct markup *markup, char *at)
{
    for (;;) {
        const char *gap = at;
        at = skip_blank(at, markup->end);
        if (at == markup->end)
            return cut_off(markup);
        markup->empty = *at == '/';
        if (markup->empty && ++at == markup->end)
            return cut_off(markup);
        if (*at == '>') {
            markup->at = at + 1;
            return MARKUP_START;
        }
        if (at == gap || markup->empty)
            return MARKUP_ODD;
        enum markup_kind kind = take_attribute(markup, &at);
        if (kind != MARKUP_START)
            return kind;
    }
}

static enum markup_kind take_start(struct markup *markup)
{
    char *at = name_end(markup->at + 1, markup->end);
    if (at == NULL)
        return MARKUP_ODD;
    markup->text = markup->at + 1;
    markup->len = (size_t)(at - markup->text);
    markup->count = 0;
    return take_rest(markup, at);
}

static enum markup_kind take_end(struct markup *markup)
{
    char *start = markup->at + 2, *at = name_end(start, markup->end);
    if (at == NULL)
        return MARKUP_ODD;
    markup->text = start;
    markup->len = (size_t)(at - start);
    at = skip_blank(at, markup->end);
    if (at == markup->end)
        return cut_off(markup);
    markup->at = at + 1;
    return *at == '>' ? MARKUP_END : MARKUP_ODD;
}

/* Where `word` stands, or NULL. */
static char *find_word(char *at, char *end, const char *word)
{
    size_t len = strlen(word);
    while ((size_t)(end - at) >= len &&
           (at = memchr(at, *word, (size_t)(end - at) - len + 1)) != NULL) {
        if (memcmp(at, word, len) == 0)
            return at;
        at++;
    }
    return NULL;
}

static enum markup_kind take_until(struct markup *markup, size_t front,
                                   const char *word, enum markup_kind kind)
{
    markup->text = markup->at + front;
    char *at = find_word(markup->text, markup->end, word);
    if (at == NULL)
        return cut_off(markup);
    markup->len = (size_t)(at - markup->text);
    markup->raw =
        kind == MARKUP_CDATA && memchr(markup->text, '\r', markup->len) != NULL;
    markup->at = at + strlen(word);
    return kind;
}

static enum markup_kind take_comment(struct markup *markup)
{
    enum markup_kind kind = take_until(markup, 4, "--", MARKUP_OTHER);
    if (kind != MARKUP_OTHER)
        return kind;
    if (markup->at == markup->end) {
        markup->at = markup->text - 4;
        return cut_off(markup);
    }
    return *markup->at++ == '>' ? MARKUP_OTHER : MARKUP_ODD;
}

static enum markup_kind take_declared(struct markup *markup)
{
    static const char comment[] = "<!--", cdata[] = "<![CDATA[";
    size_t left = (size_t)(markup->end - markup->at);
    if (left >= sizeof comment - 1 &&
        memcmp(markup->at, comment, sizeof comment - 1) == 0)
        return take_comment(markup);
    if (left < sizeof cdata - 1)
        return cut_off(markup);
    if (memcmp(markup->at, cdata, sizeof cdata - 1) == 0)
        return take_until(markup, sizeof cdata - 1, "]]>", MARKUP_CDATA);
    return MARKUP_ODD;
}

/* An instruction: its target, and then a blank or nothing. */
static enum markup_kind take_instruction(struct markup *markup)
{
    enum markup_kind kind = take_until(markup, 2, "?>", MARKUP_OTHER);
    if (kind != MARKUP_OTHER)
        return kind;
    char *end = markup->text + markup->len;
    const char *at = name_end(markup->text, end);
    if (at == NULL || markup->len == 0 || (at < end && !is_blank(*at)))
        return MARKUP_ODD;
    if (!name_is_xml(markup->text, (size_t)(at - markup->text)))
        return MARKUP_OTHER;
    return name_is_head(markup->text, markup->len) ? MARKUP_HEAD : MARKUP_ODD;
}

enum markup_kind markup_next(struct markup *markup)
{
    const char *at = markup->at;
    if (at == markup->end)
        return markup->whole ? MARKUP_DONE : MARKUP_MORE;
    if (*at != '<')
        return take_text(markup);
    if (markup->end - at < 2)
        return cut_off(markup);
    switch (at[1]) {
    case '/':
        return take_end(markup);
    case '!':
        return take_declared(markup);
    case '?':
        return take_instruction(markup);
    default:
        return take_start(markup);
    }
}
