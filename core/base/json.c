/* json.c: JSON, read: a state machine whose whole memory is the byte `expect`,
 * a depth and one bit a level (object or array), so that nesting costs no
 * recursion. A string without escapes is handed out where it stands; one with
 * escapes is put together in the scratch buffer. */
#include "json.h"

#include <stdlib.h>

#include "ascii.h"
#include "utf8.h"

/* What may come next; reader->expect. */
enum {
    EXPECT_VALUE,        /* a value must come */
    EXPECT_VALUE_OR_END, /* after '[': a value or ']' */
    EXPECT_KEY_OR_END,   /* after '{': a key or '}' */
    EXPECT_KEY,          /* after ',' in an object */
    EXPECT_COMMA_OR_END, /* after a value inside something */
    EXPECT_NOTHING,      /* after the outermost value */
    EXPECT_FAILED,       /* an error was answered; it stays */
};

void json_open(struct json_reader *reader, const char *text, size_t len)
{
    *reader = (struct json_reader){
        .start = text, .at = text, .end = text + len, .expect = EXPECT_VALUE};
}

void json_open_answer(struct json_reader *reader, const char *text, size_t len)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t mark_len = sizeof mark - 1;
    json_open(reader, text, len);
    reader->mends = true;
    if (len >= mark_len && memcmp(text, mark, mark_len) == 0)
        reader->at += mark_len;
}

void json_close(struct json_reader *reader)
{
    buf_release(&reader->scratch);
    buf_release(&reader->names);
}

/* The first error stays: whoever asks again is answered the same. */
static enum json_event fail(struct json_reader *reader, const char *error)
{
    reader->error = error;
    reader->expect = EXPECT_FAILED;
    return JSON_ERROR;
}

static void skip_space(struct json_reader *reader)
{
    const char *at = reader->at;
    while (at < reader->end &&
           (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    reader->at = at;
}

/* The next byte that is no white space, or -1 at the end; not taken. */
static int peek(struct json_reader *reader)
{
    skip_space(reader);
    return reader->at < reader->end ? (unsigned char)*reader->at : -1;
}

/* What the innermost level is: a bit of `stack`, set for an object. */
static bool in_object(const struct json_reader *reader)
{
    unsigned level = reader->depth - 1;
    return (reader->stack[level / 8] >> (level % 8) & 1) != 0;
}

/* The names of an answer's open objects, as hashes; in front of an object's
 * stands where those around it begin. Two names that share a hash make the
 * answer unreadable, too. */
static void names_open(struct json_reader *reader)
{
    const uint64_t around = reader->names_at;
    buf_add(&reader->names, &around, sizeof around);
    reader->names_at = reader->names.len;
}

static void names_add(struct json_reader *reader)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (size_t i = 0; i < reader->len; i++) {
        char c = reader->folds ? ascii_lower(reader->text[i]) : reader->text[i];
        hash = (hash ^ (unsigned char)c) * UINT64_C(0x100000001b3);
    }
    buf_add(&reader->names, &hash, sizeof hash);
}

static int by_hash(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

/* Sorted: an object of a million names costs little more than reading it. */
static void names_close(struct json_reader *reader)
{
    uint64_t around;
    char *start = reader->names.at + reader->names_at;
    uint64_t *hashes = (uint64_t *)(void *)start;
    size_t count = (reader->names.len - reader->names_at) / sizeof *hashes;
    if (count > 1)
        qsort(hashes, count, sizeof *hashes, by_hash);
    for (size_t i = 1; i < count; i++)
        reader->twice |= hashes[i] == hashes[i - 1];
    memcpy(&around, start - sizeof around, sizeof around);
    reader->names.len = reader->names_at - sizeof around;
    reader->names_at = (size_t)around;
}

/* What is expected after a whole value. */
static void value_done(struct json_reader *reader)
{
    reader->expect = reader->depth == 0 ? EXPECT_NOTHING : EXPECT_COMMA_OR_END;
}

static enum json_event enter(struct json_reader *reader, bool object)
{
    if (reader->depth == JSON_MAX_DEPTH)
        return fail(reader, "nested too deeply");
    unsigned level = reader->depth++;
    unsigned char bit = (unsigned char)(1u << (level % 8));
    unsigned char *byte = &reader->stack[level / 8];
    *byte = (unsigned char)(object ? *byte | bit : *byte & ~bit);
    reader->at++;
    if (object && reader->mends)
        names_open(reader);
    reader->expect = object ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    return object ? JSON_OBJECT : JSON_ARRAY;
}

static enum json_event leave(struct json_reader *reader)
{
    bool object = in_object(reader);
    if (object && reader->mends)
        names_close(reader);
    if (reader->twice)
        return fail(reader, "an object has a name twice");
    reader->at++;
    reader->depth--;
    value_done(reader);
    return object ? JSON_OBJECT_END : JSON_ARRAY_END;
}

enum { HEX4 = 4, PAIR = 2 + HEX4 }; /* digits; the second escape of two */

static int32_t hex4(const char *at, const char *end)
{
    int32_t rune = end - at < HEX4 ? -1 : 0;
    for (int i = 0; i < HEX4 && rune >= 0; i++) {
        int digit = ascii_hex(at[i]);
        rune = digit < 0 ? -1 : rune * 16 + digit;
    }
    return rune;
}

int32_t json_rune(const char **at, const char *end)
{
    int32_t rune = hex4(*at, end);
    if (rune < 0)
        return -1;
    *at += HEX4;
    if (rune < 0xD800 || rune > 0xDBFF || end - *at < PAIR ||
        memcmp(*at, "\\u", 2) != 0)
        return rune;
    int32_t low = hex4(*at + 2, end);
    if (low < 0xDC00 || low > 0xDFFF)
        return rune;
    *at += PAIR;
    return 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
}

/* After "\u". */
static bool take_rune(struct json_reader *reader)
{
    int32_t rune = json_rune(&reader->at, reader->end);
    if (rune < 0)
        return fail(reader, "bad \\u escape"), false;
    /* What is still a half now has not found its other half. */
    bool half = rune >= 0xD800 && rune <= 0xDFFF;
    if (half && !reader->mends)
        return fail(reader, "half of a surrogate pair"), false;
    utf8_put(&reader->scratch, half ? 0xFFFD : rune);
    return true;
}

/* After a backslash. */
static bool take_escape(struct json_reader *reader)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    if (reader->at == reader->end)
        return fail(reader, "string without end"), false;
    char c = *reader->at++;
    if (c == 'u')
        return take_rune(reader);
    const char *found = c == '\0' ? NULL : strchr(from, c);
    if (found == NULL) {
        reader->at--;
        return fail(reader, "unknown escape"), false;
    }
    buf_putc(&reader->scratch, to[found - from]);
    return true;
}

/* At what may not stand in a string, after a run that is valid: in an answer it
 * is taken, or what stands for it. */
static bool take_bad(struct json_reader *reader, const char *error)
{
    if (!reader->mends)
        return fail(reader, error), false;
    const char *bad = reader->at;
    utf8_next(&reader->at, reader->end);
    utf8_mend(&reader->scratch, bad, (size_t)(reader->at - bad));
    return true;
}

/* A string, from its opening quote to after the closing one. */
static bool take_string(struct json_reader *reader)
{
    const char *start = ++reader->at;
    bool escaped = false;
    buf_clear(&reader->scratch);
    for (;;) {
        const char *run = reader->at;
        size_t len = json_plain(run, (size_t)(reader->end - run));
        size_t valid = utf8_valid(run, len);
        reader->at = run + valid;
        if (reader->at == reader->end)
            return fail(reader, "string without end"), false;
        bool whole = valid == len && *reader->at == '"';
        /* The run is copied only once an escape has been met; until then the
         * string is handed out where it stands in the text. */
        if (escaped || !whole)
            buf_add(&reader->scratch, run, valid);
        if (whole)
            break;
        escaped = true;
        if (valid == len && *reader->at == '\\') {
            reader->at++;
            if (!take_escape(reader))
                return false;
        } else if (!take_bad(reader, valid < len
                                         ? "invalid UTF-8"
                                         : "control character in a string")) {
            return false;
        }
    }
    reader->text = escaped ? buf_text(&reader->scratch) : start;
    reader->len = escaped ? reader->scratch.len : (size_t)(reader->at - start);
    reader->at++;
    return true;
}

static bool take_digits(struct json_reader *reader)
{
    const char *start = reader->at;
    while (reader->at < reader->end && *reader->at >= '0' && *reader->at <= '9')
        reader->at++;
    return reader->at > start;
}

static bool take_one_of(struct json_reader *reader, const char *set)
{
    if (reader->at == reader->end || *reader->at == '\0' ||
        strchr(set, *reader->at) == NULL)
        return false;
    reader->at++;
    return true;
}

static enum json_event take_number(struct json_reader *reader)
{
    const char *start = reader->at;
    /* The grammar of JSON: no plus, no leading zero, digits on both sides of
     * the point. The text is kept as it is written; what it means is the
     * caller's to say. */
    take_one_of(reader, "-");
    if (!take_one_of(reader, "0") && !take_digits(reader))
        return fail(reader, "bad number");
    if (take_one_of(reader, ".") && !take_digits(reader))
        return fail(reader, "bad number: digits must follow the point");
    if (take_one_of(reader, "eE")) {
        take_one_of(reader, "+-");
        if (!take_digits(reader))
            return fail(reader, "bad number: digits must follow the exponent");
    }
    reader->text = start;
    reader->len = (size_t)(reader->at - start);
    value_done(reader);
    return JSON_NUMBER;
}

static enum json_event take_word(struct json_reader *reader, const char *word,
                                 enum json_event event)
{
    size_t len = strlen(word);
    if ((size_t)(reader->end - reader->at) < len ||
        memcmp(reader->at, word, len) != 0)
        return fail(reader, "not a JSON value");
    reader->at += len;
    value_done(reader);
    return event;
}

static enum json_event take_value(struct json_reader *reader, int first)
{
    switch (first) {
    case '{':
        return enter(reader, true);
    case '[':
        return enter(reader, false);
    case '"':
        if (!take_string(reader))
            return JSON_ERROR;
        value_done(reader);
        return JSON_STRING;
    case 't':
        return take_word(reader, "true", JSON_TRUE);
    case 'f':
        return take_word(reader, "false", JSON_FALSE);
    case 'n':
        return take_word(reader, "null", JSON_NULL);
    case -1:
        return fail(reader, "a value is missing at the end");
    default:
        if (first == '-' || (first >= '0' && first <= '9'))
            return take_number(reader);
        return fail(reader, "not a JSON value");
    }
}

static enum json_event take_key(struct json_reader *reader, int first)
{
    if (first != '"')
        return fail(reader, "a name in quotes must stand here");
    if (!take_string(reader))
        return JSON_ERROR;
    if (reader->mends)
        names_add(reader);
    if (peek(reader) != ':')
        return fail(reader, "':' must follow a name");
    reader->at++;
    reader->expect = EXPECT_VALUE;
    return JSON_KEY;
}

enum json_event json_next(struct json_reader *reader)
{
    if (reader->expect == EXPECT_FAILED)
        return JSON_ERROR;
    int first = peek(reader);
    if (reader->expect == EXPECT_NOTHING)
        return first == -1 ? JSON_END : fail(reader, "text after the value");
    if (reader->expect == EXPECT_COMMA_OR_END && first == ',') {
        reader->at++;
        reader->expect = in_object(reader) ? EXPECT_KEY : EXPECT_VALUE;
        first = peek(reader);
        /* A bracket may close wherever a value or a key need not come: not
         * right after a comma or a colon. */
    } else if (reader->expect != EXPECT_VALUE && reader->expect != EXPECT_KEY &&
               first == (in_object(reader) ? '}' : ']')) {
        return leave(reader);
    } else if (reader->expect == EXPECT_COMMA_OR_END) {
        return fail(reader, in_object(reader) ? "',' or '}' must stand here"
                                              : "',' or ']' must stand here");
    }
    if (reader->expect == EXPECT_KEY || reader->expect == EXPECT_KEY_OR_END)
        return take_key(reader, first);
    return take_value(reader, first);
}

bool json_is(const struct json_reader *reader, const char *text)
{
    return reader->len == strlen(text) &&
           memcmp(reader->text, text, reader->len) == 0;
}

bool json_skip(struct json_reader *reader, enum json_event first)
{
    enum json_event event = first == JSON_KEY ? json_next(reader) : first;
    if (event != JSON_OBJECT && event != JSON_ARRAY)
        return event != JSON_ERROR;
    /* Its opening bracket has been taken: it is over when the depth is what
     * it was before that. */
    unsigned outside = reader->depth - 1;
    while (reader->depth > outside) {
        if (json_next(reader) == JSON_ERROR)
            return false;
    }
    return true;
}
