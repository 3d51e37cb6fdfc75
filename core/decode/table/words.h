/* words.h: words that a report ends with: a total, who made it, when. Pure;
 * any thread. */
#ifndef FASTSYNC_DECODE_TABLE_WORDS_H
#define FASTSYNC_DECODE_TABLE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "value.h"

enum word {
    WORD_NONE,
    WORD_TOTAL, /* may be a name as well */
    WORD_SUM,   /* begins as only a total does */
    WORD_END,   /* what else a report ends with: a count, by whom, when */
    WORD_SIGN,  /* who signs it, and where; may be a name as well */
    WORD_DAY,   /* `…, ngày 31 tháng 12 năm 2024` */
};

/* What the cell says. */
enum word word_of(const struct value *cell);
/* Of a cell that is such a word: may somebody be called so? */
bool word_may_be_name(const struct value *cell);
/* May the text be a total, as far as its first letters tell? Of nearly all that
 * are none, they tell. */
static inline bool word_may_be_total(const struct value *cell)
{
    if (cell->len < 4)
        return false;
    char first = cell->text[0], second = cell->text[1];
    bool vowel = second == 'o' || second == 'O' || second == '\xE1';
    return ((first == 'T' || first == 't' || first == 'C' || first == 'c') &&
            vowel) ||
           ((first == 'G' || first == 'g') &&
            (second == 'r' || second == 'R')) ||
           ((first == 'S' || first == 's') &&
            (second == 'u' || second == 'U')) ||
           (unsigned char)first <= ' ' || first == '\xC2' || first == '\xE2' ||
           first == '\xEF' || /* blanks, quotes */
           first == '*' || first == '-' || first == '(' || first == '"';
}

#endif
