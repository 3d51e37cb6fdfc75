/* words.h: words that a report ends with: a total, who made it, when. Pure;
 * any thread. */
#ifndef FASTSYNC_DECODE_TABLE_WORDS_H
#define FASTSYNC_DECODE_TABLE_WORDS_H

#include <stddef.h>

#include "value.h"

enum word {
    WORD_NONE,
    WORD_TOTAL, /* alone it may be a name: amounts must stand beside it */
    WORD_SUM,   /* begins as only a total does */
    WORD_END,   /* what else a report ends with: a count, by whom, when */
    WORD_SIGN,  /* who signs it, and where */
    WORD_DAY,   /* `…, ngày 31 tháng 12 năm 2024` */
};

/* What the cell says. */
enum word word_of(const struct value *cell);
/* The same of a cell that nearly never is such a word: its first bytes are
 * looked at before anything else. */
enum word word_of_few(const struct value *cell);

#endif
