/* older.c: TCVN3 (ABC) and VNI, told word by word.
 *
 * A word speaks for an encoding when it is no syllable as it stands and one
 * when it is read by it. Some letters leave no doubt (a symbol or a capital
 * within a word); the others, which French, German or Nordic names have too,
 * need a second word. A word that is a syllable in no way speaks against. */
#include "older.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "letters.h"
#include "page.h"
#include "syllable.h"
#include "tcvn3.h"
#include "vni.h"

enum { WORD = 24 };                 /* longer words are no Vietnamese */
enum { SOFT = 1, HARD = 2 };        /* evidence */
enum { LEFT = 0xAB, RIGHT = 0xBB }; /* « and » */

/* A word, read by an encoding. */
struct reading {
    int32_t letters[WORD];
    size_t count;
    int evidence;
};

struct encoding {
    const char *name;
    void (*read)(const int32_t *word, size_t count, struct reading *reading);
};

/* What the byte that was read as `rune` is in TCVN3; 0: no letter, or one of
 * the capitals that TCVN 5712 alone has. */
static int32_t tcvn3_letter(int32_t rune)
{
    if (rune < 0xA1 || rune > 0xFF)
        return 0;
    int32_t letter = page_rune(&page_tcvn3, (unsigned char)rune);
    return rune <= 0xA7 || page_capital(letter) != letter ? letter : 0;
}

/* What the letter at `i` says; `Mª` and the like are abbreviations, a soft
 * hyphen may be one. A word begins with a symbol where it has đ there. */
static int tcvn3_evidence(const int32_t *word, size_t count, size_t i)
{
    int32_t before = i > 0 ? word[i - 1] : 0;
    bool first = i == 0 && count > 2 && (word[i] == 0xA7 || word[i] == 0xAE);
    bool within = ascii_letter(before) && word[i] != 0xAD &&
                  (count > 2 || word[i] != 0xAA);
    bool raised = word[i] < 0xDF && before >= 'a' && before <= 'z';
    return (word[i] < 0xC0 ? first || within : raised) ? HARD : SOFT;
}

static void read_tcvn3(const int32_t *word, size_t count,
                       struct reading *reading)
{
    for (size_t i = 0; i < count; i++) {
        int32_t letter = tcvn3_letter(word[i]);
        int evidence = letter != 0 ? tcvn3_evidence(word, count, i) : 0;
        reading->letters[reading->count++] = letter != 0 ? letter : word[i];
        if (evidence > reading->evidence)
            reading->evidence = evidence;
    }
}

/* A vowel with two dots stands in French and Dutch names, too; `eán` in Irish
 * ones (Seán), and `où` is a word. */
static int pair_evidence(const int32_t *word, size_t count, size_t i)
{
    int32_t base = vni_small(word[i]), mark = vni_small(word[i + 1]);
    bool dots = mark == 0xEF || mark == 0xEB || mark == 0xFC;
    bool irish = base == 'e' && mark == 0xE1 && i == 1 && count == 4 &&
                 vni_small(word[3]) == 'n';
    bool where = base == 'o' && mark == 0xF9 && count == 2;
    return (dots && base < 0x80) || irish || where ? SOFT : HARD;
}

/* `öô` (ươ) stands in no other language. */
static int one_evidence(int32_t rune, int32_t next)
{
    if (is_vietnamese(rune))
        return 0;
    return rune == 0xF6 && next == 0xF4 ? HARD : SOFT;
}

static void read_vni(const int32_t *word, size_t count, struct reading *reading)
{
    for (size_t i = 0; i < count; i++) {
        int32_t base = vni_small(word[i]);
        int32_t mark = i + 1 < count ? vni_small(word[i + 1]) : 0;
        int32_t letter = vni_pair(base, mark);
        int evidence = letter != 0 ? pair_evidence(word, count, i) : 0;
        bool capital = base != word[i];
        if (letter != 0)
            i++;
        else if ((letter = vni_one(base)) != 0)
            evidence = one_evidence(base, mark);
        else
            letter = base;
        if (evidence > reading->evidence)
            reading->evidence = evidence;
        reading->letters[reading->count++] =
            capital ? page_capital(letter) : letter;
    }
}

static const struct encoding encodings[] = {
    {"TCVN3", read_tcvn3},
    {"VNI", read_vni},
};

/* Letters, and the symbols that TCVN3 has letters in place of. */
static bool is_wordy(int32_t rune)
{
    return letter_is_latin(rune) || tcvn3_letter(rune) != 0;
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

static bool has_wide(const int32_t *word, size_t count, int32_t last)
{
    for (size_t i = 0; i < count; i++)
        if (word[i] >= 0x80 && word[i] <= last)
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

/* What one word says of an encoding, and how it reads. */
static int judge(const struct encoding *encoding, const int32_t *word,
                 size_t count, struct reading *reading)
{
    reading->count = 0;
    reading->evidence = 0;
    if (!has_wide(word, count, 0xFF))
        return 0;
    if (count > WORD)
        return -HARD;
    encoding->read(word, count, reading);
    bool reads = is_syllable(reading->letters, reading->count);
    if (!reads && !is_foreign(reading))
        reading->count = 0;
    if (is_syllable(word, count) && !is_mixed(word, count))
        return 0;
    if (!reads)
        return has_symbol(word, count) ? 0 : -HARD;
    return reading->evidence;
}

static int weigh(const struct encoding *encoding, const int32_t *text,
                 size_t count)
{
    struct reading reading;
    int weight = 0;
    for (size_t at = 0; at < count;) {
        size_t len = word_length(text + at, count - at);
        weight += judge(encoding, text + at, len, &reading);
        at += len > 0 ? len : 1;
    }
    return weight;
}

static void put_letters(struct buf *meant, const int32_t *letters, size_t count)
{
    for (size_t i = 0; i < count; i++)
        utf8_put(meant, letters[i]);
}

static void put_meant(const struct encoding *encoding, const int32_t *text,
                      size_t count, struct buf *meant)
{
    struct reading reading;
    for (size_t at = 0; at < count;) {
        size_t len = word_length(text + at, count - at);
        judge(encoding, text + at, len, &reading);
        size_t step = len > 0 ? len : 1;
        if (reading.count > 0)
            put_letters(meant, reading.letters, reading.count);
        else
            put_letters(meant, text + at, step);
        at += step;
    }
}

static bool is_within(const int32_t *text, size_t count, size_t i)
{
    return i > 0 && i + 1 < count && letter_is_latin(text[i - 1]) &&
           letter_is_latin(text[i + 1]);
}

/* Are « and » marks around words, as many languages have them? In TCVN3 they
 * are ô and ằ, which stands in the middle of a word. */
static bool has_quotes(const int32_t *text, size_t count)
{
    bool left = false, right = false;
    for (size_t i = 0; i < count; i++) {
        if (text[i] != LEFT && text[i] != RIGHT)
            continue;
        if (is_within(text, count, i))
            return false;
        left |= text[i] == LEFT;
        right |= text[i] == RIGHT;
    }
    return left && right;
}

/* All letters, in words of any language: TCVN3 has none of those signs. */
static void put_tcvn3(int32_t *text, size_t count, struct buf *meant)
{
    for (size_t i = 0; i < count; i++)
        text[i] = tcvn3_letter(text[i]) ? tcvn3_letter(text[i]) : text[i];
    tcvn3_raise(text, count);
    put_letters(meant, text, count);
}

const char *older_encoding(int32_t *text, size_t count, const char *only,
                           struct buf *meant)
{
    const struct encoding *best = NULL;
    if (has_quotes(text, count))
        for (size_t i = 0; i < count; i++)
            text[i] = text[i] == LEFT || text[i] == RIGHT ? '"' : text[i];
    int most = only != NULL ? SOFT - 1 : HARD - 1;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        if (only != NULL && strcmp(only, encodings[i].name) != 0)
            continue;
        int weight = weigh(&encodings[i], text, count);
        if (weight > most) {
            most = weight;
            best = &encodings[i];
        }
    }
    if (best == NULL)
        return NULL;
    if (best->read == read_tcvn3)
        put_tcvn3(text, count, meant);
    else
        put_meant(best, text, count, meant);
    return best->name;
}
