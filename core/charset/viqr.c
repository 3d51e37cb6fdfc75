/* viqr.c: VIQR (RFC 1456), Vietnamese in ASCII: `Vie^.t Nam`. A vowel, a mark
 * that makes it another one, a tone; `dd` is đ; a backslash takes the meaning
 * from what follows. */
#include <string.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "charset.h"

static const struct {
    char byte;
    const char *bases;
    int32_t mark;
} marks[] = {
    {'^', "aeo", 0x302},
    {'(', "a", 0x306},
    {'+', "ou", 0x31B},
};

static const struct {
    char byte;
    int32_t mark;
} tones[] = {
    {'`', 0x300}, {'\'', 0x301}, {'?', 0x309}, {'~', 0x303}, {'.', 0x323},
};

static int32_t mark_of(char base, char byte)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].byte == byte && strchr(marks[i].bases, base) != NULL)
            return marks[i].mark;
    return 0;
}

static int32_t tone_of(char byte)
{
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (tones[i].byte == byte)
            return tones[i].mark;
    return 0;
}

static bool is_vowel(char base)
{
    return base != '\0' && strchr("aeiouy", base) != NULL;
}

/* A vowel with its marks; answers how many bytes it is, 0: it may go on. */
static size_t put_vowel(struct buf *out, const char *at, const char *end,
                        bool final)
{
    char text[12], base = ascii_lower(*at);
    size_t left = (size_t)(end - at), used = 1, len = 1;
    if (left < 2 && !final)
        return 0;
    text[0] = *at;
    int32_t mark = left > 1 ? mark_of(base, at[1]) : 0;
    used += mark != 0;
    if (used == left && !final)
        return 0;
    int32_t tone = used < left ? tone_of(at[used]) : 0;
    used += tone != 0;
    if (mark != 0)
        len += utf8_write(text + len, mark);
    if (tone != 0)
        len += utf8_write(text + len, tone);
    utf8_nfc(out, text, len);
    return used;
}

/* What two bytes are: `dd`, or one without its meaning. */
static size_t put_pair(struct buf *out, const char *at, const char *end,
                       bool final)
{
    if (at + 1 == end && !final)
        return 0;
    if (at + 1 < end && *at == '\\' && (at[1] & 0x80) == 0) {
        buf_putc(out, at[1]);
        return 2;
    }
    if (at + 1 < end && ascii_lower(at[1]) == 'd' && *at != '\\') {
        utf8_put(out, *at == 'd' ? 0x111 : 0x110);
        return 2;
    }
    buf_putc(out, *at);
    return 1;
}

static size_t put(struct buf *out, const char *at, const char *end, bool final)
{
    if (is_vowel(ascii_lower(*at)))
        return put_vowel(out, at, end, final);
    if (ascii_lower(*at) == 'd' || *at == '\\')
        return put_pair(out, at, end, final);
    if ((*at & 0x80) != 0)
        charset_escape(out, *at);
    else
        buf_putc(out, *at);
    return 1;
}

static const char *const names[] = {"viqr", "csviqr", NULL};

const struct charset charset_viqr = {.names = names, .put = put};
