/* utf8.c: decoding by hand, because it is on every path; categories from
 * utf8proc. */
#include "utf8.h"

#include <utf8proc.h>

static inline bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The bytes a lead announces and the range of the byte after it, which is
 * what rules out overlong forms, surrogates and all above 10FFFF. */
static int lead_length(unsigned char lead, unsigned char *low,
                       unsigned char *high)
{
    *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static int32_t next_wide(const char **at, const char *end)
{
    const unsigned char *byte = (const unsigned char *)*at;
    size_t room = (size_t)(end - *at);
    unsigned char low, high;
    int length = lead_length(byte[0], &low, &high);
    /* Only as much as cannot begin a letter is given up, so that the next
     * letter is not lost with a broken one before it. */
    if (length == 0 || room < 2 || byte[1] < low || byte[1] > high) {
        *at += 1;
        return -1;
    }
    int32_t rune = (byte[0] & (0x7F >> length)) << 6 | (byte[1] & 0x3F);
    for (int i = 2; i < length; i++) {
        if (room <= (size_t)i || !is_tail(byte[i])) {
            *at += i;
            return -1;
        }
        rune = rune << 6 | (byte[i] & 0x3F);
    }
    *at += length;
    return rune;
}

int32_t utf8_next(const char **at, const char *end)
{
    unsigned char byte = (unsigned char)**at;
    if (byte >= 0x80)
        return next_wide(at, end);
    *at += 1;
    return byte;
}

int32_t utf8_last(const char *start, const char **end)
{
    const char *at = *end - 1;
    while (at > start && is_tail((unsigned char)*at))
        at--;
    const char *walk = at;
    int32_t rune = utf8_next(&walk, *end);
    *end = at;
    return rune;
}

size_t utf8_write(char *at, int32_t rune)
{
    return (size_t)utf8proc_encode_char(rune, (unsigned char *)at);
}

void utf8_put(struct buf *buf, int32_t rune)
{
    buf->len += utf8_write(buf_reserve(buf, 4), rune);
}

size_t utf8_valid(const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end) {
        /* ASCII, eight bytes at a time, which is most of most texts. */
        uint64_t word;
        while (end - at >= 8) {
            memcpy(&word, at, 8);
            if (word & UINT64_C(0x8080808080808080))
                break;
            at += 8;
        }
        const char *here = at;
        if (at < end && utf8_next(&at, end) < 0)
            return (size_t)(here - text);
    }
    return len;
}

void utf8_mend(struct buf *buf, const char *text, size_t len)
{
    const char *end = text + len;
    while (text < end) {
        size_t valid = utf8_valid(text, (size_t)(end - text));
        buf_add(buf, text, valid);
        text += valid;
        if (text < end && utf8_next(&text, end) < 0)
            utf8_put(buf, 0xFFFD);
    }
}

size_t utf8_units(const char *text, size_t len)
{
    size_t units = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        /* One for each lead; four bytes make a code point above U+FFFF, which
         * UTF-16 writes as two units. */
        units += (size_t)!is_tail(byte) + (size_t)(byte >= 0xF0);
    }
    return units;
}

size_t utf8_runes(const char *text, size_t len)
{
    size_t runes = 0;
    for (size_t i = 0; i < len; i++)
        runes += (size_t)!is_tail((unsigned char)text[i]);
    return runes;
}

static bool is_mark(int32_t rune)
{
    if (rune < 0x300)
        return false;
    utf8proc_category_t category = utf8proc_category(rune);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

size_t utf8_cut(const char *text, size_t len, size_t units)
{
    const char *at = text, *end = text + len, *cut = text;
    size_t seen = 0;
    if (len <= units) /* each takes a byte at least */
        return len;
    while (at < end) {
        const char *here = at;
        int32_t rune = utf8_next(&at, end);
        /* A cut before a mark would leave its letter without it. */
        if (!is_mark(rune))
            cut = here;
        seen += rune >= 0x10000 ? 2 : 1;
        if (seen > units)
            return (size_t)(cut - text);
    }
    return len;
}

bool utf8_is_space(int32_t rune)
{
    if (rune < 0x80)
        return rune == ' ' || (rune >= '\t' && rune <= '\r');
    switch (rune) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x2060:
    case 0x3000:
    case 0xFEFF:
        return true;
    default:
        return rune >= 0x2000 && rune <= 0x200B;
    }
}

void utf8_trim(const char **start, const char **end)
{
    const char *at = *start;
    while (at < *end && utf8_is_space(utf8_next(&at, *end)))
        *start = at;
    at = *end;
    while (*start < at && utf8_is_space(utf8_last(*start, &at)))
        *end = at;
}
