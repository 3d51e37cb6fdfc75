/* value.h: one value: a cell, or a part of one, on its way from the decoder to
 * the JSON that is sent.
 *
 * A value is sixteen bytes and owns nothing: what it points to lies in the
 * chunk (or in the arena of whoever made it) and lives as long as that does.
 *
 * - Text is valid UTF-8 in NFC, not terminated. Flags let the common case skip
 *   work: a text without VALUE_WIDE is ASCII, one without VALUE_SPECIAL needs
 *   no escaping in JSON, one without VALUE_TIGHT can be copied in steps. A flag
 *   that is set says only "may"; one that is not set is a promise. Who makes a
 *   text sets all or proves otherwise; of two texts' union, the union holds.
 * - A decimal is a number as the input wrote it: its text, in the grammar of
 *   JSON's numbers (-12.10, 5E+3), never rounded and never shortened. No flags.
 *   A number whose digits an int64_t would print is better a VALUE_INT; who
 *   reads a decimal takes either.
 * - A list is `len` values, a map `len` members in the order of the input; each
 *   name stands in a map once. A member that is null is a VALUE_NIL and says
 *   the same as one that is not there. Lists and maps may hold each other,
 *   VALUE_DEPTH deep at most, and have at most VALUE_PARTS parts each: a
 * decoder makes what goes beyond a fault of the row.
 *
 * Keys and hashes go by the text that is sent: 12.10 and 12.1 are two keys.
 *
 * What is done with a list or a map: a path reaches into it (plan.h), scripts
 * get it as a table (bind.h), `join` and `first` take lists; text functions and
 * fields of forms refuse it and say so. */
#ifndef FASTSYNC_VALUE_H
#define FASTSYNC_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/copy.h"

enum value_type {
    VALUE_NIL,     /* absent: the field is left out */
    VALUE_TEXT,    /* text, len */
    VALUE_INT,     /* integer */
    VALUE_NUMBER,  /* number: computed, or of an input that has no digits */
    VALUE_DECIMAL, /* text, len: a number's digits */
    VALUE_BOOL,    /* truth */
    VALUE_EMPTY,   /* fast.empty: an explicit "" */
    VALUE_LIST,    /* list, len */
    VALUE_MAP,     /* members, len */
};

enum {
    VALUE_WIDE = 1, /* may hold bytes of 0x80 and above */
    /* May hold a character that JSON escapes (below U+0020, '"', '\\') or that
     * is no usual one of a text: '&', '?', U+007F, or beyond ASCII any but
     * U+00C0 to U+01BF and U+1E00 to U+1EFF, where Vietnamese is. */
    VALUE_SPECIAL = 2,
    /* The 31 bytes after the text may be nobody's: not even to be read. */
    VALUE_TIGHT = 4,
    VALUE_ANY = VALUE_WIDE | VALUE_SPECIAL | VALUE_TIGHT,
};

enum { VALUE_DEPTH = 64, VALUE_PARTS = 1 << 20 };

struct value_member;

struct value {
    union {
        const char *text;
        int64_t integer;
        double number;
        bool truth;
        const struct value *list;
        const struct value_member *members;
    };
    uint32_t len; /* bytes of text, values of list, members */
    uint8_t type; /* enum value_type */
    uint8_t flags;
};

struct value_member {
    struct value name; /* a VALUE_TEXT */
    struct value value;
};

/* A value of any text, with flags that promise nothing. */
static inline struct value value_text(const char *text, size_t len)
{
    return (struct value){.text = text,
                          .len = (uint32_t)len,
                          .type = VALUE_TEXT,
                          .flags = VALUE_ANY};
}

/* VALUE_WIDE and VALUE_SPECIAL as the bytes are: exact. */
uint8_t value_flags(const char *text, size_t len);
/* Copies a text. `to` is written to for up to 31 bytes after the copy. */
static inline void value_copy(char *to, const struct value *text)
{
    if ((text->flags & VALUE_TIGHT) != 0)
        copy_exact(to, text->text, text->len);
    else
        copy_steps(to, text->text, text->len);
}

/* The member of that name, or NULL. */
const struct value *value_find(const struct value *map, const char *name,
                               size_t len);
/* True, and *integer, where an int64_t prints just these digits: no fraction,
 * no exponent, no leading zero, no -0. */
bool decimal_integer(const struct value *decimal, int64_t *integer);
/* Appends the value as JSON: a decimal's digits as they stand, maps in their
 * order, nil and what is no number as null, fast.empty as "". */
void value_json(struct buf *out, const struct value *value);

#endif
