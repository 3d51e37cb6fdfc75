/* case.c: letter by letter with what utf8proc knows of them. What comes out is
 * put into NFC at the end and as a whole, as that is nearly always only a look
 * at it. */
#include "case.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "mem.h"
#include "nfc.h"
#include "utf8.h"

/* A text of no bytes may have no place: nothing is added to that. */
static const char *end_of(const char *text, size_t len)
{
    return len > 0 ? text + len : text;
}

/* Puts what was appended from `from` on into NFC: a change of case may, very
 * rarely, have undone it. */
static void settle(struct buf *out, size_t from)
{
    size_t len = out->len - from;
    /* Where nothing was appended there may be no place to look at. */
    if (len == 0 || utf8_is_nfc(out->at + from, len))
        return;
    char *copy = mem_text_n(out->at + from, len);
    out->len = from;
    utf8_nfc(out, copy, len);
    free(copy);
}

static void change(struct buf *out, const char *text, size_t len,
                   int32_t (*to)(int32_t))
{
    const char *at = text, *end = end_of(text, len);
    size_t from = out->len;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune >= 0)
            utf8_put(out, to(rune));
    }
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
    const char *at = text, *end = end_of(text, len);
    size_t from = out->len;
    /* A word's first letter is the one that no part of a word stands before. */
    bool inside = false;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune < 0)
            continue;
        utf8_put(out, inside ? utf8proc_tolower(rune) : title(rune));
        inside = in_word(rune);
    }
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
    const char *at = text, *end = end_of(text, len);
    bool latin = false;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        /* Marks that stand by themselves after a Latin letter go with it;
         * those of other scripts belong to the word and stay. */
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
    const char *at = text, *end = end_of(text, len);
    size_t from = out->len;
    bool gap = false;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        /* Decomposed, since a letter and its marks may come as one code point
         * or as several, and both must give the same key. */
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
            /* A blank is written when the next letter comes, so that none
             * stands at the end. */
            if (kept && gap && out->len > from)
                buf_putc(out, ' ');
            if (kept)
                utf8_put(out, plain_letter(utf8proc_tolower(parts[i])));
            gap = !kept;
        }
    }
}
