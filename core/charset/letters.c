/* letters.c: a text's letters, each by its two bytes and what stands before it.
 *
 * This is asked of every text that has no letter of U+1E00 to U+1EFF, so that
 * nearly all that are looked at closely are damaged. Thirty-two bytes are
 * searched for leads (0xC0 and above) at a time. */
#include "letters.h"

#include <string.h>

#include "base/copy.h"
#include "base/scan.h"

#define BIT(tail) (UINT64_C(1) << ((tail)&0x3F))

/* The letters of Vietnamese by lead, from 0xC3, and tail. */
static const uint64_t letters[] = {
    /* ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ, and small */
    BIT(0x80) | BIT(0x81) | BIT(0x82) | BIT(0x83) | BIT(0x88) | BIT(0x89) |
        BIT(0x8A) | BIT(0x8C) | BIT(0x8D) | BIT(0x92) | BIT(0x93) | BIT(0x94) |
        BIT(0x95) | BIT(0x99) | BIT(0x9A) | BIT(0x9D) | BIT(0xA0) | BIT(0xA1) |
        BIT(0xA2) | BIT(0xA3) | BIT(0xA8) | BIT(0xA9) | BIT(0xAA) | BIT(0xAC) |
        BIT(0xAD) | BIT(0xB2) | BIT(0xB3) | BIT(0xB4) | BIT(0xB5) | BIT(0xB9) |
        BIT(0xBA) | BIT(0xBD),
    /* ĂăĐđĨĩ */
    BIT(0x82) | BIT(0x83) | BIT(0x90) | BIT(0x91) | BIT(0xA8) | BIT(0xA9),
    BIT(0xA8) | BIT(0xA9),                         /* Ũũ */
    BIT(0xA0) | BIT(0xA1) | BIT(0xAF) | BIT(0xB0), /* ƠơƯư */
};

/* What a letter of lead 0xC3 may be after the letter before it, as small ones.
 * Those that are not here may stand anywhere. VNI has a vowel and its mark. */
static bool may_follow(unsigned char before, unsigned char tail)
{
    unsigned char small = tail | 0x20;
    before |= 0x20;
    if (before == 'o')
        return small != 0xA2 && small != 0xB5 && small != 0xB9 && small != 0xBA;
    if (before == 'u' || before == 'y')
        return small != 0xB5 && small != 0xB9;
    return before != 'a' && before != 'e';
}

/* A letter of lead 0xC3, and the byte of ASCII before it. */
static bool latin_may_stand(unsigned char tail, unsigned char before)
{
    if ((letters[0] & BIT(tail)) == 0)
        return false;
    if (before < 'A')
        return true;
    if (tail < 0xA0 &&
        (before >= 'a' || (tail == 0x83 && (before == 'H' || before == 'C'))))
        return false;
    return may_follow(before, tail);
}

/* By the byte before it, the tails that such a letter may have. */
static uint64_t latin[0x80];

void letters_prepare(void)
{
    for (unsigned before = 0; before < 0x80; before++) {
        uint64_t tails = 0;
        for (unsigned tail = 0x80; tail < 0xC0; tail++)
            if (latin_may_stand((unsigned char)tail, (unsigned char)before))
                tails |= BIT(tail);
        latin[before] = tails;
    }
}

/* A letter of lead 0xC3, and the two bytes before it. */
static inline bool latin_in_place(unsigned char tail, unsigned char before,
                                  unsigned char earlier)
{
    if (before >= 0x80)
        return earlier != 0xC3 && (letters[0] & BIT(tail)) != 0;
    return (latin[before] & BIT(tail)) != 0;
}

/* The letter that begins at `at`, in a text of `len` bytes. */
static inline bool letter_in_place(const unsigned char *text, size_t len,
                                   size_t at)
{
    unsigned char lead = text[at];
    unsigned char tail = at + 1 < len ? text[at + 1] : 0;
    if (lead == 0xC3)
        return latin_in_place(tail, at > 0 ? text[at - 1] : ' ',
                              at > 1 ? text[at - 2] : ' ');
    if (lead == 0xE1)
        return (tail & 0xFE) == 0xBA;
    return lead > 0xC3 && lead <= 0xC6 &&
           (letters[lead - 0xC3] & BIT(tail)) != 0;
}

/* The leads among 32 bytes, of which `left` belong to the text. */
static inline uint64_t find_leads(const char *at, size_t left)
{
    scan_word first, second;
    memcpy(&first, at, sizeof first);
    memcpy(&second, at + sizeof first, sizeof second);
    return scan_pair_mask(scan_word_from(first, 0xC0),
                          scan_word_from(second, 0xC0), left);
}

bool letters_in_place(const char *text, size_t len)
{
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; i < len; i += COPY_STEP)
        for (uint64_t leads = find_leads(text + i, len - i); leads != 0;
             leads &= leads - 1)
            if (!letter_in_place(bytes, len, i + scan_first(leads)))
                return false;
    return true;
}
