/* json.h: JSON, written and read.
 *
 * The writer appends to a buf and always makes valid JSON: it escapes what
 * RFC 8259 section 7 says must be, and nothing else. The reader is a pull
 * reader over a complete text: it hands out events, keeps integers' digits as
 * they stand, checks UTF-8 and nesting depth, and allocates only to unescape.
 * Any thread. */
#ifndef FASTSYNC_JSON_H
#define FASTSYNC_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "buf.h"

/* Not 0 when one of eight bytes must be escaped. (Each term marks the top bit
 * of a byte that is below 0x20, '"' or '\\'; borrows make false marks only
 * above a true one.) */
static inline uint64_t json_specials(uint64_t word)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t quote = word ^ each * '"';
    uint64_t slash = word ^ each * '\\';
    uint64_t found = (word - each * 0x20) & ~word;
    found |= (quote - each) & ~quote;
    found |= (slash - each) & ~slash;
    return found & each * 0x80;
}

static inline bool json_is_special(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

/* The length of the plain start of the text. */
static inline size_t json_plain(const char *text, size_t len)
{
    size_t run = 0;
    for (; len - run >= 8; run += 8) {
        uint64_t word;
        memcpy(&word, text + run, 8);
        if (json_specials(word) != 0)
            break;
    }
    while (run < len && !json_is_special((unsigned char)text[run]))
        run++;
    return run;
}

/* Appends `text` escaped, without and with quotes around it. */
void json_escape(struct buf *out, const char *text, size_t len);
void json_string(struct buf *out, const char *text, size_t len);
void json_cstring(struct buf *out, const char *text); /* NULL: null */

/* Behind `\u`, which it moves *at past: the code point, of two escapes where
 * they are a pair; half of one by itself as it is; -1: four hexadecimal digits
 * are missing, and *at stays. */
int32_t json_rune(const char **at, const char *end);

enum json_event {
    JSON_END,   /* the text is complete */
    JSON_ERROR, /* reader->error, at reader->at */
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_KEY,    /* text, len */
    JSON_STRING, /* text, len */
    JSON_NUMBER, /* text, len: the digits as they stand */
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
};

enum { JSON_MAX_DEPTH = 512 };

struct json_reader {
    const char *start, *at, *end;
    const char *text; /* of KEY, STRING, NUMBER; until the next event */
    size_t len;
    const char *error;
    struct buf scratch;
    struct buf names; /* of an answer: hashes of the open objects' names */
    size_t names_at;  /* where the innermost object's begin */
    bool folds;       /* names that differ in letter case alone are one */
    bool twice;       /* the error is a name that an object has twice */
    unsigned depth;
    bool mends; /* it is a server's, and is read all the same */
    unsigned char expect;
    unsigned char stack[JSON_MAX_DEPTH / 8];
};

void json_open(struct json_reader *reader, const char *text, size_t len);
/* The same, of a text from a server, which is read though its strings break the
 * rules: a byte order mark in front is no part of it; bytes that are no UTF-8,
 * and halves of a surrogate pair, are read as U+FFFD, and control characters as
 * themselves. But an object that has a name twice is an error at its end: two
 * readers would take it for two things. With `folds`, set after this, names
 * that differ in ASCII letter case alone are the same. */
void json_open_answer(struct json_reader *reader, const char *text, size_t len);
void json_close(struct json_reader *reader);
enum json_event json_next(struct json_reader *reader);
/* Whether a KEY or a STRING is this one, to the letter. */
bool json_is(const struct json_reader *reader, const char *text);
/* After a KEY, or a value's first event: passes over the value. False on
 * JSON_ERROR. */
bool json_skip(struct json_reader *reader, enum json_event first);

#endif
