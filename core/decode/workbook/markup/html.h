/* html.h: HTML, as people write it, as a stream of tags and texts, over
 * libxml2's push parser.
 *
 * Nothing outside the text is read, no tree is built; depth and the length of a
 * tag are bounded. References are resolved, names arrive in lower case, tags
 * that are missing are there. What the parser would drop or change is kept and
 * marked (clean.h). One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_HTML_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct html;

/* What hears the tags. Names and texts are borrowed until it returns; a text
 * comes in pieces. `attributes`: name, value, name, value, NULL; a value may be
 * NULL. */
struct html_listener {
    void (*start)(void *self, const char *name, const char *const *attributes);
    void (*end)(void *self, const char *name);
    void (*text)(void *self, const char *text, size_t len);
    void (*comment)(void *self, const char *text);
    void *self;
};

/* `decoded`: the text came through a decoder (charset.h). `max_text`: more of
 * one text is cut, and a tag that is longer fails. NULL: out of memory. */
struct html *html_new(const struct html_listener *listener, bool decoded,
                      size_t max_text);
void html_free(struct html *html); /* NULL is allowed */
/* Hears a piece of the text, UTF-8 that nobody has checked; `final`: nothing
 * follows. Answers in *used how many bytes were used; what is left begins a
 * character, and comes again. */
bool html_feed(struct html *html, const char *text, size_t len, bool final,
               size_t *used, struct err *err);
/* After the final piece: ends what is still open. */
void html_end(struct html *html);
/* Says at any time whether anything was marked (clean.h). */
const bool *html_marked(const struct html *html);
/* The value of the attribute, "" where it has none, or NULL. */
const char *html_attribute(const char *const *attributes, const char *name);

#endif
