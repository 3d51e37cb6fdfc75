/* utf8.c: decoding by hand, because it is on every path; categories and case
 * from utf8proc. NFC has a file of its own, utf8_nfc.c. */
#include "utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "mem.h"

static inline bool is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* The bytes a lead announces and the range of the byte behind it, which is
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

void utf8_put(struct buf *buf, int32_t rune)
{
    unsigned char *to = (unsigned char *)buf_reserve(buf, 4);
    buf->len += (size_t)utf8proc_encode_char(rune, to);
}

size_t utf8_valid(const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end) {
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

size_t utf8_units(const char *text, size_t len)
{
    size_t units = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
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
    while (at < end) {
        const char *here = at;
        int32_t rune = utf8_next(&at, end);
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

/* Puts what was appended from `from` on into NFC: a change of case may, very
 * rarely, have undone it. */
static void settle(struct buf *out, size_t from)
{
    size_t len = out->len - from;
    if (utf8_is_nfc(out->at + from, len))
        return;
    char *copy = mem_text_n(out->at + from, len);
    out->len = from;
    utf8_nfc(out, copy, len);
    free(copy);
}

static void change(struct buf *out, const char *text, size_t len,
                   int32_t (*to)(int32_t))
{
    const char *at = text, *end = text + len;
    size_t from = out->len;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune >= 0)
            utf8_put(out, to(rune));
    }
    if (len > 0)
        settle(out, from);
}

/* Unicode's simple mapping keeps it; utf8proc would make a capital of it that
 * no keyboard has. */
static int32_t upper(int32_t rune)
{
    return rune == 0xDF ? rune : utf8proc_toupper(rune);
}

static int32_t title(int32_t rune)
{
    return rune == 0xDF ? rune : utf8proc_totitle(rune);
}

void utf8_upper(struct buf *out, const char *text, size_t len)
{
    change(out, text, len, upper);
}

void utf8_lower(struct buf *out, const char *text, size_t len)
{
    change(out, text, len, utf8proc_tolower);
}

/* Letters, marks and digits, and the apostrophe between them. */
static bool in_word(int32_t rune)
{
    utf8proc_category_t category = utf8proc_category(rune);
    return rune == '\'' || rune == 0x2019 ||
           (category >= UTF8PROC_CATEGORY_LU &&
            category <= UTF8PROC_CATEGORY_NO);
}

void utf8_title(struct buf *out, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    size_t from = out->len;
    bool inside = false;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune < 0)
            continue;
        utf8_put(out, inside ? utf8proc_tolower(rune) : title(rune));
        inside = in_word(rune);
    }
    if (len > 0)
        settle(out, from);
}

/* Letters with a stroke (Đ and its look-alikes among them), and the i without
 * its dot, have no decomposition. */
static int32_t plain_letter(int32_t rune)
{
    static const struct {
        uint16_t rune;
        char plain;
    } letters[] = {
        {0x110, 'D'}, {0xD0, 'D'},  {0x189, 'D'}, {0x111, 'd'}, {0xF0, 'd'},
        {0x256, 'd'}, {0x141, 'L'}, {0x142, 'l'}, {0xD8, 'O'},  {0xF8, 'o'},
        {0x126, 'H'}, {0x127, 'h'}, {0x166, 'T'}, {0x167, 't'}, {0x131, 'i'},
    };
    for (size_t i = 0; rune >= 0xD0 && i < sizeof letters / sizeof *letters;
         i++)
        if (letters[i].rune == rune)
            return letters[i].plain;
    return rune;
}

static bool is_latin_letter(int32_t rune)
{
    return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
}

void utf8_ascii(struct buf *out, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    bool latin = false;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune < 0 || (latin && rune >= 0x300 &&
                         utf8proc_category(rune) == UTF8PROC_CATEGORY_MN))
            continue;
        int32_t parts[32] = {rune};
        int boundclass = 0;
        if (rune >= 0x80)
            utf8proc_decompose_char(rune, parts, 32, UTF8PROC_DECOMPOSE,
                                    &boundclass);
        int32_t base = plain_letter(parts[0]);
        latin = is_latin_letter(base);
        utf8_put(out, latin ? base : rune);
    }
}

void utf8_fold(struct buf *out, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    size_t from = out->len;
    bool gap = false;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        int32_t parts[32];
        int boundclass = 0;
        utf8proc_ssize_t count =
            rune < 0 ? 0
                     : utf8proc_decompose_char(rune, parts, 32,
                                               UTF8PROC_DECOMPOSE, &boundclass);
        for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
            utf8proc_category_t category = utf8proc_category(parts[i]);
            if (category == UTF8PROC_CATEGORY_MN ||
                category == UTF8PROC_CATEGORY_ME)
                continue;
            bool kept = category >= UTF8PROC_CATEGORY_LU &&
                        category <= UTF8PROC_CATEGORY_NO;
            if (kept && gap && out->len > from)
                buf_putc(out, ' ');
            if (kept)
                utf8_put(out, plain_letter(utf8proc_tolower(parts[i])));
            gap = !kept;
        }
    }
}
