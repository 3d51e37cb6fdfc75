/* letters.c: a text's letters, each by its two bytes and what stands before it.
 *
 * This is asked of every text that has no letter of U+1E00 to U+1EFF, so that
 * nearly all that are looked at closely are damaged. Eight bytes are searched
 * for leads (0xC0 and above) at a time. */
#include "letters.h"

#include <string.h>

#define TOPS      UINT64_C(0x8080808080808080)
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

/* All letters that begin within the eight bytes at `i`. */
static inline bool eight_in_place(const unsigned char *text, size_t len,
                                  size_t i)
{
    uint64_t word;
    memcpy(&word, text + i, sizeof word);
    for (uint64_t leads = word & word << 1 & TOPS; leads != 0;
         leads &= leads - 1) {
        size_t at = i + ((unsigned)__builtin_ctzll(leads) >> 3);
        unsigned char lead = text[at];
        unsigned char tail = at + 1 < len ? text[at + 1] : 0;
        if (lead == 0xC3) {
            if (!latin_in_place(tail, at > 0 ? text[at - 1] : ' ',
                                at > 1 ? text[at - 2] : ' '))
                return false;
        } else if (lead == 0xE1) {
            if ((tail & 0xFE) != 0xBA)
                return false;
        } else if (lead < 0xC3 || lead > 0xC6 ||
                   (letters[lead - 0xC3] & BIT(tail)) == 0) {
            return false;
        }
    }
    return true;
}

bool letters_in_place(const char *text, size_t len)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t i = 0;
    if (len < 8) {
        unsigned char few[8] = {0};
        memcpy(few, text, len);
        return eight_in_place(few, len, 0);
    }
    for (; i + 8 < len; i += 8)
        if (!eight_in_place(bytes, len, i))
            return false;
    return eight_in_place(bytes, len, len - 8);
}
