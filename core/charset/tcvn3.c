/* tcvn3.c: TCVN3, which people call ABC after the program that came with it.
 *
 * It has no capitals with tones: people typed small ones and chose a font that
 * shows all letters as capitals, or only the letters without tone were typed as
 * capitals. So "PHÇN" is PHẦN, while "Phó" is Phú. A phrase (words with one
 * blank between them) decides: one that has two capitals in some word, and no
 * small letter but those with tones, is all capitals; and so is such a word in
 * any other phrase. The bytes of a phrase are held back until its end is seen.
 *
 * TCVN3-H is text in a font of capitals alone: no small letter is one. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "charset.h"
#include "page.h"

enum { PHRASE = 512 }; /* bytes; a longer one is two */

static const char *const usual_names[] = {
    "tcvn3", "tcvn", "abc", "tcvn3abc", "abctcvn3", "vscii3", "vntime", NULL};
static const char *const capital_names[] = {"tcvn3h", "tcvnh", "abch",
                                            "vntimeh", NULL};
static const char usual[] = "usual", capitals[] = "capitals";

static void *decoder_open(const char *name)
{
    if (page_named(name, usual_names))
        return (void *)usual;
    return page_named(name, capital_names) ? (void *)capitals : NULL;
}

static int32_t rune_of(char byte)
{
    return page_rune(&page_tcvn3, (unsigned char)byte);
}

static bool is_letter(char byte)
{
    int32_t rune = rune_of(byte);
    return ascii_letter(rune) || (rune >= 0xC0 && rune < 0x2000);
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
    return rune >= 'A' && !page_is_mark(rune) && !is_plainly_small(rune) &&
           page_capital(rune) == rune;
}

static size_t word_length(const char *at, const char *end)
{
    size_t len = 0;
    while (at + len < end && is_letter(at[len]))
        len++;
    return len;
}

/* Two capitals, and no letter that is plainly small. */
static bool is_raised(const char *word, size_t len)
{
    unsigned capitals_met = 0;
    for (size_t i = 0; i < len; i++) {
        if (is_plainly_small(rune_of(word[i])))
            return false;
        capitals_met += is_capital(rune_of(word[i]));
    }
    return capitals_met >= 2;
}

static bool is_phrase_raised(const char *phrase, size_t len)
{
    const char *at = phrase, *end = phrase + len;
    bool raised = false;
    for (size_t i = 0; i < len; i++)
        if (is_plainly_small(rune_of(phrase[i])))
            return false;
    while (at < end && !raised) {
        size_t word = word_length(at, end);
        raised = is_raised(at, word);
        at += word < (size_t)(end - at) ? word + 1 : word;
    }
    return raised;
}

/* A letter with the mark after it, where there is one. */
static size_t put_letter(struct buf *out, const char *at, const char *end,
                         bool raised)
{
    size_t from = out->len;
    size_t used = page_put(&page_tcvn3, out, at, end);
    const char *letter = out->at + from;
    if (raised && (*letter & 0x80) != 0 && (unsigned char)*letter != 0xFF) {
        int32_t rune = utf8_next(&letter, out->at + out->len);
        if (letter == out->at + out->len) {
            out->len = from;
            utf8_put(out, page_capital(rune));
        }
    } else if (raised) {
        out->at[from] = ascii_upper(out->at[from]);
    }
    return used;
}

static void put_phrase(struct buf *out, const char *phrase, size_t len,
                       bool raised)
{
    const char *at = phrase, *end = phrase + len;
    raised = raised || is_phrase_raised(phrase, len);
    while (at < end) {
        size_t word = word_length(at, end);
        const char *word_end = at + word;
        bool word_raised = raised || is_raised(at, word);
        while (at < word_end)
            at += put_letter(out, at, word_end, word_raised);
        if (at < end)
            at += put_letter(out, at, end, false); /* the blank */
    }
}

/* The length of the phrase that begins here; *open: it may go on. */
static size_t phrase_length(const char *at, const char *end, bool *open)
{
    size_t left = (size_t)(end - at);
    size_t most = left < PHRASE ? left : PHRASE, len = 0;
    while (len < most && (is_letter(at[len]) ||
                          (at[len] == ' ' && len > 0 &&
                           (len + 1 == most || is_letter(at[len + 1])) &&
                           is_letter(at[len - 1]))))
        len++;
    *open = len == left && len < PHRASE;
    return len;
}

static size_t decoder_decode(void *opaque, const char *bytes, size_t len,
                             bool final, struct buf *out)
{
    const char *at = bytes, *end = bytes + len;
    buf_reserve(out, len + len / 2);
    while (at < end) {
        bool open;
        size_t phrase = phrase_length(at, end, &open);
        if (phrase == 0) {
            at += page_put(&page_tcvn3, out, at, at + 1);
            continue;
        }
        if (open && !final)
            break;
        put_phrase(out, at, phrase, opaque == capitals);
        at += phrase;
    }
    return len - (size_t)(end - at);
}

static void decoder_close(void *opaque)
{
    (void)opaque;
}

const struct charset charset_tcvn3 = {
    .open = decoder_open,
    .decode = decoder_decode,
    .close = decoder_close,
};
