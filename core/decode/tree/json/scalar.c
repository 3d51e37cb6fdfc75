/* scalar.c: strings and numbers. One look at a string finds its end, what
 * stands in its way, and what the flags of its value are to say; most strings
 * need no other. */
#include "scalar.h"

#include <string.h>

#include "base/json.h"
#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"

/* White space at its ends goes later. Beyond ASCII only what is odd may be
 * some.
 */
static bool has_blanks(const char *text, size_t len, unsigned seen)
{
    const char *start = text, *end = text + len;
    if (len == 0)
        return false;
    if ((seen & SCAN_ODD) == 0)
        return (unsigned char)text[0] <= ' ' ||
               (unsigned char)text[len - 1] <= ' ';
    utf8_trim(&start, &end);
    return start != text || end != text + len;
}

/* How much of it is UTF-8, as `seen` says of what is in it. */
static size_t sound(struct parser *parser, const char *text, size_t len,
                    unsigned seen)
{
    size_t valid = (seen & SCAN_ODD) != 0 ? utf8_valid(text, len) : len;
    if (valid < len)
        parse_flaw(parser, text + valid,
                   "invalid UTF-8; if it is no UTF-8 at all, declare its "
                   "encoding");
    return valid;
}

/* A text that is known to be UTF-8, or of which `seen` says so. */
static void make_text(struct parser *parser, const char *text, size_t len,
                      unsigned seen, struct value *value)
{
    bool unready = has_blanks(text, len, seen) ||
                   ((seen & SCAN_ODD) != 0 && !utf8_is_nfc(text, len));
    parser->unready |= unready;
    unsigned flags = seen & (SCAN_WIDE | SCAN_SPECIAL);
    flags |= unready ? PARSE_UNREADY : 0u;
    *value = (struct value){.text = text,
                            .len = (uint32_t)len,
                            .type = VALUE_TEXT,
                            .flags = (uint8_t)flags};
}

/* After "\u". */
static bool take_rune(struct parser *parser)
{
    const char *start = parser->at - 2;
    int32_t rune = json_rune(&parser->at, parser->end);
    if (rune < 0) {
        parser->at = start;
        return parse_fail(parser, "\\u must have four hexadecimal digits");
    }
    if (rune < 0xD800 || rune > 0xDFFF)
        utf8_put(&parser->scratch, rune);
    else
        parse_flaw(parser, start, "half of a surrogate pair");
    return true;
}

/* At a backslash. */
static bool take_escape(struct parser *parser)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    if (parser->end - parser->at < 2)
        return parse_fail(parser, "a string that does not end");
    char c = parser->at[1];
    const char *found = c == '\0' ? NULL : strchr(from, c);
    if (c != 'u' && found == NULL)
        return parse_fail(parser, "this escape is unknown");
    parser->at += 2;
    if (c == 'u')
        return take_rune(parser);
    buf_putc(&parser->scratch, to[found - from]);
    return true;
}

/* Of the first word: no more than that is looked at. */
static inline bool is_short(const char *at, const char *end, const char **stop)
{
    scan_word word;
    memcpy(&word, at, sizeof word);
    uint64_t special = scan_word_mask(scan_word_special(word));
    unsigned first = special != 0 ? scan_first(special) : 0;
    *stop = at + first;
    return special != 0 && *stop < end && **stop == '"' &&
           (scan_word_mask(word) & ((UINT64_C(1) << first) - 1)) == 0;
}

static void take_run(struct parser *parser)
{
    unsigned seen;
    const char *run = parser->at;
    size_t len = scan_quoted(run, (size_t)(parser->end - run), &seen);
    buf_add(&parser->scratch, run, sound(parser, run, len, seen));
    parser->at = run + len;
}

/* What cannot go on: anything but a quote or a backslash. */
static bool fail_run(struct parser *parser)
{
    return parse_fail(parser, parser->at == parser->end
                                  ? "a string that does not end"
                                  : "a control character in a string");
}

/* One with escapes is written anew. `start`: after the opening quote. */
static bool unescape(struct parser *parser, const char *start,
                     struct value *value)
{
    struct buf *scratch = &parser->scratch;
    buf_clear(scratch);
    parser->at = start;
    for (;;) {
        take_run(parser);
        if (parser->at == parser->end || (unsigned char)*parser->at < 0x20)
            return fail_run(parser);
        if (*parser->at == '"')
            break;
        if (!take_escape(parser))
            return false;
    }
    parser->at++;
    char *text = arena_alloc(parser->arena, scratch->len);
    if (scratch->len > 0)
        memcpy(text, scratch->at, scratch->len);
    make_text(parser, text, scratch->len, scan_text(text, scratch->len), value);
    return true;
}

bool parse_string(struct parser *parser, struct value *value)
{
    const char *start = ++parser->at, *stop;
    unsigned seen = 0;
    if (is_short(start, parser->end, &stop)) {
        parser->at = stop + 1;
        make_text(parser, start, (size_t)(stop - start), 0, value);
        return true;
    }
    size_t len = scan_quoted(start, (size_t)(parser->end - start), &seen);
    const char *end = start + len;
    if (end < parser->end && *end == '\\')
        return unescape(parser, start, value);
    parser->at = end;
    if (end == parser->end || *end != '"')
        return fail_run(parser);
    parser->at++;
    make_text(parser, start, sound(parser, start, len, seen), seen, value);
    return true;
}

bool parse_name(struct parser *parser, struct value *name)
{
    const char *before = parser->flaw;
    parser->flaw = NULL;
    bool good = parse_string(parser, name);
    if (good && parser->flaw != NULL) {
        parser->at = parser->flaw;
        good = parse_fail(parser, parser->flawed);
    }
    parser->flaw = before;
    return good;
}

bool parse_skip_string(struct parser *parser)
{
    unsigned seen;
    parser->at++;
    for (;;) {
        size_t left = (size_t)(parser->end - parser->at);
        parser->at += scan_quoted(parser->at, left, &seen);
        if (parser->at == parser->end || (unsigned char)*parser->at < 0x20)
            return fail_run(parser);
        if (*parser->at++ == '"')
            return true;
        if (parser->at < parser->end) /* what is escaped ends nothing */
            parser->at++;
    }
}

static const char *digits_end(const char *at, const char *end)
{
    while (at < end && *at >= '0' && *at <= '9')
        at++;
    return at;
}

/* The grammar of JSON: no plus, no leading zero, digits on both sides of the
 * point. */
static const char *number_end(const char *at, const char *end, bool *whole)
{
    const char *start = at += at < end && *at == '-';
    at = at < end && *at == '0' ? at + 1 : digits_end(at, end);
    *whole = at - start <= 18 && at > start;
    if (at == start)
        return NULL;
    if (at < end && *at == '.') {
        const char *digits = at + 1;
        *whole = false;
        at = digits_end(digits, end);
        if (at == digits)
            return NULL;
    }
    if (at < end && (*at == 'e' || *at == 'E')) {
        at += 1 + (at + 1 < end && (at[1] == '+' || at[1] == '-'));
        const char *digits = at;
        *whole = false;
        at = digits_end(digits, end);
        if (at == digits)
            return NULL;
    }
    return at;
}

static struct value small_integer(const char *at, const char *end)
{
    bool negative = *at == '-';
    int64_t integer = 0;
    for (at += negative; at < end; at++)
        integer = integer * 10 + (*at - '0');
    return (struct value){.integer = negative ? -integer : integer,
                          .type = VALUE_INT};
}

bool parse_number(struct parser *parser, struct value *number)
{
    const char *start = parser->at;
    bool whole;
    int64_t integer;
    const char *end = number_end(start, parser->end, &whole);
    if (end == NULL)
        return parse_fail(parser,
                          (*start >= '0' && *start <= '9') || *start == '-'
                              ? "this is no number in JSON"
                              : "no JSON value can begin like this");
    parser->at = end;
    size_t len = (size_t)(end - start);
    if (whole && !(len == 2 && start[0] == '-' && start[1] == '0')) {
        *number = small_integer(start, end);
        return true;
    }
    *number = (struct value){
        .text = start, .len = (uint32_t)len, .type = VALUE_DECIMAL};
    if (decimal_integer(number, &integer))
        *number = (struct value){.integer = integer, .type = VALUE_INT};
    return true;
}
