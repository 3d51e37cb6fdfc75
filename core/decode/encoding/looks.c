/* looks.c: bytes beyond ASCII tell UTF-8 from everything else: text in
 * another encoding is hardly ever UTF-8 by chance, and where it is not, hardly
 * any of its letters are. UTF-16 has a NUL in every other byte.
 *
 * Encodings of one byte a letter are told by reading them (voices.h); what is
 * left is Latin where its letters stand among those of ASCII, as they do
 * there. */
#include "looks.h"

#include <stdint.h>
#include <string.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "charset/charset.h"
#include "voices.h"

const struct looks looks_utf8 = {"UTF-8", "UTF-8"};
const struct looks looks_damaged = {
    "UTF-8 with damaged letters (export it again)", NULL};
const struct looks looks_binary = {"no text (export it as CSV)", NULL};
static const struct looks wide[] = {
    {"UTF-16LE", "UTF-16LE"},
    {"UTF-16BE", "UTF-16BE"},
    {"UTF-32LE", "UTF-32LE"},
    {"UTF-32BE", "UTF-32BE"},
};
enum { WIDE = sizeof wide / sizeof *wide };
static const struct looks latin = {"windows-1252", "windows-1252"};
static const struct looks pages[] = {
    {"TCVN3", "TCVN3"},
    {"VNI", "VNI"},
    {"VISCII", "VISCII"},
    {"windows-1258", "windows-1258"},
    {"VPS", "VPS"},
    {"VIQR", "VIQR"},
    {"letters written as references", "NCR"},
};

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
    size_t latin; /* Latin's letters beside one of ASCII, its signs elsewhere */
    size_t none;  /* no signs of Latin: a picture among texts has them */
};

static bool is_letter(const char *head, size_t len, size_t at)
{
    return at < len && ascii_letter(head[at]);
}

/* Is it one of the five that windows-1252 has not? */
static bool is_none(unsigned char byte)
{
    return byte == 0x81 || byte == 0x8D || byte == 0x8F || byte == 0x90 ||
           byte == 0x9D;
}

/* A capital does not stand after a small letter; an apostrophe may. */
static bool is_latin(unsigned char byte, char before, bool beside, bool within)
{
    bool small = before >= 'a' && before <= 'z';
    if (byte < 0xC0)
        return !within || byte == 0x92;
    return beside && (byte >= 0xDF || !small);
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
        standing.none += is_none(byte);
        standing.latin += is_latin(byte, before ? head[i - 1] : '\0',
                                   before || after, before && after);
    }
    return standing;
}

/* Has each byte a letter? */
bool looks_readable(const char *name, const char *head, size_t len)
{
    struct transcoder transcoder;
    struct buf text = {0};
    if (!transcoder_open(&transcoder, name))
        return false;
    transcoder_decode(&transcoder, head, len < LOOK ? len : LOOK, true, &text);
    transcoder_close(&transcoder);
    bool readable = utf8_valid(text.at, text.len) == text.len;
    buf_release(&text);
    return readable;
}

static const struct looks *looks_named(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof pages / sizeof *pages; i++)
        if (strcmp(pages[i].name, name) == 0)
            return &pages[i];
    return NULL;
}

static const struct looks *look_bytes(const char *head, size_t len)
{
    struct voices voices = voices_of(head, len);
    struct standing standing = look_at(head, len);
    if (voices.best.name != NULL)
        return looks_named(voices.best.name);
    bool other = standing.none > 1 && 50 * standing.none > standing.all;
    return !other && 10 * standing.latin >= 7 * standing.all ? &latin : NULL;
}

static const struct looks *look_ascii(const char *head, size_t len)
{
    const struct looks *looks = looks_named(voices_of_ascii(head, len));
    return looks != NULL ? looks : &looks_utf8;
}

const struct looks *looks_like(const char *head, size_t len, bool whole)
{
    const char *pattern = charset_pattern(head, len);
    for (size_t i = 0; pattern != NULL && i < WIDE; i++)
        if (strcmp(pattern, wide[i].name) == 0)
            return &wide[i];
    if (looks_no_text(head, len))
        return &looks_binary;
    struct letters letters = letters_count(head, len, whole);
    if (letters.bad == 0 && letters.good == 0 && !letters.nul)
        return look_ascii(head, len < LOOK ? len : LOOK);
    if (letters.bad == 0)
        return letters.nul ? &looks_damaged : &looks_utf8;
    if (letters.good >= letters.bad)
        return &looks_damaged;
    return look_bytes(head, len < LOOK ? len : LOOK);
}

const char *looks_undeclared(const char *head, size_t len, bool whole)
{
    size_t mark;
    if (charset_mark(head, len, &mark) != NULL)
        return NULL;
    const struct looks *looks = looks_like(head, len, whole);
    return looks != NULL && looks != &looks_utf8 ? looks->name : NULL;
}
