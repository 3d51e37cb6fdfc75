/* answer.h: what a page says of the one after it: a Link header, or a value in
 * its JSON. Pure. */
#ifndef FASTSYNC_NET_WEB_ANSWER_H
#define FASTSYNC_NET_WEB_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum answer_type {
    ANSWER_MISSING,
    ANSWER_NONE, /* null, false or "" */
    ANSWER_TEXT, /* a text, or a number as it stands */
    ANSWER_LIST,
    ANSWER_EMPTY, /* a list or an object with nothing in it */
    ANSWER_OTHER, /* an object, or true */
    ANSWER_NO_JSON,
};

/* The value at "data.next", member by member, up to a `*`; "": the whole. A
 * text is put into `text`. */
enum answer_type answer_at(const char *body, size_t len, const char *path,
                           struct buf *text);
/* How many parts the list at that path has; false: there is none. */
bool answer_count(const char *body, size_t len, const char *path,
                  uint64_t *count);
/* The target of rel="next" among header lines, in `to`; false: none. */
bool answer_link(const struct buf *headers, struct buf *to);
/* The value of the last header of that name ("content-type"), in `to`. */
bool answer_header(const struct buf *headers, const char *name, struct buf *to);

#endif
