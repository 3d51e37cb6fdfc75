/* older.c: TCVN3 (ABC) and VNI, told word by word.
 *
 * A word speaks for an encoding when it is no syllable as it stands and one
 * when it is read by it. Some letters leave no doubt (a symbol or a capital
 * within a word); the others, which French, German or Nordic names have too,
 * need a second word. A word that is a syllable in no way speaks against.
 *
 * A text may be misread in part: `Sài Gòn (Saøi Goøn)`. What the encoding
 * cannot have made stays. A syllable in both ways (`Vò`, TCVN3's Vũ) is as the
 * words of its phrase are; if they do not tell, the text is in doubt. */
#include "older.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "letters.h"
#include "reading.h"
#include "syllable.h"
#include "tcvn3.h"
#include "vni.h"

enum { MANY = 6 };                       /* words leave no doubt of another */
enum { LEFT = 0xAB, RIGHT_MARK = 0xBB }; /* « and » */

/* « and » that are marks, while the words are looked at. */
enum { OPENING = 0xFDD0, CLOSING = 0xFDD1 };

/* What a word is, to an encoding. */
enum kind {
    PLAIN,   /* the same in the encoding */
    RIGHT,   /* a syllable as it stands, and none in the encoding */
    EITHER,  /* a syllable as it stands, and another one in the encoding */
    MEANT,   /* in the encoding */
    NEITHER, /* no syllable */
    KINDS
};

struct sight {
    int weight;
    unsigned words[KINDS];
};

struct encoding {
    const char *name;
    void (*read)(const int32_t *word, size_t count, struct reading *reading);
};

static const struct encoding encodings[] = {
    {"TCVN3", reading_tcvn3},
    {"VNI", reading_vni},
};

/* Letters, and the symbols that TCVN3 has letters in place of. */
static bool is_wordy(int32_t rune)
{
    return letter_is_latin(rune) || reading_letter(rune) != 0;
}

static size_t word_length(const int32_t *text, size_t count)
{
    size_t len = 0;
    while (len < count && is_wordy(text[len]))
        len++;
    return len;
}

/* A capital after a small letter: no word of Vietnamese as it is written. */
static bool is_mixed(const int32_t *word, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (word[i] >= 0xC0 && letter_is_capital(word[i]) &&
            letter_is_small(word[i - 1]))
            return true;
    return false;
}

static bool has_letter(const int32_t *word, size_t count, int32_t first,
                       int32_t last)
{
    for (size_t i = 0; i < count; i++)
        if (word[i] >= first && word[i] <= last)
            return true;
    return false;
}

static bool has_symbol(const int32_t *word, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!letter_is_latin(word[i]))
            return true;
    return false;
}

/* No syllable, and plainly in the encoding: `Laék` (Lắk). */
static bool is_foreign(const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (!is_vietnamese(reading->letters[i]))
            return false;
    return reading->evidence == HARD;
}

static bool is_same(const struct reading *reading, const int32_t *word,
                    size_t count)
{
    return reading->count == count &&
           memcmp(reading->letters, word, count * sizeof *word) == 0;
}

/* Words of addresses in TCVN3 (Số) and VNI (Hồ) that hardly are others. */
static bool is_address(const int32_t *word)
{
    static const char32_t *const all[] = {U"s\u00E8",
                                          U"ho\u00E0 ch\u00ED minh"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        size_t len = 0;
        while (all[i][len] != 0 && vni_small(word[len]) == (int32_t)all[i][len])
            len++;
        if (all[i][len] == 0 && !is_wordy(word[len]))
            return true;
    }
    return false;
}

/* What the word is, how much it says, and how it reads. */
static enum kind judge(const struct encoding *encoding, const int32_t *word,
                       size_t count, struct reading *reading, int *weight)
{
    *reading = (struct reading){.count = 0};
    *weight = has_letter(word, count, 0x80, 0xFF) ? -HARD : 0;
    if (!has_letter(word, count, 0x80, INT32_MAX))
        return PLAIN;
    if (count > WORD)
        return NEITHER;
    encoding->read(word, count, reading);
    bool reads = is_syllable(reading->letters, reading->count);
    if (is_syllable(word, count) && !is_mixed(word, count)) {
        *weight = 0;
        return !reads || reading->strange      ? RIGHT
               : is_same(reading, word, count) ? PLAIN
               : is_address(word)              ? MEANT
                                               : EITHER;
    }
    if (reads)
        *weight = reading->evidence;
    else if (has_symbol(word, count))
        *weight = 0;
    return reads || is_foreign(reading) ? MEANT : NEITHER;
}

static struct sight look(const struct encoding *encoding, const int32_t *text,
                         size_t count)
{
    struct sight sight = {.weight = 0};
    struct reading reading;
    for (size_t at = 0; at < count;) {
        size_t len = word_length(text + at, count - at);
        int weight;
        sight.words[judge(encoding, text + at, len, &reading, &weight)]++;
        sight.weight += weight;
        at += len > 0 ? len : 1;
    }
    return sight;
}

/* Words with single blanks between them, or what stands between phrases. */
static size_t phrase_length(const int32_t *text, size_t count)
{
    size_t len = 0;
    while (len < count && (is_wordy(text[len]) || ascii_digit(text[len]))) {
        len++;
        if (len + 1 < count && text[len] == ' ' &&
            (is_wordy(text[len + 1]) || ascii_digit(text[len + 1])))
            len++;
    }
    return len > 0 ? len : 1;
}

/* Do syllables of the phrase stay? */
static bool stays(const struct sight *phrase, const struct sight *whole)
{
    return phrase->words[RIGHT] > 0 ||
           (phrase->words[MEANT] == 0 && whole->words[RIGHT] > 0);
}

/* May words of the phrase be meant either way? Not where many more words are in
 * the encoding; in a mixed text, more of the phrase itself. */
static bool is_doubtful(const struct sight *phrase, const struct sight *whole)
{
    const unsigned *words = phrase->words;
    if (words[EITHER] == 0 || words[RIGHT] > 0)
        return false;
    if (whole->words[RIGHT] > 0)
        return words[MEANT] > 0 && words[MEANT] <= words[EITHER];
    return words[MEANT] == 0 && whole->words[MEANT] < MANY;
}

static void put_letters(struct buf *meant, const int32_t *letters, size_t count)
{
    for (size_t i = 0; i < count; i++)
        utf8_put(meant, letters[i] == OPENING   ? LEFT
                        : letters[i] == CLOSING ? RIGHT_MARK
                                                : letters[i]);
}

/* A text under repair. */
struct repair {
    const struct encoding *encoding;
    const int32_t *text;
    const int32_t *whole; /* as the encoding reads all of it, or NULL */
    struct buf *meant;
};

static void put_phrase(const struct repair *repair, size_t at, size_t end,
                       bool stay)
{
    struct reading reading;
    int weight;
    while (at < end) {
        const int32_t *text = repair->text + at;
        size_t len = word_length(text, end - at);
        size_t step = len > 0 ? len : 1;
        enum kind kind = judge(repair->encoding, text, len, &reading, &weight);
        bool read = kind == MEANT || !stay;
        if (read && repair->whole != NULL)
            put_letters(repair->meant, repair->whole + at, step);
        else if (read && (kind == MEANT || kind == EITHER))
            put_letters(repair->meant, reading.letters, reading.count);
        else
            put_letters(repair->meant, text, step);
        at += step;
    }
}

/* Answers whether it is in doubt. */
static bool put_meant(const struct repair *repair, size_t count)
{
    struct sight whole = look(repair->encoding, repair->text, count);
    bool doubtful = false;
    for (size_t at = 0; at < count;) {
        size_t len = phrase_length(repair->text + at, count - at);
        struct sight phrase = look(repair->encoding, repair->text + at, len);
        put_phrase(repair, at, at + len, stays(&phrase, &whole));
        doubtful |= is_doubtful(&phrase, &whole);
        at += len;
    }
    return doubtful;
}

static bool is_within(const int32_t *text, size_t count, size_t i)
{
    return i > 0 && i + 1 < count && letter_is_latin(text[i - 1]) &&
           letter_is_latin(text[i + 1]);
}

/* « and » are ô and ằ in TCVN3. Marks around words, as many languages have
 * them, are told by ằ, which stands in the middle of a word. */
static void hide_quotes(int32_t *text, size_t count)
{
    size_t open = count;
    for (size_t i = 0; i < count; i++) {
        if (text[i] == LEFT && !is_within(text, count, i))
            open = i;
        if (text[i] != RIGHT_MARK || open == count ||
            letter_is_latin(text[i + 1]))
            continue;
        text[open] = OPENING;
        text[i] = CLOSING;
        open = count;
    }
}

/* All letters, in words of any language: TCVN3 has none of those signs. */
static int32_t *read_whole(const int32_t *text, size_t count)
{
    int32_t *whole = mem_alloc((count + 1) * sizeof *whole);
    for (size_t i = 0; i < count; i++)
        whole[i] = reading_letter(text[i]) ? reading_letter(text[i]) : text[i];
    tcvn3_raise(whole, count);
    return whole;
}

static const struct encoding *find(const int32_t *text, size_t count,
                                   const char *only)
{
    const struct encoding *best = NULL;
    int most = only != NULL ? SOFT - 1 : HARD - 1;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        if (only != NULL && strcmp(only, encodings[i].name) != 0)
            continue;
        int weight = look(&encodings[i], text, count).weight;
        if (weight > most) {
            most = weight;
            best = &encodings[i];
        }
    }
    return best;
}

const char *older_encoding(int32_t *text, size_t count, const char *only,
                           struct buf *meant, bool *doubtful)
{
    hide_quotes(text, count);
    const struct encoding *found = find(text, count, only);
    if (found == NULL)
        return NULL;
    int32_t *whole =
        found->read == reading_tcvn3 ? read_whole(text, count) : NULL;
    const struct repair repair = {found, text, whole, meant};
    *doubtful = put_meant(&repair, count) && only == NULL;
    free(whole);
    return found->name;
}
