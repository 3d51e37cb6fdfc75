/* ordinary.h: telling texts that need no look, which nearly all are, for the
 * price of a few instructions. What is not told so is looked at by look.c,
 * which decides; here "no" says only "may hold something".
 *
 * No text that may hold special characters (VALUE_SPECIAL) is ordinary. One of
 * words with letters beyond ASCII is when it has one that text which was read
 * in a wrong encoding has not: of U+1E00 to U+1EFF (lead 0xE1), or Ă, Đ and the
 * like (0xC4); or, as a second question, letters of Vietnamese alone, in places
 * where its words have them (letters.c). */
#ifndef FASTSYNC_FORM_ORDINARY_H
#define FASTSYNC_FORM_ORDINARY_H

#include "base/scan.h"
#include "charset/letters.h"
#include "form.h"
#include "kind.h"
#include "nothing.h"

/* Letters that can be nothing but Vietnamese. */
static inline scan_word ordinary_viet(scan_word word)
{
    return scan_word_or(scan_word_is(word, (char)0xE1),
                        scan_word_is(word, (char)0xC4));
}

/* May a number end in an exponent? Asked of its last eight bytes. */
static inline bool ordinary_number(const char *text, size_t len)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint32_t last, first;
    if (len < 4)
        return len < 3;
    memcpy(&last, text + len - 4, sizeof last);
    memcpy(&first, text + (len >= 8 ? len - 8 : 0), sizeof first);
    uint64_t letters =
        ((uint64_t)last << 32 | first | each * 0x20) ^ each * 'e';
    return ((letters - each) & ~letters & each * 0x80) == 0;
}

static inline bool ordinary_code(const struct value *value)
{
    return value->text[0] > '9' || ordinary_number(value->text, value->len);
}

/* Of a telephone, a tax code, an account; one that begins otherwise is looked
 * at. */
static inline bool ordinary_figures(const struct value *value)
{
    return ascii_digit(value->text[0]) &&
           ordinary_number(value->text, value->len);
}

/* Bytes that stand in no plain mail address: all but letters, digits, - . _
 * and @. */
static inline scan_word ordinary_not_mail(scan_word word)
{
    scan_word marks =
        scan_word_or(scan_word_is(word, '`'), scan_word_is(word, '/'));
    scan_word signs =
        scan_word_but(scan_word_from(word, ':'), scan_word_from(word, '@'));
    scan_word brackets =
        scan_word_but(scan_word_from(word, '['), scan_word_from(word, '_'));
    scan_word ends =
        scan_word_or(scan_word_below(word, '-'), scan_word_from(word, '{'));
    return scan_word_or(scan_word_or(marks, ends),
                        scan_word_or(signs, brackets));
}

/* One address, in ASCII, of 16 to 32 bytes and no more, by the places of @ and
 * its dots (look_mail says what an address is). */
static inline bool ordinary_mail(const struct value *value)
{
    enum { WORD = sizeof(scan_word) };
    size_t len = value->len;
    scan_word first, last;
    if (len < WORD || len > 2 * WORD)
        return false;
    memcpy(&first, value->text, WORD);
    memcpy(&last, value->text + len - WORD, WORD);
    if (scan_word_mask(scan_word_or(ordinary_not_mail(first),
                                    ordinary_not_mail(last))) != 0)
        return false;
    uint64_t at = scan_word_mask(scan_word_is(first, '@')) |
                  scan_word_mask(scan_word_is(last, '@')) << (len - WORD);
    uint64_t dots = scan_word_mask(scan_word_is(first, '.')) |
                    scan_word_mask(scan_word_is(last, '.')) << (len - WORD);
    uint64_t ends = UINT64_C(3) << (len - 2) | 1;
    return at != 0 && (at & (at - 1)) == 0 && ((at | dots) & ends) == 0 &&
           dots > at && (dots & (dots >> 1 | at << 1 | at >> 1)) == 0 &&
           value->text[len - 1] > '@';
}

/* A letter of Vietnamese begins the text, and no false Đ (alike.c). */
static inline bool ordinary_letter(const struct value *value)
{
    unsigned char first = (unsigned char)value->text[0];
    unsigned char second = value->len > 1 ? (unsigned char)value->text[1] : 0;
    return first == 0xC3   ? (second & 0xDF) != 0x90
           : first == 0xE1 ? (second & 0xFE) == 0xBA
                           : false;
}

/* No white space is at an end, and none of the words that stand for nothing
 * begins with this byte at this length. */
static inline bool ordinary_ends(const struct value *value)
{
    unsigned char first = (unsigned char)value->text[0];
    return value->text[value->len - 1] != ' ' &&
           ((nothing_lengths[first] >> (value->len < 31 ? value->len : 31) &
             1) == 0 ||
            ordinary_letter(value));
}

#endif
