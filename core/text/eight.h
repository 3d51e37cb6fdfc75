/* eight.h: looking at eight bytes of a text at once.
 *
 * Cells are short and there are many of them, so the questions that decide
 * whether anything has to be done (is it ASCII? is there a blank run? a small
 * letter?) are asked of eight bytes in one go. Reads nothing outside the
 * text. A mask has the top bit of each byte that answers yes. */
#ifndef FASTSYNC_TEXT_EIGHT_H
#define FASTSYNC_TEXT_EIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_ONES UINT64_C(0x0101010101010101)
#define EIGHT_TOPS UINT64_C(0x8080808080808080)

static inline uint64_t eight_load(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The last bytes of a text, fewer than eight, filled up with `fill`. */
static inline uint64_t eight_tail(const char *at, size_t len, char fill)
{
    char last[8];
    memset(last, fill, sizeof last);
    for (size_t i = 0; i < len; i++)
        last[i] = at[i];
    return eight_load(last);
}

/* Bytes equal to `byte`; exact. */
static inline uint64_t eight_equal(uint64_t word, unsigned char byte)
{
    uint64_t x = word ^ (EIGHT_ONES * byte);
    return ~(((x & ~EIGHT_TOPS) + ~EIGHT_TOPS) | x) & EIGHT_TOPS;
}

/* Bytes from `low` to `high`, both below 0x80; exact. */
static inline uint64_t eight_between(uint64_t word, unsigned char low,
                                     unsigned char high)
{
    uint64_t x = word & ~EIGHT_TOPS;
    uint64_t from = x + EIGHT_ONES * (unsigned char)(0x80 - low);
    uint64_t above = x + EIGHT_ONES * (unsigned char)(0x7f - high);
    return from & ~above & ~word & EIGHT_TOPS;
}

#endif
