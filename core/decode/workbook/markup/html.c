/* html.c: libxml2 keeps what it has not yet understood: the rest of a tag, a
 * comment, a text up to the next tag. How much that is, is looked at after
 * each piece. Elements that nest deeper than any page does are refused, because
 * each end tag looks for its start through all of them. */
#include "html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "clean.h"

enum { MAX_DEPTH = 512, MARGIN = 1024 * 1024 };

struct html {
    struct html_listener listener;
    htmlParserCtxtPtr parser;
    struct clean clean;
    struct buf text; /* clean, not yet parsed */
    size_t max_kept;
    const char *code; /* the element whose text is code; or NULL */
    unsigned depth;
    bool too_deep;
};

static void hear_start(void *self, const xmlChar *name,
                       const xmlChar **attributes)
{
    static const char *const none[] = {NULL};
    struct html *html = self;
    html->depth++;
    if (strcmp((const char *)name, "script") == 0 ||
        strcmp((const char *)name, "style") == 0)
        html->code = (const char *)name;
    if (html->depth > MAX_DEPTH && !html->too_deep) {
        html->too_deep = true;
        xmlStopParser(html->parser);
    }
    if (!html->too_deep)
        html->listener.start(html->listener.self, (const char *)name,
                             attributes ? (const char *const *)attributes
                                        : none);
}

static void hear_end(void *self, const xmlChar *name)
{
    struct html *html = self;
    html->depth -= html->depth > 0;
    html->code = NULL;
    if (!html->too_deep)
        html->listener.end(html->listener.self, (const char *)name);
}

static void hear_text(void *self, const xmlChar *text, int len)
{
    struct html *html = self;
    if (len > 0 && !html->too_deep)
        html->listener.text(html->listener.self, (const char *)text,
                            (size_t)len);
}

/* Of scripts and styles. */
static void hear_code(void *self, const xmlChar *text, int len)
{
    (void)self, (void)text, (void)len;
}

static void hear_comment(void *self, const xmlChar *text)
{
    struct html *html = self;
    if (!html->too_deep)
        html->listener.comment(html->listener.self, (const char *)text);
}

struct html *html_new(const struct html_listener *listener, bool decoded,
                      size_t max_text)
{
    xmlSAXHandler handler = {
        .startElement = hear_start,
        .endElement = hear_end,
        .characters = hear_text,
        .ignorableWhitespace = hear_text,
        .cdataBlock = hear_code,
        .comment = hear_comment,
    };
    struct html *html = mem_zero(1, sizeof *html);
    html->listener = *listener;
    html->clean.decoded = decoded;
    html->clean.max_run = max_text;
    html->max_kept = max_text + MARGIN;
    html->parser = htmlCreatePushParserCtxt(&handler, html, NULL, 0, NULL,
                                            XML_CHAR_ENCODING_UTF8);
    if (html->parser == NULL) {
        free(html);
        return NULL;
    }
    htmlCtxtUseOptions(html->parser, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
                                         HTML_PARSE_NOERROR |
                                         HTML_PARSE_NOWARNING |
                                         HTML_PARSE_IGNORE_ENC);
    return html;
}

void html_free(struct html *html)
{
    if (html == NULL)
        return;
    htmlFreeParserCtxt(html->parser);
    buf_release(&html->text);
    free(html);
}

/* What it has understood it would keep as well. Where it stands in what it has
 * not is counted from there: it looks once more. */
static void let_go(struct html *html)
{
    enum { WORTH = 64 * 1024 };
    struct _xmlParserInput *input = html->parser->input;
    if (input == NULL || input->cur - input->base < WORTH)
        return;
    html->parser->checkIndex = 0;
    xmlParserInputShrink(input);
}

static size_t bytes_kept(const struct html *html)
{
    const struct _xmlParserInput *input = html->parser->input;
    return input != NULL ? (size_t)(input->end - input->cur) : 0;
}

/* What the parser makes of tags that people write wrongly depends on where its
 * pieces end. So they end where the text says, however it was read: at the
 * first '>' after so many bytes. 0: that is not there yet. */
static size_t next_block(const struct buf *text, bool final)
{
    enum { BLOCK = 32 * 1024, LONGEST = 2 * BLOCK };
    size_t len = text->len < LONGEST ? text->len : LONGEST;
    if (len >= BLOCK) {
        const char *from = text->at + BLOCK - 1;
        const char *end = memchr(from, '>', len - BLOCK + 1);
        if (end != NULL)
            return (size_t)(end - text->at) + 1;
    }
    return final || len == LONGEST ? len : 0;
}

static void give(struct html *html, const char *text, size_t len)
{
    while (len > 0 && !html->too_deep) {
        int piece = len > INT_MAX / 2 ? INT_MAX / 2 : (int)len;
        htmlParseChunk(html->parser, text, piece, 0);
        text += piece;
        len -= (size_t)piece;
    }
}

static bool begins(const char *at, const char *end, const char *start)
{
    size_t len = strlen(start);
    return (size_t)(end - at) >= len && strncasecmp(at, start, len) == 0;
}

/* Where a tag ends that may begin code, or `end`. */
static const char *find_code(const char *at, const char *end)
{
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        const char *tag = at++;
        if (!begins(tag, end, "<script") && !begins(tag, end, "<style"))
            continue;
        const char *close = memchr(tag, '>', (size_t)(end - tag));
        return close ? close + 1 : end;
    }
    return end;
}

static const char *code_end(const struct html *html)
{
    return strcmp(html->code, "script") == 0 ? "</script" : "</style";
}

/* Where the code ends: at its end tag, or where that may begin. */
static const char *skip_code(const struct html *html, const char *at,
                             const char *end, bool final)
{
    const char *close = code_end(html);
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (begins(at, end, close) ||
            (!final && (size_t)(end - at) < strlen(close)))
            return at;
        at++;
    }
    return end;
}

/* Code goes to nobody: where it ends would depend on its pieces. */
static void parse(struct html *html, size_t len, bool final)
{
    const char *at = html->text.at, *end = at + len;
    while (at < end && !html->too_deep) {
        if (html->code != NULL) {
            const char *tag = at = skip_code(html, at, end, final);
            if (!begins(at, end, code_end(html)))
                break;
            html->code = NULL;
            at = memchr(at, '>', (size_t)(end - at));
            at = at ? at + 1 : end;
            give(html, tag, (size_t)(at - tag));
        } else {
            const char *code = find_code(at, end);
            give(html, at, (size_t)(code - at));
            at = code;
        }
    }
    size_t used = (size_t)(at - html->text.at);
    html->text.len -= used;
    memmove(html->text.at, html->text.at + used, html->text.len);
}

static bool parse_block(struct html *html, size_t len, bool final,
                        struct err *err)
{
    parse(html, len, final);
    if (html->too_deep)
        return err_set(err, EXIT_INPUT, "tags nest deeper than %d" ERR_FIXED,
                       MAX_DEPTH);
    let_go(html);
    if (bytes_kept(html) > html->max_kept)
        return err_set(err, EXIT_INPUT,
                       "a tag or a comment does not end within %zu bytes "
                       "(max_cell)",
                       html->max_kept - MARGIN);
    return html->parser->disableSAX == 0 ||
           err_set(err, EXIT_INPUT, "cannot be read on as HTML");
}

bool html_feed(struct html *html, const char *text, size_t len, bool final,
               size_t *used, struct err *err)
{
    size_t block;
    buf_reserve(&html->text, 1); /* so it is somewhere */
    *used = clean_add(&html->clean, text, len, final, &html->text);
    while ((block = next_block(&html->text, final)) > 0)
        if (!parse_block(html, block, final && block == html->text.len, err))
            return false;
    return true;
}

void html_end(struct html *html)
{
    htmlParseChunk(html->parser, "", 0, 1);
}

const bool *html_marked(const struct html *html)
{
    return &html->clean.marked;
}

const char *html_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1] ? attributes[1] : "";
    return NULL;
}
