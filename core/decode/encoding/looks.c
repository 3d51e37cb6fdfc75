/* looks.c: bytes beyond ASCII tell UTF-8 from everything else: text in
 * another encoding is hardly ever UTF-8 by chance, and where it is not, hardly
 * any of its letters are. UTF-16 has a NUL in every other byte.
 *
 * Encodings of one byte a letter are told by what stands beside a letter. In
 * TCVN3 and VISCII the letters of Vietnamese lie where Latin has its signs, so
 * that words are full of signs; these two are told apart by trying both. In
 * windows-1258 tones follow their vowels, which makes letters that Latin does
 * not have. VNI writes tones as Latin letters, each after a vowel. What is left
 * is Latin where its letters stand among those of ASCII, as they do there. */
#include "looks.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "charset/charset.h"

const struct looks looks_utf8 = {"UTF-8", "UTF-8"};
const struct looks looks_damaged = {
    "UTF-8 with damaged letters (export it again)", NULL};
const struct looks looks_binary = {"no text (export it as CSV)", NULL};
static const struct looks utf16le = {"UTF-16LE", "UTF-16LE"};
static const struct looks utf16be = {"UTF-16BE", "UTF-16BE"};
static const struct looks tcvn3 = {"TCVN3", "TCVN"};
static const struct looks viscii = {"VISCII", "VISCII"};
static const struct looks windows_1258 = {"windows-1258", "windows-1258"};
static const struct looks latin = {"windows-1252", "windows-1252"};
static const struct looks vni = {
    "VNI, which is not read here (export it as UTF-8)", NULL};

enum { LOOK = 16 * 1024 }; /* bytes; what comes after them is like them */

struct letters letters_count(const char *head, size_t len, bool whole)
{
    struct letters found = {.nul = memchr(head, '\0', len) != NULL};
    const char *at = head, *end = head + len;
    while (at < end) {
        const char *start = at;
        if ((unsigned char)*at < 0x80) {
            at++;
            continue;
        }
        size_t left = (size_t)(end - at);
        size_t valid = utf8_valid(at, left < 4 ? left : 4);
        if (valid == 0) {
            found.bad += whole || left >= 4;
            at++;
            continue;
        }
        utf8_next(&at, end);
        found.good++;
        found.bytes += (size_t)(at - start);
    }
    return found;
}

/* 0x1A is the mark of the end, of CP/M and DOS. */
static bool may_pad(char byte)
{
    return byte == '\0' || byte == 0x1A || byte == '\n' || byte == '\r' ||
           byte == ' ';
}

static bool is_control(unsigned char byte)
{
    return byte < 0x20 && !(byte >= '\t' && byte <= '\r') && byte != 0x1B &&
           byte < 0x1C;
}

/* A stray NUL makes no binary file, nor do those that pad its end. */
bool looks_no_text(const char *head, size_t len)
{
    size_t text = len;
    while (text > 0 && may_pad(head[text - 1]))
        text--;
    len = text > 0 ? text : len;
    size_t look = len < 4096 ? len : 4096, controls = 0;
    for (size_t i = 0; i < look; i++)
        controls += is_control((unsigned char)head[i]);
    return controls >= 8 && controls > look / 20;
}

/* How bytes beyond ASCII stand in the text. */
struct standing {
    size_t all;
    size_t signs; /* Latin's signs, within a word */
    size_t latin; /* Latin's letters beside one of ASCII, its signs elsewhere */
    size_t tones; /* what VNI writes tones and hooks as, after a vowel */
};

static bool is_letter(const char *head, size_t len, size_t at)
{
    return at < len && ascii_letter(head[at]);
}

static bool is_vowel(const char *head, size_t len, size_t at)
{
    return at < len && head[at] != '\0' &&
           strchr("aeiouyAEIOUY", head[at]) != NULL;
}

static bool is_tone(unsigned char byte)
{
    return strchr("\xE0\xE1\xE2\xE3\xE4\xE5\xE8\xE9\xEA\xEB\xEF\xF5\xF8\xF9"
                  "\xFA\xFB\xFC\xC0\xC1\xC2\xC3\xC4\xC5\xC8\xC9\xCA\xCB\xCF"
                  "\xD5\xD8\xD9\xDA\xDB\xDC",
                  byte) != NULL;
}

/* A capital does not stand after a small letter; an apostrophe may. */
static bool is_latin(unsigned char byte, char before, bool beside, bool within)
{
    bool small = before >= 'a' && before <= 'z';
    if (byte < 0xC0)
        return !within || byte == 0x92;
    return beside && (byte >= 0xDF || !small);
}

static bool is_sign(unsigned char byte)
{
    return byte >= 0xA1 && byte < 0xC0;
}

/* Signs that Latin has behind no letter; they are the a's of TCVN3. */
static bool ends_word(unsigned char byte)
{
    return byte >= 0xB5 && byte <= 0xB8;
}

static struct standing look_at(const char *head, size_t len)
{
    struct standing standing = {0};
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)head[i];
        if (byte < 0x80)
            continue;
        /* Before the first byte there is none: i - 1 is beyond len. */
        bool before = is_letter(head, len, i - 1);
        bool after = is_letter(head, len, i + 1);
        standing.all++;
        standing.signs += is_sign(byte) && before && (after || ends_word(byte));
        standing.latin += is_latin(byte, before ? head[i - 1] : '\0',
                                   before || after, before && after);
        standing.tones += is_tone(byte) && is_vowel(head, len, i - 1);
    }
    return standing;
}

/* What a text is read as in one of the encodings. */
struct reading {
    size_t letters; /* runes beyond ASCII */
    size_t common;  /* of the commonest that Vietnamese has, */
    size_t toned;   /* and those that it alone has */
    size_t wrong;   /* bytes without a letter, letters that it does not have */
    size_t unreadable; /* those bytes alone */
};

static bool is_common(int32_t rune)
{
    static const int32_t common[] = {
        0xE0,   0xE1,   0xE2,   0xEA,   0xF4,   0xF3,   0x103,  0x111,
        0x1A1,  0x1B0,  0x1EA1, 0x1EA3, 0x1EA5, 0x1EA7, 0x1EAD, 0x1EBF,
        0x1EC7, 0x1ECB, 0x1ED1, 0x1ED9, 0x1EDB, 0x1EDD, 0x1EE7};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (rune == common[i])
            return true;
    return false;
}

/* Tones on what bears none make letters of other languages, or are left. */
static bool is_wrong(int32_t rune)
{
    static const int32_t vietnamese[] = {0x102, 0x103, 0x110, 0x111,
                                         0x128, 0x129, 0x168, 0x169,
                                         0x1A0, 0x1A1, 0x1AF, 0x1B0};
    for (size_t i = 0; i < sizeof vietnamese / sizeof *vietnamese; i++)
        if (rune == vietnamese[i])
            return false;
    return rune < 0 || (rune >= 0x100 && rune < 0x370);
}

static struct reading count_runes(const struct buf *text)
{
    struct reading reading = {0};
    const char *at = text->at, *end = text->at + text->len;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune >= 0 && rune < 0x80)
            continue;
        reading.letters++;
        reading.common += is_common(rune);
        reading.toned += rune >= 0x1EA0 && rune <= 0x1EF9;
        reading.wrong += is_wrong(rune);
        reading.unreadable += rune < 0;
    }
    return reading;
}

/* All wrong where the encoding is not known here. */
static struct reading read_as(const char *name, const char *head, size_t len)
{
    struct transcoder transcoder;
    struct buf text = {0};
    struct reading reading = {.letters = 1, .wrong = 1, .unreadable = 1};
    if (!transcoder_open(&transcoder, name))
        return reading;
    transcoder_decode(&transcoder, head, len, true, &text);
    transcoder_close(&transcoder);
    reading = count_runes(&text);
    buf_release(&text);
    return reading;
}

bool looks_readable(const char *name, const char *head, size_t len)
{
    return read_as(name, head, len < LOOK ? len : LOOK).unreadable == 0;
}

/* Text in which signs stand within words. */
static const struct looks *look_older(const char *head, size_t len)
{
    struct reading a = read_as(tcvn3.name, head, len);
    struct reading b = read_as(viscii.name, head, len);
    const struct reading *best = a.common >= b.common ? &a : &b;
    if (2 * best->common < best->letters || best->wrong > best->letters / 20)
        return NULL;
    return best == &a ? &tcvn3 : &viscii;
}

static const struct looks *look_bytes(const char *head, size_t len)
{
    struct standing standing = look_at(head, len);
    if (10 * standing.signs >= standing.all)
        return look_older(head, len);
    struct reading reading = read_as(windows_1258.name, head, len);
    if (5 * reading.toned >= reading.letters &&
        reading.wrong <= reading.letters / 20)
        return &windows_1258;
    if (2 * standing.tones >= standing.all)
        return &vni;
    return 10 * standing.latin >= 7 * standing.all ? &latin : NULL;
}

const struct looks *looks_like(const char *head, size_t len, bool whole)
{
    const char *pattern = charset_pattern(head, len);
    if (pattern != NULL)
        return strcmp(pattern, utf16le.name) == 0 ? &utf16le : &utf16be;
    if (looks_no_text(head, len))
        return &looks_binary;
    struct letters letters = letters_count(head, len, whole);
    if (letters.bad == 0)
        return letters.nul ? &looks_damaged : &looks_utf8;
    if (letters.good >= letters.bad)
        return &looks_damaged;
    return look_bytes(head, len < LOOK ? len : LOOK);
}
