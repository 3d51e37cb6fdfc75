/* markup.h: plain XML, token after token, where it stands.
 *
 * Plain is what nearly all programs write: elements, attributes, text, the five
 * entities and references to characters, CDATA, comments, instructions. What
 * is anything else, or wrong, is MARKUP_ODD: whether it is XML and what is said
 * of it is expat's to say (stream.h). Nothing is plain that expat refuses.
 *
 * The text is UTF-8 without characters that XML has not (markup_check), and
 * BUF_SLACK bytes after it are readable. What is not looked at: whether tags
 * match, and what stands outside of the root. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TREE_XML_MARKUP_H
#define FASTSYNC_DECODE_TREE_XML_MARKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum markup_kind {
    MARKUP_MORE, /* the token goes on beyond the text's end */
    MARKUP_DONE, /* the text has ended */
    MARKUP_ODD,
    MARKUP_START, /* name, attributes, empty */
    MARKUP_END,   /* name */
    MARKUP_TEXT,  /* text, raw; a part of it where the text ends */
    MARKUP_CDATA, /* text, raw */
    MARKUP_OTHER, /* a comment, an instruction */
    MARKUP_HEAD,  /* <?xml version="1.0"?> */
};

enum { MARKUP_ATTRIBUTES = 64 }; /* more of them are odd */

struct markup_attribute {
    char *name, *value;
    size_t name_len, len;
    bool raw;
};

struct markup {
    char *at, *end; /* what is left of the text */
    bool whole;     /* nothing follows it */

    /* Of the token: its name or its text, as it stands. */
    char *text;
    size_t len;
    bool raw;   /* markup_cook makes it what it says */
    bool empty; /* it has no end tag */
    unsigned count;
    struct markup_attribute attributes[MARKUP_ATTRIBUTES];
};

enum markup_kind markup_next(struct markup *markup);
/* After a start tag: is all that the element holds a text, and its end tag
 * there? Takes both then: text, len, raw. */
bool markup_leaf(struct markup *markup);

/* What a text, a CDATA or an attribute's value (MARKUP_START) says, in its own
 * place: its length, or MARKUP_NONE where it is odd. */
#define MARKUP_NONE SIZE_MAX
size_t markup_cook(char *text, size_t len, enum markup_kind kind);

/* How many bytes from the first on are UTF-8 and characters of XML. */
size_t markup_check(const char *text, size_t len);
/* Line ends, as expat counts them. */
uint64_t markup_lines(const char *text, size_t len);

#endif
