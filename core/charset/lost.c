/* lost.c: what is left of a word that had an ư: consonants without a vowel, or
 * an ơ before a consonant that only ươ stands before (`nớc` for `nước`).
 *
 * A unit after a number has no vowel either (`5 kg`); single letters other
 * than those of `tư`, `cư` and `sư` are initials. */
#include "lost.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "letters.h"
#include "syllable.h"

enum { WORD = 8 };

struct word {
    int32_t letters[WORD];
    size_t count;
    bool after_number;
};

static bool is_consonant(int32_t rune)
{
    return (rune >= 'a' && rune <= 'z' && strchr("aeiouyfjwz", rune) == NULL) ||
           rune == 0x111;
}

static bool is_o_with_horn(int32_t rune)
{
    return rune == 0x1A1 || (rune >= 0x1EDB && rune <= 0x1EE3 && rune % 2 == 1);
}

static bool has_cut_rhyme(const struct word *word)
{
    if (word->count < 2)
        return false;
    int32_t last = word->letters[word->count - 1];
    int32_t second = word->letters[word->count - 2];
    int32_t third = word->count > 2 ? word->letters[word->count - 3] : 0;
    int32_t fourth = word->count > 3 ? word->letters[word->count - 4] : 0;
    bool long_end = last == 'g' && second == 'n' && is_o_with_horn(third);
    bool short_end = last == 'c' && is_o_with_horn(second);
    int32_t before = long_end ? fourth : third;
    return (long_end || short_end) && before != 0x1B0;
}

static bool has_no_vowel(const struct word *word)
{
    for (size_t i = 0; i < word->count; i++)
        if (!is_consonant(word->letters[i]))
            return false;
    return !word->after_number &&
           (word->count > 1 || strchr("tcs", word->letters[0]) != NULL);
}

static bool is_lost(const struct word *word)
{
    return word->count > 0 && word->count < WORD &&
           (has_no_vowel(word) || has_cut_rhyme(word));
}

bool lost_any(const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    struct word word = {.count = 0};
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (letter_is_latin(rune)) {
            if (word.count < WORD)
                word.letters[word.count++] = rune;
            continue;
        }
        if (rune == ' ' && is_lost(&word))
            return true;
        bool counted = ascii_digit(rune) ||
                       (word.count == 0 && word.after_number && rune == ' ');
        word = (struct word){.after_number = counted};
    }
    return is_lost(&word);
}
