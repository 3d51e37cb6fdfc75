/* tcvn3.c: TCVN3, which people call ABC after the program that came with it.
 *
 * It has no capitals with tones: people typed small ones and chose a font that
 * shows all letters as capitals, or only the letters without tone were typed as
 * capitals. So "PHÇN" is PHẦN, while "Phó" is Phú. A phrase (words with one
 * blank between them) decides: one without a small letter but those with tones,
 * that has a syllable with two capitals, is all capitals ("C¤NG TY Cæ PHÇN",
 * not "M· KH"); and so is a word with two capitals in any other phrase. The
 * bytes of a phrase are held back until its end is seen.
 *
 * TCVN3-H is text in a font of capitals alone: no small letter is one. */
#include "tcvn3.h"

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "charset.h"
#include "page.h"
#include "syllable.h"

enum { PHRASE = 512 }; /* bytes; a longer one is two */

static const char *const usual_names[] = {
    "tcvn3", "tcvn", "abc", "tcvn3abc", "abctcvn3", "vscii3", "vntime", NULL};
static const char *const capital_names[] = {"tcvn3h", "tcvnh", "abch",
                                            "vntimeh", NULL};
static const char usual[] = "usual", capitals[] = "capitals";

static void *decoder_open(const char *name)
{
    if (charset_named(name, usual_names))
        return (void *)usual;
    return charset_named(name, capital_names) ? (void *)capitals : NULL;
}

static bool is_letter(int32_t rune)
{
    return ascii_letter(rune) || (rune >= 0xC0 && rune < 0x2000);
}

static bool is_letter_byte(char byte)
{
    return is_letter(page_rune(&page_tcvn3, (unsigned char)byte));
}

/* Letters that have a capital of their own. */
static bool is_plainly_small(int32_t rune)
{
    return (rune >= 'a' && rune <= 'z') || rune == 0x103 || rune == 0xE2 ||
           rune == 0xEA || rune == 0xF4 || rune == 0x1A1 || rune == 0x1B0 ||
           rune == 0x111;
}

static bool is_capital(int32_t rune)
{
    return is_letter(rune) && !page_is_mark(rune) && !is_plainly_small(rune) &&
           page_capital(rune) == rune;
}

static size_t word_length(const int32_t *text, size_t count)
{
    size_t len = 0;
    while (len < count && is_letter(text[len]))
        len++;
    return len;
}

/* Words, and the single blanks between them. */
static size_t phrase_length(const int32_t *text, size_t count)
{
    size_t len = 0, word;
    while ((word = word_length(text + len, count - len)) > 0) {
        len += word;
        if (len + 1 >= count || text[len] != ' ' || !is_letter(text[len + 1]))
            break;
        len++;
    }
    return len;
}

static bool has_small(const int32_t *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_plainly_small(text[i]))
            return true;
    return false;
}

static bool has_capitals(const int32_t *word, size_t count)
{
    unsigned met = 0;
    for (size_t i = 0; i < count && met < 2; i++)
        met += is_capital(word[i]);
    return met >= 2;
}

/* A word of the language with two capitals: `TY`, and not `TNHH`. */
static bool says_capitals(const int32_t *phrase, size_t count)
{
    for (size_t i = 0, word; i < count; i += word + 1) {
        word = word_length(phrase + i, count - i);
        if (has_capitals(phrase + i, word) && is_syllable(phrase + i, word))
            return true;
    }
    return false;
}

static void raise_all(int32_t *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text[i] = page_capital(text[i]);
}

static void raise_phrase(int32_t *phrase, size_t count)
{
    if (!has_small(phrase, count) && says_capitals(phrase, count)) {
        raise_all(phrase, count);
        return;
    }
    for (size_t i = 0, word; i < count; i += word + 1) {
        word = word_length(phrase + i, count - i);
        if (!has_small(phrase + i, word) && has_capitals(phrase + i, word))
            raise_all(phrase + i, word);
    }
}

void tcvn3_raise(int32_t *text, size_t count)
{
    for (size_t at = 0, phrase; at<count; at += phrase> 0 ? phrase : 1) {
        phrase = phrase_length(text + at, count - at);
        raise_phrase(text + at, phrase);
    }
}

/* The bytes of a phrase; *open: it may go on behind `end`. */
static size_t phrase_bytes(const char *at, const char *end, bool *open)
{
    size_t left = (size_t)(end - at);
    size_t most = left < PHRASE ? left : PHRASE, len = 0;
    while (len < most && (is_letter_byte(at[len]) ||
                          (at[len] == ' ' && len > 0 && at[len - 1] != ' ')))
        len++;
    *open = len == left && len < PHRASE;
    return len;
}

/* In NFC, as a letter and a mark of 0xB0 to 0xB4 are one then. */
static void put_phrase(struct buf *out, const char *at, size_t len,
                       bool all_capitals)
{
    int32_t runes[PHRASE];
    char text[4 * PHRASE];
    size_t letters = 0;
    for (size_t i = 0; i < len; i++)
        runes[i] = page_rune(&page_tcvn3, (unsigned char)at[i]);
    if (!all_capitals)
        tcvn3_raise(runes, len);
    for (size_t i = 0; i < len; i++)
        letters += utf8_write(text + letters,
                              all_capitals ? page_capital(runes[i]) : runes[i]);
    utf8_nfc(out, text, letters);
}

static size_t decoder_decode(void *opaque, const char *bytes, size_t len,
                             bool final, struct buf *out)
{
    const char *at = bytes, *end = bytes + len;
    buf_reserve(out, len + len / 2 + 1);
    while (at < end) {
        bool open;
        size_t phrase = phrase_bytes(at, end, &open);
        if (open && !final)
            break;
        if (phrase > 0)
            put_phrase(out, at, phrase, opaque == capitals);
        else
            page_put(&page_tcvn3, out, at, at + 1);
        at += phrase > 0 ? phrase : 1;
    }
    return len - (size_t)(end - at);
}

const struct charset charset_tcvn3 = {
    .open = decoder_open,
    .decode = decoder_decode,
};
