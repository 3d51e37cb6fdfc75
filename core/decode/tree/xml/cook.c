/* cook.c: texts as they are written, made what they say; and which bytes may
 * stand in them. */
#include <string.h>

#include "base/ascii.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "markup.h"

enum { LONGEST = 32 }; /* of a reference; longer ones are odd */

static bool is_character(int32_t rune)
{
    if (rune < 0x20)
        return rune == '\t' || rune == '\n' || rune == '\r';
    return rune <= 0x10FFFF && (rune < 0xD800 || rune > 0xDFFF) &&
           rune != 0xFFFE && rune != 0xFFFF;
}

/* `#233` or `#xE9`; -1: none that is plain. */
static int32_t number_of(const char *at, const char *end)
{
    int32_t sum = 0;
    int base = 10;
    if (++at < end && *at == 'x') {
        base = 16;
        at++;
    }
    if (at == end)
        return -1;
    for (; at < end; at++) {
        int digit = ascii_hex(*at);
        if (digit < 0 || digit >= base)
            return -1;
        sum = sum * base + digit;
        if (sum > 0x10FFFF)
            return -1;
    }
    return is_character(sum) ? sum : -1;
}

static int32_t named(const char *name, size_t len)
{
    static const struct {
        char name[5];
        char means;
    } five[] = {
        {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (size_t i = 0; i < sizeof five / sizeof *five; i++)
        if (len == strlen(five[i].name) && memcmp(name, five[i].name, len) == 0)
            return five[i].means;
    return -1;
}

static char *put(char *to, int32_t rune)
{
    unsigned bits = (unsigned)rune;
    if (bits < 0x80) {
        *to++ = (char)bits;
        return to;
    }
    int tails = bits < 0x800 ? 1 : bits < 0x10000 ? 2 : 3;
    unsigned lead = tails == 1 ? 0xC0 : tails == 2 ? 0xE0 : 0xF0;
    *to++ = (char)(lead | bits >> 6 * tails);
    while (tails-- > 0)
        *to++ = (char)(0x80 | (bits >> 6 * tails & 0x3F));
    return to;
}

/* The reference at *at, which begins with '&'; what it means is shorter. */
static char *resolve(const char **at, const char *end, char *to)
{
    const char *name = *at + 1;
    size_t left = (size_t)(end - name);
    const char *close = memchr(name, ';', left < LONGEST ? left : LONGEST);
    if (close == NULL || close == name)
        return NULL;
    int32_t rune = *name == '#' ? number_of(name, close)
                                : named(name, (size_t)(close - name));
    *at = close + 1;
    return rune < 0 ? NULL : put(to, rune);
}

size_t markup_cook(char *text, size_t len, enum markup_kind kind)
{
    bool value = kind == MARKUP_START;
    const char *at = text, *end = text + len;
    char *to = text;
    while (at < end) {
        if (*at == '&' && kind != MARKUP_CDATA) {
            to = resolve(&at, end, to);
            if (to == NULL)
                return MARKUP_NONE;
        } else if (*at == '\r') {
            *to++ = value ? ' ' : '\n';
            at += at + 1 < end && at[1] == '\n' ? 2 : 1;
        } else {
            bool blank = value && (*at == '\n' || *at == '\t');
            *to++ = blank ? ' ' : *at;
            at++;
        }
    }
    return (size_t)(to - text);
}

/* The bits of a block's first `left` bytes. */
static uint64_t own_bits(size_t left)
{
    return left < SCAN_BLOCK ? (UINT64_C(1) << left) - 1 : ~UINT64_C(0);
}

/* Bytes before the first control that XML has not. */
static size_t before_control(const char *text, size_t len)
{
    for (size_t base = 0; base < len; base += SCAN_BLOCK) {
        struct scan_block block = scan_load(text + base);
        uint64_t mask = scan_mask(scan_control(&block)) & own_bits(len - base);
        if (mask == 0)
            continue;
        struct scan_block blanks =
            scan_or(scan_is(&block, '\n'),
                    scan_or(scan_is(&block, '\t'), scan_is(&block, '\r')));
        mask &= ~scan_mask(blanks);
        if (mask != 0)
            return base + scan_first(mask);
    }
    return len;
}

/* U+FFFE and U+FFFF are UTF-8, and no characters. */
static size_t before_none(const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end && (at = memchr(at, '\xEF', (size_t)(end - at))) != NULL) {
        if (end - at >= 3 && at[1] == '\xBF' && (unsigned char)at[2] >= 0xBE)
            return (size_t)(at - text);
        at++;
    }
    return len;
}

/* Most pieces hold nothing but what scan_text knows; the others are looked at
 * letter by letter. A piece ends where a character does. */
size_t markup_check(const char *text, size_t len)
{
    enum { PIECE = 1024 };
    size_t at = 0;
    len = before_control(text, len);
    while (at < len) {
        size_t size = len - at < PIECE ? len - at : PIECE;
        while (at + size < len && size > PIECE - 4 &&
               ((unsigned char)text[at + size] & 0xC0) == 0x80)
            size--;
        if ((scan_text(text + at, size) & SCAN_ODD) != 0) {
            size_t good = utf8_valid(text + at, size);
            good = before_none(text + at, good);
            if (good < size)
                return at + good;
        }
        at += size;
    }
    return at;
}

uint64_t markup_lines(const char *text, size_t len)
{
    uint64_t lines = 0, after = 0; /* a '\r' ended the block before */
    for (size_t base = 0; base < len; base += SCAN_BLOCK) {
        struct scan_block block = scan_load(text + base);
        uint64_t own = own_bits(len - base);
        uint64_t feeds = scan_mask(scan_is(&block, '\n')) & own;
        uint64_t returns = scan_mask(scan_is(&block, '\r')) & own;
        uint64_t joined = feeds & (returns << 1 | after);
        lines += (unsigned)__builtin_popcountll(feeds & ~joined) +
                 (unsigned)__builtin_popcountll(returns);
        after = returns >> (SCAN_BLOCK - 1);
    }
    return lines;
}
