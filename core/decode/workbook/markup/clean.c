/* clean.c: what is marked, and how:
 *
 *   - a control character: U+FDD0 and its number more, of which there are just
 *     as many;
 *   - a byte that is no text: U+1FFFE and two hexadecimal digits;
 *   - the end of a run that was cut: U+2FFFE.
 *
 * Whoever writes these characters himself has written what is no text. */
#include "clean.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "decode/rejected.h"

enum { CONTROLS = 0xFDD0, CONTROLS_END = 0xFDEF, BAD = 0x1FFFE, CUT = 0x2FFFE };

static void put_bad(struct clean *clean, const char *bytes, size_t len,
                    struct buf *out)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < len; i++) {
        utf8_put(out, BAD);
        buf_putc(out, digits[(unsigned char)bytes[i] >> 4]);
        buf_putc(out, digits[bytes[i] & 15]);
    }
    clean->marked = true;
}

static void put_control(struct clean *clean, char byte, struct buf *out)
{
    if (byte == '\f' || byte == '\v') { /* white space */
        buf_putc(out, ' ');
        return;
    }
    utf8_put(out, CONTROLS + byte);
    clean->marked = true;
}

static bool is_hex(const char *at, const char *end)
{
    for (unsigned i = 0; i < 2; i++)
        if (at + i >= end ||
            !((at[i] >= '0' && at[i] <= '9') ||
              (at[i] >= 'A' && at[i] <= 'F') || (at[i] >= 'a' && at[i] <= 'f')))
            return false;
    return true;
}

/* What is no text at `at`: a byte of the input that its decoder could not map,
 * or the bytes up to `next` as they stand. */
static const char *take_bad(struct clean *clean, const char *at,
                            const char *next, const char *end, struct buf *out)
{
    if (!clean->decoded || *at != '\xFF' || !is_hex(at + 1, end)) {
        put_bad(clean, at, (size_t)(next - at), out);
        return next;
    }
    utf8_put(out, BAD);
    buf_add(out, at + 1, 2);
    clean->marked = true;
    return at + 3;
}

/* Noncharacters: those that are marks here, and those no parser takes. */
static bool is_none(int32_t rune)
{
    return rune < 0 || (rune >= CONTROLS && rune <= CONTROLS_END) ||
           (rune & 0xFFFE) == 0xFFFE;
}

static bool is_usual(unsigned char byte)
{
    return (byte >= ' ' && byte < 0x7F) || byte == '\n' || byte == '\r' ||
           byte == '\t';
}

/* Where the text from `at` on is no longer as it should be. */
static const char *skip_sound(const char *at, const char *end)
{
    while (at < end) {
        const char *next = at;
        if (is_usual((unsigned char)*at))
            next++;
        else if ((unsigned char)*at < 0x7F || is_none(utf8_next(&next, end)))
            return at;
        at = next;
    }
    return at;
}

static void add_text(struct clean *clean, const char *at, const char *end,
                     struct buf *out)
{
    for (;;) {
        const char *from = at, *next;
        at = next = skip_sound(at, end);
        buf_add(out, from, (size_t)(at - from));
        if (at == end)
            return;
        if ((unsigned char)*at < ' ') {
            put_control(clean, *at++, out);
            continue;
        }
        utf8_next(&next, end);
        at = take_bad(clean, at, next, end, out);
    }
}

/* How many bytes at the end may begin a character that goes on. */
static size_t unfinished(const struct clean *clean, const char *text,
                         size_t len)
{
    for (size_t back = 1; back <= 3 && back <= len; back++) {
        unsigned char byte = (unsigned char)text[len - back];
        unsigned needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        if (byte == 0xFF)
            return clean->decoded && back < 3 ? back : 0;
        if (byte >= 0xC0)
            return needs > back ? back : 0;
        if (byte < 0x80 && !clean->decoded)
            return 0;
    }
    return 0;
}

static bool is_stop(char byte)
{
    return byte == '<' || byte == '>';
}

/* Characters of a run that is too long which are not left out: they may end a
 * tag, a comment or a value. */
static const bool kept[256] = {
    ['<'] = true, ['>'] = true, ['-'] = true, ['"'] = true, ['\''] = true};

/* The first loss that is more than blanks is marked. */
static void tell_cut(struct clean *clean, const char *at, const char *end,
                     struct buf *out)
{
    while (at < end && (unsigned char)*at <= ' ')
        at++;
    if (at == end)
        return;
    utf8_put(out, CUT);
    clean->told = clean->marked = true;
}

/* What is left of the run that is too long. Answers where it ends. */
static const char *cut_run(struct clean *clean, const char *at, const char *end,
                           struct buf *out)
{
    for (;; at++) {
        const char *from = at;
        while (at < end && !kept[(unsigned char)*at])
            at++;
        if (!clean->told)
            tell_cut(clean, from, at, out);
        if (at == end || is_stop(*at))
            break;
        buf_putc(out, *at);
    }
    clean->cutting = at == end;
    return at;
}

static void measure_run(struct clean *clean, const char *text, size_t len)
{
    size_t since = 0;
    while (since < len && !is_stop(text[len - 1 - since]))
        since++;
    if (since < len)
        clean->in_tag = text[len - 1 - since] == '<';
    clean->run = since < len ? since : clean->run + len;
    if (clean->run > clean->max_run && !clean->cutting && !clean->in_tag) {
        clean->cutting = true;
        clean->told = false;
    }
}

/* Nothing but one kind of blank, as the longest of runs are. */
static bool is_blank(const char *text, size_t len)
{
    return len > 0 && *text == ' ' && memcmp(text, text + 1, len - 1) == 0;
}

/* A run is cut where a piece ends, so it is as exact as pieces are short. */
size_t clean_add(struct clean *clean, const char *text, size_t len, bool final,
                 struct buf *out)
{
    const char *at = text;
    len -= final ? 0 : unfinished(clean, text, len);
    if (clean->cutting && is_blank(text, len))
        return len;
    if (clean->cutting)
        at = cut_run(clean, text, text + len, out);
    if (clean->cutting)
        return len;
    add_text(clean, at, text + len, out);
    measure_run(clean, text, len);
    return len;
}

/* Takes the mark at `at` off, or answers NULL: it is a text's own character. */
static const char *take_mark(const char *at, const char *end, char **to,
                             struct clean_faults *faults)
{
    const char *next = at;
    int32_t rune = utf8_next(&next, end);
    if (rune >= CONTROLS && rune <= CONTROLS_END && rune != CONTROLS) {
        *(*to)++ = (char)(rune - CONTROLS);
        return next;
    }
    if (rune == CUT) {
        faults->cut = true;
        return next;
    }
    if (rune != CONTROLS && (rune != BAD || !is_hex(next, end)))
        return NULL;
    if (!faults->bad)
        faults->first = (unsigned char)(rune == BAD ? ascii_hex(next[0]) << 4 |
                                                          ascii_hex(next[1])
                                                    : 0);
    faults->bad = true;
    memcpy(*to, REJECTED_MARK, 3);
    *to += 3;
    return rune == BAD ? next + 2 : next;
}

size_t clean_mend(char *text, size_t len, struct clean_faults *faults)
{
    const char *at = text, *end = text + len;
    char *to = text;
    while (at < end) {
        const char *next =
            (unsigned char)*at >= 0xEF ? take_mark(at, end, &to, faults) : NULL;
        if (next == NULL)
            *to++ = *at++;
        else
            at = next;
    }
    return (size_t)(to - text);
}
