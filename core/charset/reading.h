/* reading.h: a word whose bytes were read as Windows-1252, read in a Vietnamese
 * encoding from before Unicode. For older.c. Pure; any thread. */
#ifndef FASTSYNC_CHARSET_READING_H
#define FASTSYNC_CHARSET_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WORD = 24 };          /* longer words are no Vietnamese */
enum { SOFT = 1, HARD = 2 }; /* evidence; a HARD one is enough */

struct reading {
    int32_t letters[WORD];
    size_t count;
    int evidence;
    bool strange; /* it has a letter that the encoding has not */
};

/* What the byte that was read as `rune` is in TCVN3; 0: no letter, or one of
 * the capitals that TCVN 5712 alone has. */
int32_t reading_letter(int32_t rune);
/* Of at most WORD letters; `reading` is zero. */
void reading_tcvn3(const int32_t *word, size_t count, struct reading *reading);
void reading_vni(const int32_t *word, size_t count, struct reading *reading);

#endif
