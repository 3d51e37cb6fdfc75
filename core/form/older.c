/* older.c: TCVN3 (ABC) and VNI, told word by word.
 *
 * A word speaks for an encoding when it is no syllable as it stands and one
 * when it is read by it. Some letters leave no doubt (a symbol or a capital
 * within a word); the others, which French, German or Nordic names have too,
 * need a second word. A word that is a syllable in no way speaks against. */
#include "older.h"

#include <stdbool.h>

#include "base/utf8.h"
#include "letters.h"
#include "syllable.h"

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

/* Letters of the bytes from 0xA1. */
static const int32_t tcvn3[] = {
    0x102,  0xC2,   0xCA,   0xD4,   0x1A0,  0x1AF,  0x110,  0x103,  0xE2,
    0xEA,   0xF4,   0x1A1,  0x1B0,  0x111,  0,      0,      0,      0,
    0,      0,      0xE0,   0x1EA3, 0xE3,   0xE1,   0x1EA1, 0,      0x1EB1,
    0x1EB3, 0x1EB5, 0x1EAF, 0,      0,      0,      0,      0,      0,
    0,      0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0xE8,   0,
    0x1EBB, 0x1EBD, 0xE9,   0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7,
    0xEC,   0x1EC9, 0,      0,      0,      0x129,  0xED,   0x1ECB, 0xF2,
    0,      0x1ECF, 0xF5,   0xF3,   0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1,
    0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0xF9,   0,      0x1EE7,
    0x169,  0xFA,   0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3,
    0x1EF7, 0x1EF9, 0xFD,   0x1EF5,
};

static int32_t tcvn3_letter(int32_t rune)
{
    size_t i = (size_t)(rune - 0xA1);
    return rune >= 0xA1 && i < sizeof tcvn3 / sizeof *tcvn3 ? tcvn3[i] : 0;
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

/* VNI writes a letter and a mark after it; the marks, and the letters that the
 * base letters become, 0 where there is none. */
static const int32_t vni_bases[] = {'a', 'e', 'o', 'u', 'y', 0xF4, 0xF6};
enum { BASES = sizeof vni_bases / sizeof *vni_bases };
static const struct {
    int32_t mark;
    int32_t made[BASES];
} vni_marks[] = {
    {0xF8, {0xE0, 0xE8, 0xF2, 0xF9, 0x1EF3, 0x1EDD, 0x1EEB}},
    {0xF9, {0xE1, 0xE9, 0xF3, 0xFA, 0xFD, 0x1EDB, 0x1EE9}},
    {0xFB, {0x1EA3, 0x1EBB, 0x1ECF, 0x1EE7, 0x1EF7, 0x1EDF, 0x1EED}},
    {0xF5, {0xE3, 0x1EBD, 0xF5, 0x169, 0x1EF9, 0x1EE1, 0x1EEF}},
    {0xEF, {0x1EA1, 0x1EB9, 0x1ECD, 0x1EE5, 0, 0x1EE3, 0x1EF1}},
    {0xE2, {0xE2, 0xEA, 0xF4}},
    {0xE0, {0x1EA7, 0x1EC1, 0x1ED3}},
    {0xE1, {0x1EA5, 0x1EBF, 0x1ED1}},
    {0xE5, {0x1EA9, 0x1EC3, 0x1ED5}},
    {0xE3, {0x1EAB, 0x1EC5, 0x1ED7}},
    {0xE4, {0x1EAD, 0x1EC7, 0x1ED9}},
    {0xEA, {0x103}},
    {0xE8, {0x1EB1}},
    {0xE9, {0x1EAF}},
    {0xFA, {0x1EB3}},
    {0xFC, {0x1EB5}},
    {0xEB, {0x1EB7}},
};
/* Letters that are one byte; those that Vietnamese writes so itself say
 * nothing. */
static const int32_t vni_single[][2] = {
    {0xF1, 0x111}, {0xF6, 0x1B0},  {0xF4, 0x1A1},  {0xE6, 0x1EC9},
    {0xF3, 0x129}, {0xF2, 0x1ECB}, {0xEE, 0x1EF5},
};

static int32_t small_latin(int32_t rune)
{
    return letter_is_capital(rune) ? rune + 32 : rune;
}

static int32_t vni_pair(int32_t base, int32_t mark)
{
    for (size_t i = 0; i < sizeof vni_marks / sizeof *vni_marks; i++)
        for (size_t at = 0; at < BASES; at++)
            if (vni_marks[i].mark == mark && vni_bases[at] == base)
                return vni_marks[i].made[at];
    return 0;
}

static int32_t vni_one(int32_t rune)
{
    for (size_t i = 0; i < sizeof vni_single / sizeof *vni_single; i++)
        if (vni_single[i][0] == rune)
            return vni_single[i][1];
    return 0;
}

/* A vowel with two dots stands in French and Dutch names, too; `eán` in Irish
 * ones (Seán), and `où` is a word. */
static int pair_evidence(const int32_t *word, size_t count, size_t i)
{
    int32_t base = small_latin(word[i]), mark = small_latin(word[i + 1]);
    bool dots = mark == 0xEF || mark == 0xEB || mark == 0xFC;
    bool irish = base == 'e' && mark == 0xE1 && i == 1 && count == 4 &&
                 small_latin(word[3]) == 'n';
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

/* The capital of a small letter that VNI has. */
static int32_t raised(int32_t rune)
{
    if (rune < 0x100)
        return rune - 32;
    return rune == 0x1B0 ? 0x1AF : rune == 0x1A1 ? 0x1A0 : rune & ~INT32_C(1);
}

static void read_vni(const int32_t *word, size_t count, struct reading *reading)
{
    for (size_t i = 0; i < count; i++) {
        int32_t base = small_latin(word[i]);
        int32_t mark = i + 1 < count ? small_latin(word[i + 1]) : 0;
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
        reading->letters[reading->count++] = capital ? raised(letter) : letter;
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
    if (!reads)
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

const char *older_encoding(int32_t *text, size_t count, struct buf *meant)
{
    const struct encoding *best = NULL;
    if (has_quotes(text, count))
        for (size_t i = 0; i < count; i++)
            text[i] = text[i] == LEFT || text[i] == RIGHT ? '"' : text[i];
    int most = HARD - 1;
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        int weight = weigh(&encodings[i], text, count);
        if (weight > most) {
            most = weight;
            best = &encodings[i];
        }
    }
    if (best == NULL)
        return NULL;
    put_meant(best, text, count, meant);
    return best->name;
}
