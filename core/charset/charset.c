/* charset.c: asks the families in their order, and knows the marks that stand
 * at the head of Unicode text. */
#include "charset.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

#define CHARSET_ADDRESS(name) &charset_##name,
static const struct charset *const charsets[] = {CHARSETS(CHARSET_ADDRESS)};
#undef CHARSET_ADDRESS

const uint16_t charset_windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

bool charset_is_utf8(const char *name)
{
    static const char *const spellings[] = {"UTF-8", "UTF8", "UTF-8-SIG",
                                            "UTF-8-BOM", "UTF-8BOM"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        if (strcasecmp(name, spellings[i]) == 0)
            return true;
    return false;
}

static bool is_between(char byte)
{
    return byte == '-' || byte == '_' || byte == '.' || byte == ' ';
}

static bool is_same(const char *name, const char *known)
{
    for (; *name != '\0'; name++) {
        if (is_between(*name))
            continue;
        if (ascii_lower(*name) != *known++)
            return false;
    }
    return *known == '\0';
}

bool charset_named(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (is_same(name, *names))
            return true;
    return false;
}

/* A page's own decoder is any address, as it has no state. */
static void *open_decoder(const struct charset *charset, const char *name)
{
    if (charset->names == NULL)
        return charset->open(name);
    return charset_named(name, charset->names) ? (void *)charset->names : NULL;
}

bool transcoder_open(struct transcoder *transcoder, const char *name)
{
    /* The first family that knows the name has it: one that knows it better
     * than iconv stands before iconv. */
    for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++) {
        transcoder->charset = charsets[i];
        transcoder->decoder = open_decoder(charsets[i], name);
        if (transcoder->decoder != NULL)
            return true;
    }
    *transcoder = (struct transcoder){0};
    return false;
}

static size_t decode_letters(charset_step *put, const char *bytes, size_t len,
                             bool final, struct buf *out)
{
    const char *at = bytes, *end = bytes + len;
    size_t used = 1;
    for (; at < end && used > 0; at += used)
        used = put(out, at, end, final);
    return len - (size_t)(end - at);
}

size_t transcoder_decode(struct transcoder *transcoder, const char *bytes,
                         size_t len, bool final, struct buf *out)
{
    const struct charset *charset = transcoder->charset;
    return charset->put != NULL
               ? decode_letters(charset->put, bytes, len, final, out)
               : charset->decode(transcoder->decoder, bytes, len, final, out);
}

void transcoder_close(struct transcoder *transcoder)
{
    if (transcoder->decoder != NULL && transcoder->charset->close != NULL)
        transcoder->charset->close(transcoder->decoder);
    *transcoder = (struct transcoder){0};
}

bool charset_known(const char *name)
{
    struct transcoder transcoder;
    if (charset_is_utf8(name))
        return true;
    if (!transcoder_open(&transcoder, name))
        return false;
    transcoder_close(&transcoder);
    return true;
}

void charset_escape(struct buf *out, char byte)
{
    static const char digits[] = "0123456789ABCDEF";
    unsigned char value = (unsigned char)byte;
    char *to = buf_reserve(out, 3);
    /* 0xFF never stands in UTF-8, so that what follows cannot be taken for
     * text: the decoder of rows finds it and says which byte it was. */
    to[0] = (char)0xFF;
    to[1] = digits[value >> 4];
    to[2] = digits[value & 15];
    out->len += 3;
}

/* UTF-32LE stands before UTF-16LE, whose mark it begins with. */
static const struct {
    const char *name;
    const char *bytes;
    size_t len;
} marks[] = {
    {"UTF-8", "\xEF\xBB\xBF", 3},    {"UTF-32LE", "\xFF\xFE\0\0", 4},
    {"UTF-32BE", "\0\0\xFE\xFF", 4}, {"UTF-16LE", "\xFF\xFE", 2},
    {"UTF-16BE", "\xFE\xFF", 2},
};

const char *charset_mark(const char *head, size_t len, size_t *mark)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (len < marks[i].len || memcmp(head, marks[i].bytes, marks[i].len))
            continue;
        *mark = marks[i].len;
        return marks[i].name;
    }
    *mark = 0;
    return NULL;
}

/* UTF-32 without a mark: of four bytes the highest is zero, and the one below
 * it nearly always. */
static const char *pattern_of_32(const char *head, size_t len)
{
    enum { LOOK = 4096, ENOUGH = 4 };
    size_t units = (len < LOOK ? len : LOOK) / 4, little = 0, big = 0;
    for (size_t i = 0; i < units; i++) {
        const char *at = head + 4 * i;
        little += at[3] == '\0' && at[2] == '\0' && (at[0] | at[1]) != '\0';
        big += at[0] == '\0' && at[1] == '\0' && (at[2] | at[3]) != '\0';
    }
    if (units < ENOUGH || (little < units && big < units))
        return NULL;
    return little == units ? "UTF-32LE" : "UTF-32BE";
}

/* UTF-16 without a mark: in a customer list most letters are below U+0100,
 * and so every second byte is zero. */
const char *charset_pattern(const char *head, size_t len)
{
    enum { LOOK = 4096 };
    size_t pairs = (len < LOOK ? len : LOOK) / 2, even = 0, odd = 0;
    const char *wider = pattern_of_32(head, len);
    if (wider != NULL)
        return wider;
    for (size_t i = 0; i < pairs; i++) {
        even += head[2 * i] == '\0';
        odd += head[2 * i + 1] == '\0';
    }
    if (odd > pairs / 4 && even <= odd / 16)
        return "UTF-16LE";
    if (even > pairs / 4 && odd <= even / 16)
        return "UTF-16BE";
    return NULL;
}
