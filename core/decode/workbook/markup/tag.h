/* tag.h: what the tags of a page mean to its tables. Pure. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_TAG_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_TAG_H

#include <stdbool.h>

enum tag {
    TAG_OTHER,
    TAG_TABLE,
    TAG_GROUP,   /* thead, tbody, tfoot */
    TAG_ROW,     /* tr */
    TAG_CELL,    /* td, th */
    TAG_CAPTION, /* caption */
    TAG_COLUMN,  /* col, colgroup */
    TAG_BREAK,   /* br */
    TAG_BLOCK,   /* p, div, li and the like: a line of its own */
    TAG_AS_IS,   /* pre, textarea */
    TAG_INPUT,   /* input */
    TAG_FRAME,   /* frame, frameset */
};

/* `name` in lower case. */
enum tag tag_of(const char *name);
/* Is the element not shown: display:none, or hidden? */
bool tag_hidden(const char *const *attributes);
/* The number of an attribute such as colspan; 1 where it is none. */
unsigned tag_number(const char *const *attributes, const char *name);

#endif
