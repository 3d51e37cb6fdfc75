/* html.c: libxml2 keeps what it has not yet understood: the rest of a tag, a
 * comment, a text up to the next tag. How much that is, is looked at after
 * each piece. Elements that nest deeper than any page does are refused, because
 * each end tag looks for its start through all of them. */
#include "html.h"

#include <libxml/HTMLparser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "clean.h"

enum { MAX_DEPTH = 512, MARGIN = 1024 * 1024 };

struct html {
    struct html_listener listener;
    htmlParserCtxtPtr parser;
    struct clean clean;
    struct buf text; /* a piece, clean */
    size_t max_kept;
    unsigned depth;
    bool too_deep;
};

static void hear_start(void *self, const xmlChar *name,
                       const xmlChar **attributes)
{
    static const char *const none[] = {NULL};
    struct html *html = self;
    html->depth++;
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
    htmlCtxtUseOptions(html->parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR |
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

static size_t bytes_kept(const struct html *html)
{
    const struct _xmlParserInput *input = html->parser->input;
    return input != NULL ? (size_t)(input->end - input->cur) : 0;
}

bool html_feed(struct html *html, const char *text, size_t len, bool final,
               size_t *used, struct err *err)
{
    buf_clear(&html->text);
    *used = clean_add(&html->clean, text, len, final, &html->text);
    size_t at = 0;
    do {
        size_t left = html->text.len - at;
        int piece = left > INT_MAX / 2 ? INT_MAX / 2 : (int)left;
        htmlParseChunk(html->parser, html->text.at + at, piece, 0);
        at += (size_t)piece;
    } while (at < html->text.len && !html->too_deep);
    if (html->too_deep)
        return err_set(err, EXIT_INPUT, "tags nest deeper than %d", MAX_DEPTH);
    if (bytes_kept(html) > html->max_kept)
        return err_set(err, EXIT_INPUT,
                       "a tag or a comment does not end within %zu bytes "
                       "(max_cell)",
                       html->max_kept - MARGIN);
    if (html->parser->disableSAX != 0)
        return err_set(err, EXIT_INPUT, "cannot be read on as HTML");
    if (final)
        htmlParseChunk(html->parser, "", 0, 1);
    return true;
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
