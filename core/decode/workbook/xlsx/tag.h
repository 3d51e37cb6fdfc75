/* tag.h: the tags of plain XML, one after the other.
 *
 * Plain is what most programs write and what plain.h makes of all else: UTF-8,
 * elements without a prefix, no DTD, and from the root on no comment, CDATA or
 * instruction. Nothing is believed: what is no XML ends the walk. Pure; any
 * thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_TAG_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_TAG_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct xlsx_tag {
    const char *start; /* its '<' */
    const char *name;
    size_t len;
    const char *at, *end; /* its attributes that were not taken yet */
    bool closing, empty;  /* </name>, <name/> */
};

struct xlsx_attribute {
    const char *name, *value; /* the value as it stands, without its quotes */
    size_t len, value_len;
};

/* The next tag of [at, end); answers what follows it, NULL: none is whole. */
const char *xlsx_tag_next(const char *at, const char *end,
                          struct xlsx_tag *tag);
/* The next one of its attributes. */
bool xlsx_tag_attribute(struct xlsx_tag *tag, struct xlsx_attribute *attribute);
/* The value of its attribute of that name, which ends its walk, or NULL. */
const char *xlsx_tag_value(struct xlsx_tag *tag, const char *name, size_t *len);
/* What follows the element that `tag` opens; NULL: its end is not in view. */
const char *xlsx_tag_skip(const char *at, const char *end,
                          const struct xlsx_tag *tag);

static inline bool xlsx_is(const char *text, size_t len, const char *word)
{
    return len == strlen(word) && memcmp(text, word, len) == 0;
}

static inline bool xlsx_tag_is(const struct xlsx_tag *tag, const char *name)
{
    return xlsx_is(tag->name, tag->len, name);
}

static inline bool xlsx_tag_begins(const struct xlsx_tag *tag, char c)
{
    return tag->len > 0 && *tag->name == c;
}

static inline bool xlsx_tag_opens(const struct xlsx_tag *tag, const char *name)
{
    return !tag->closing && xlsx_tag_is(tag, name);
}

static inline bool xlsx_tag_closes(const struct xlsx_tag *tag, const char *name)
{
    return tag->closing && xlsx_tag_is(tag, name);
}

static inline bool xlsx_is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* A truth as XML writes it: 1, true. */
static inline bool xlsx_is_true(const char *text, size_t len)
{
    return text != NULL &&
           (xlsx_is(text, len, "1") || xlsx_is(text, len, "true") ||
            xlsx_is(text, len, "on"));
}

#endif
