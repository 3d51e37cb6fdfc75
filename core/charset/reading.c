/* reading.c: a word as TCVN3 or VNI has it, letter by letter, and how sure its
 * letters are: those that names of other languages have, too, are not. */
#include "reading.h"

#include "letters.h"
#include "page.h"
#include "syllable.h"
#include "vni.h"

int32_t reading_letter(int32_t rune)
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

void reading_tcvn3(const int32_t *word, size_t count, struct reading *reading)
{
    for (size_t i = 0; i < count; i++) {
        int32_t letter = reading_letter(word[i]);
        int evidence = letter != 0 ? tcvn3_evidence(word, count, i) : 0;
        reading->letters[reading->count++] = letter != 0 ? letter : word[i];
        reading->strange |= letter == 0 && word[i] >= 0x80;
        if (evidence > reading->evidence)
            reading->evidence = evidence;
    }
}

/* A vowel with two dots stands in French and Dutch names, too; `eán` in Irish
 * ones (Seán), and `où` is a word. `HUÕ` is Huế in TCVN3 rather than hũ, and so
 * is `YÕN` Yến: no word is ỹn. */
static int pair_evidence(const int32_t *word, size_t count, size_t i)
{
    int32_t base = vni_small(word[i]), mark = vni_small(word[i + 1]);
    bool dots = mark == 0xEF || mark == 0xEB || mark == 0xFC;
    bool irish = base == 'e' && mark == 0xE1 && i == 1 && count == 4 &&
                 vni_small(word[3]) == 'n';
    bool where = base == 'o' && mark == 0xF9 && count == 2;
    bool hue = base == 'u' && mark == 0xF5 && i == 1 && count == 3 &&
               vni_small(word[0]) == 'h';
    bool yen = base == 'y' && mark == 0xF5 && i + 3 == count &&
               vni_small(word[i + 2]) == 'n';
    return (dots && base < 0x80) || irish || where || hue || yen ? SOFT : HARD;
}

/* `öô` (ươ) stands in no other language. */
static int one_evidence(int32_t rune, int32_t next)
{
    return rune == 0xF6 && next == 0xF4 ? HARD : SOFT;
}

/* VNI has ì and í as they are. */
static bool is_strange(int32_t base)
{
    return base >= 0x80 && base != 0xEC && base != 0xED;
}

void reading_vni(const int32_t *word, size_t count, struct reading *reading)
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
        reading->strange |= letter == base && is_strange(base);
        if (evidence > reading->evidence)
            reading->evidence = evidence;
        reading->letters[reading->count++] =
            capital ? page_capital(letter) : letter;
    }
}
