/* letters.c: what XML and the workbook's own escapes stand for.
 *
 * References are resolved first, as an XML reader would; then, in what came
 * out, _xHHHH_ is a UTF-16 unit. */
#include "letters.h"

#include <string.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"

static const char not_text[] = "a character that no XML may hold";
static const char not_known[] = "a reference of XML that nobody knows";

static bool has_escape(const char *text, size_t len)
{
    const char *end = text + len;
    while ((text = memchr(text, '_', (size_t)(end - text))) != NULL)
        if (++text < end && *text == 'x')
            return true;
    return false;
}

/* Without bytes that no text has; most hold nothing special at all. */
static bool is_clean(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] == '&' || ((unsigned char)text[i] < 0x20 &&
                               text[i] != '\n' && text[i] != '\t'))
            return false;
    return true;
}

bool xlsx_letters_plain(const char *text, size_t len, unsigned *flags)
{
    *flags = scan_text(text, len);
    if ((*flags & SCAN_SPECIAL) != 0 && !is_clean(text, len))
        return false;
    if ((*flags & SCAN_ODD) != 0 && utf8_valid(text, len) != len)
        return false;
    return len == 0 || !has_escape(text, len);
}

/* What is not odd has no white space but that of ASCII. */
bool xlsx_letters_ready(const char *text, size_t len, unsigned flags)
{
    if (len == 0)
        return true;
    const char *start = text, *end = text + len;
    if ((flags & SCAN_ODD) == 0)
        return (unsigned char)*text > ' ' && (unsigned char)end[-1] > ' ';
    utf8_trim(&start, &end);
    return (size_t)(end - start) == len && utf8_is_nfc(text, len);
}

/* The number of &#233; or &#xE9;, whose digits are [at, end); -1: none. */
static int32_t number_of(const char *at, const char *end)
{
    int32_t base = 10, rune = 0;
    if (at < end && *at == 'x') {
        base = 16;
        at++;
    }
    if (at == end)
        return -1;
    for (; at < end; at++) {
        char c = ascii_lower(*at);
        int32_t digit = ascii_digit(c)         ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                               : base;
        rune = rune * base + digit;
        if (digit >= base || rune > 0x10FFFF)
            return -1;
    }
    return rune;
}

static bool is_text(int32_t rune)
{
    return rune >= 0x20 ? !(rune >= 0xD800 && rune < 0xE000) &&
                              rune != 0xFFFE && rune != 0xFFFF
                        : rune == '\t' || rune == '\n' || rune == '\r';
}

/* The character of the reference that begins behind '&'; -1: none. */
static int32_t reference(const char *at, const char *end)
{
    static const struct {
        const char *name;
        char is;
    } names[] = {
        {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''},
    };
    if (at < end && *at == '#') {
        int32_t rune = number_of(at + 1, end);
        return is_text(rune) ? rune : -1;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == (size_t)(end - at) &&
            memcmp(at, names[i].name, (size_t)(end - at)) == 0)
            return names[i].is;
    return -1;
}

static const char *put_reference(struct buf *out, const char *at,
                                 const char *end, const char **why)
{
    const char *close = memchr(at, ';', (size_t)(end - at));
    int32_t rune = close != NULL ? reference(at, close) : -1;
    if (rune < 0) {
        *why = not_known;
        return NULL;
    }
    utf8_put(out, rune);
    return close + 1;
}

/* References and line ends; the same as an XML reader gives. */
static bool put_xml(struct buf *out, const char *at, const char *end,
                    const char **why)
{
    while (at < end) {
        char c = *at++;
        if (c == '&') {
            at = put_reference(out, at, end, why);
            if (at == NULL)
                return false;
        } else if (c == '\r') {
            buf_putc(out, '\n');
            at += at < end && *at == '\n';
        } else if ((unsigned char)c < 0x20 && c != '\t' && c != '\n') {
            *why = not_text;
            return false;
        } else {
            buf_putc(out, c);
        }
    }
    return true;
}

/* The unit of _xHHHH_ at `at`; -1: there is none. */
static int32_t unit_at(const char *at, const char *end)
{
    int32_t unit = 0;
    if (end - at < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        char c = ascii_lower(at[i]);
        if (!ascii_digit(c) && !(c >= 'a' && c <= 'f'))
            return -1;
        unit = unit * 16 + (ascii_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return unit;
}

/* The character that stands escaped at *at, moving *at past it; -1: none, or
 * half of one. */
static int32_t escaped(const char **at, const char *end)
{
    enum { ESCAPE = 7 };
    int32_t high = unit_at(*at, end);
    if (high <= 0 || (high >= 0xDC00 && high < 0xE000))
        return -1;
    if (high < 0xD800 || high >= 0xE000) {
        *at += ESCAPE;
        return high;
    }
    int32_t low = unit_at(*at + ESCAPE, end);
    if (low < 0xDC00 || low >= 0xE000)
        return -1;
    *at += ESCAPE + ESCAPE;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

/* In place: an escape is longer than what it stands for. */
static void resolve_escapes(struct buf *out, size_t from)
{
    struct buf made = {0};
    const char *at = out->at + from, *end = out->at + out->len;
    while (at < end) {
        int32_t rune = *at == '_' ? escaped(&at, end) : -1;
        if (rune >= 0)
            utf8_put(&made, rune);
        else
            buf_putc(&made, *at++);
    }
    out->len = from;
    buf_add(out, made.at, made.len);
    buf_release(&made);
}

bool xlsx_letters_put(struct buf *out, const char *text, size_t len,
                      const char **why)
{
    size_t from = out->len;
    if (!put_xml(out, text, text + len, why))
        return false;
    if (out->len == from)
        return true;
    if (utf8_valid(out->at + from, out->len - from) != out->len - from) {
        *why = not_text;
        return false;
    }
    if (has_escape(out->at + from, out->len - from))
        resolve_escapes(out, from);
    return true;
}
