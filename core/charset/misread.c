/* misread.c: text that was read in a wrong encoding once and saved so: UTF-8
 * taken for Windows-1252 (`CÃ´ng ty`, twice: `CÃƒÂ´ng`), or one of the older
 * Vietnamese encodings (older.c).
 *
 * Read backwards, each character is the byte that it was; where such bytes are
 * a letter in UTF-8, the text was misread. The no-break space of `Ã ` is often
 * a blank by now, or gone; but no word has a capital à after a small letter. */
#include "misread.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "charset.h"
#include "letters.h"
#include "ncr.h"
#include "older.h"
#include "syllable.h"

enum { TIMES = 3 };

/* The byte it was read from, or -1. */
static int byte_of(int32_t rune)
{
    if (rune < 0x100)
        return rune;
    for (int i = 0; i < 32; i++)
        if (charset_windows[i] == rune)
            return 0x80 + i;
    return -1;
}

struct text {
    int32_t *at;
    size_t count;
};

static int32_t rune_at(const struct text *text, size_t i)
{
    return i < text->count ? text->at[i] : 0;
}

/* Letters, and what stands among them, in texts of people and in those that
 * were misread before. */
static bool is_plausible(int32_t rune, size_t length)
{
    return letter_is_latin(rune) || letter_is_cyrillic(rune) ||
           letter_is_greek(rune) || (length > 2 && rune >= 0x900) ||
           (rune >= 0x300 && rune < 0x330) || byte_of(rune) >= 0x80;
}

/* The letter in UTF-8 that begins at `i`, and its bytes; -1: none. */
static int32_t letter_at(const struct text *text, size_t i, size_t *length)
{
    char bytes[4];
    int first = text->at[i] >= 0xC2 && text->at[i] <= 0xF4 ? text->at[i] : 0;
    *length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (*length == 0 || i + *length > text->count)
        return -1;
    for (size_t at = 0; at < *length; at++) {
        int byte = byte_of(text->at[i + at]);
        if (byte < 0 || (at > 0 && (byte & 0xC0) != 0x80))
            return -1;
        bytes[at] = (char)byte;
    }
    const char *at = bytes;
    int32_t rune = utf8_next(&at, bytes + *length);
    return rune >= 0 && is_plausible(rune, *length) ? rune : -1;
}

/* May be what it seems: a quotation mark or a dash after a capital (“XÃ”). */
static bool is_mark(int32_t rune)
{
    return rune == 0xA0 || rune == 0xAB || rune == 0xBB || rune == 0xAE ||
           rune == 0xA9 || rune == 0xB7 || rune == 0xB4 || rune == 0xBF ||
           rune == 0x2039 || rune == 0x203A ||
           (rune >= 0x2013 && rune <= 0x2026 && rune != 0x2020 &&
            rune != 0x2021) ||
           rune == 0x2122;
}

/* Does the second character stand for a byte from 0x80 to 0x9F? */
static bool is_control(const struct text *text, size_t i)
{
    return byte_of(text->at[i + 1]) < 0xA0;
}

/* How much such a letter says: 2 is enough. A © is no mark that stands behind a
 * letter (`VÅ©`, `BÃ©`), and hardly ´ one. */
static int evidence(const struct text *text, size_t i, size_t length)
{
    int32_t first = text->at[i], second = rune_at(text, i + 1);
    int32_t before = i > 0 ? text->at[i - 1] : 0;
    if (length > 2)
        return 2;
    /* Control characters of their own stand in no text: it was misread twice.
     */
    if (first == 0xC2 && is_control(text, i))
        return text->at[i + 1] < 0xA0 ? 2 : 0;
    if (first == 0xC2)
        return is_mark(text->at[i + 1]) ? 0 : 2;
    if (first < 0xC3 || first > 0xC6)
        return text->at[i + 1] != 0xA0;
    bool doubtful = is_mark(text->at[i + 1]) && !letter_is_small(before) &&
                    !letter_is_latin(rune_at(text, i + 2));
    return !doubtful || second == 0xA9 ? 2 : second == 0xB4;
}

static bool is_blank(int32_t rune)
{
    return rune == ' ' || rune == 0xA0 || rune == 0;
}

/* Ã for à, whose second byte is a blank or lost: after a small letter, or in
 * the words HÃ and CÃ, that are none, before one with small letters. */
static bool is_bare_a(const struct text *text, size_t i)
{
    int32_t before = i > 0 ? text->at[i - 1] : 0;
    int32_t start = i > 1 ? text->at[i - 2] : 0;
    size_t next = is_blank(rune_at(text, i + 2)) ? i + 3 : i + 2;
    if (text->at[i] != 0xC3)
        return false;
    if (letter_is_small(before))
        return true;
    return (before == 'H' || before == 'C') && is_blank(start) &&
           is_blank(rune_at(text, i + 1)) &&
           letter_is_capital(rune_at(text, next)) &&
           letter_is_small(rune_at(text, next + 1));
}

/* The end of a word in capitals: XÃ, MÃ, NGÃ, or before another one. */
static bool is_capital_end(const struct text *text, size_t i)
{
    int32_t before = i > 0 ? text->at[i - 1] : 0;
    int32_t start = i > 1 ? text->at[i - 2] : 0;
    if (!letter_is_capital(before))
        return false;
    return before == 'X' || before == 'M' || letter_is_capital(start) ||
           (letter_is_capital(rune_at(text, i + 2)) &&
            letter_is_capital(rune_at(text, i + 3)));
}

static bool is_a_and_blank(const struct text *text, size_t i)
{
    return text->at[i] == 0xC3 && is_blank(rune_at(text, i + 1)) &&
           !is_capital_end(text, i);
}

/* Â for a no-break space, whose second byte is a blank, or lost at the end: no
 * word ends in â. */
static bool is_bare_blank(const struct text *text, size_t i)
{
    int32_t next = rune_at(text, i + 1);
    return text->at[i] == 0xC2 && (next == ' ' || next == 0);
}

/* Ơ, Ạ and Ỡ at the end, whose last byte, a no-break space, is lost; or 0. */
static int32_t cut_letter(const struct text *text, size_t i)
{
    size_t left = text->count - i;
    if (left == 1)
        return text->at[i] == 0xC6 ? 0x1A0 : 0;
    if (left > 2 || text->at[i] != 0xE1)
        return 0;
    int second = byte_of(text->at[i + 1]);
    return second == 0xBA ? 0x1EA0 : second == 0xBB ? 0x1EE0 : 0;
}

/* How much an Ã for à takes with it of the blank that its second byte is. */
static size_t bare_length(const struct text *text, size_t i)
{
    int32_t next = rune_at(text, i + 1), after = rune_at(text, i + 2);
    bool whole = next == 0xA0 || (is_blank(after) && after != 0);
    return is_blank(next) && (whole || letter_is_small(after)) ? 2 : 1;
}

/* What the letters say that stand together from `i` on. */
static int word_evidence(const struct text *text, size_t i)
{
    int says = 0;
    size_t length;
    for (; i < text->count; i += length) {
        if (text->at[i] < 0x80 && !ascii_letter(text->at[i]))
            break;
        int32_t rune = letter_at(text, i, &length);
        /* An Ã before a no-break space may be what it seems. */
        says += rune >= 0 && rune != 0xE0 ? evidence(text, i, length) : 0;
        length = rune >= 0 ? length : 1;
    }
    return says;
}

/* The letter at `i` as it was, and its length; it is one that may be what it
 * seems only if `all`. *says: what it tells. */
static int32_t undo_one(const struct text *text, size_t i, bool all,
                        size_t *length, int *says)
{
    int32_t rune = letter_at(text, i, length);
    *says = rune >= 0 ? evidence(text, i, *length) : 0;
    if ((*says > 0 || (all && rune >= 0)) && rune != 0xE0)
        return rune;
    bool small = *says > 0 && letter_is_small(rune_at(text, i + 2));
    *says = 0;
    if (small || is_bare_a(text, i) || (all && is_a_and_blank(text, i))) {
        *length = bare_length(text, i);
        *says = 2;
        return 0xE0;
    }
    int32_t cut = all ? cut_letter(text, i) : 0;
    bool blank = all && is_bare_blank(text, i);
    *length = cut != 0                             ? text->count - i
              : blank && rune_at(text, i + 1) != 0 ? 2
                                                   : 1;
    return cut != 0 ? cut : blank ? 0xA0 : text->at[i];
}

/* May it be a mark behind a word? */
static bool is_end(int32_t rune)
{
    return rune < 0x80 || rune == 0xA0 || rune == 0xAB || rune == 0xBB ||
           rune >= 0x2013;
}

/* The text as it was, without the letters that may be what they seem unless
 * `all`, or there are sure ones beside them; answers what those found say
 * together. */
static int undo(const struct text *text, bool all, struct text *meant)
{
    int found = 0, says;
    bool beside = !all && word_evidence(text, 0) > 0;
    size_t length;
    meant->count = 0;
    for (size_t i = 0; i < text->count; i += length) {
        if (!all && text->at[i] < 0x80 && !ascii_letter(text->at[i]))
            beside = word_evidence(text, i + 1) > 0;
        bool sure = all || beside || !is_end(rune_at(text, i + 1));
        meant->at[meant->count++] = undo_one(text, i, sure, &length, &says);
        found += says;
    }
    return found;
}

/* A letter of Vietnamese that no byte of UTF-8 was read as, in a text whose
 * second bytes may be lost. */
static bool is_right(const struct text *text, size_t i)
{
    int32_t rune = text->at[i];
    if (rune < 0xC0 || rune == 0xC3 || !is_vietnamese(rune))
        return false;
    return rune > 0xFF || byte_of(rune_at(text, i + 1)) < 0x80;
}

/* Was it misread in part? */
static bool is_mixed(const struct text *text)
{
    for (size_t i = 0; i < text->count; i++)
        if (is_right(text, i))
            return true;
    return false;
}

static struct text take(const char *at, size_t len)
{
    const char *end = at + len;
    struct text text = {.at = mem_alloc((len + 1) * sizeof *text.at)};
    while (at < end)
        text.at[text.count++] = utf8_next(&at, end);
    text.at[text.count] = 0;
    return text;
}

static void put(struct buf *meant, const struct text *text)
{
    for (size_t i = 0; i < text->count; i++)
        utf8_put(meant, text->at[i]);
}

/* `enough`: what is evidence. How often it was misread; `text` is as it was
 * meant then. */
static unsigned undo_all(struct text *text, int enough)
{
    struct text other = {.at = mem_alloc((text->count + 1) * sizeof *other.at)};
    unsigned times = 0;
    while (times < TIMES && undo(text, false, &other) >= enough) {
        undo(text, !is_mixed(text), &other);
        const struct text spare = *text;
        *text = other;
        other = spare;
        times++;
    }
    free(other.at);
    return times;
}

static enum misreading find_utf8(struct text *text, bool sure,
                                 struct buf *meant)
{
    unsigned times = undo_all(text, sure ? 2 : 1);
    if (times == 0)
        return MISREAD_NOT;
    put(meant, text);
    return times > 1 ? MISREAD_UTF8_TWICE : MISREAD_UTF8;
}

/* References, where the text has any. */
static enum misreading find_references(const char *at, size_t len,
                                       struct buf *meant)
{
    const char *end = at + len;
    size_t from = meant->len, found = 0;
    while (at < end) {
        int32_t letter = 0;
        bool open;
        size_t used = *at == '&' ? ncr_take(at, end, &letter, &open) : 0;
        if (used > 0)
            utf8_put(meant, letter);
        else
            buf_putc(meant, *at);
        found += used > 0;
        at += used > 0 ? used : 1;
    }
    if (found == 0)
        meant->len = from;
    return found > 0 ? MISREAD_REFERENCES : MISREAD_NOT;
}

static enum misreading find_older(struct text *text, enum misreading wanted,
                                  struct buf *meant, bool *doubtful)
{
    const char *only = wanted == MISREAD_TCVN3 ? "TCVN3"
                       : wanted == MISREAD_VNI ? "VNI"
                                               : NULL;
    const char *older =
        older_encoding(text->at, text->count, only, meant, doubtful);
    if (older == NULL)
        return MISREAD_NOT;
    return *older == 'T' ? MISREAD_TCVN3 : MISREAD_VNI;
}

enum misreading misread_find(const char *text, size_t len,
                             enum misreading wanted, struct buf *meant,
                             bool *doubtful)
{
    enum misreading found = MISREAD_NOT;
    *doubtful = false;
    if (wanted == MISREAD_REFERENCES)
        return find_references(text, len, meant);
    struct text runes = take(text, len);
    if (wanted == MISREAD_NOT || wanted == MISREAD_UTF8)
        found = find_utf8(&runes, wanted == MISREAD_NOT, meant);
    if (found == MISREAD_NOT && wanted != MISREAD_UTF8)
        found = find_older(&runes, wanted, meant, doubtful);
    free(runes.at);
    return found;
}

const char *misread_name(enum misreading misreading)
{
    static const char *const names[] = {
        [MISREAD_NOT] = "as it stands",
        [MISREAD_UTF8] = "UTF-8 that was read as Windows-1252",
        [MISREAD_UTF8_TWICE] =
            "UTF-8 that was read as Windows-1252 more than once",
        [MISREAD_TCVN3] = "TCVN3 that was read as Windows-1252",
        [MISREAD_VNI] = "VNI that was read as Windows-1252",
        [MISREAD_REFERENCES] = "letters written as references",
    };
    return names[misreading];
}

const char *misread_repair(enum misreading misreading)
{
    static const char *const repairs[] = {
        [MISREAD_NOT] = "auto",        [MISREAD_UTF8] = "utf8",
        [MISREAD_UTF8_TWICE] = "utf8", [MISREAD_TCVN3] = "tcvn3",
        [MISREAD_VNI] = "vni",         [MISREAD_REFERENCES] = "ncr",
    };
    return repairs[misreading];
}
