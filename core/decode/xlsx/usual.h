/* usual.h: the cell as nearly all programs write it, byte by byte:
 * <c r="B7" s="1" t="s"><v>5</v></c> of a string or an integer, or
 * <c r="B7" s="1"/>. All else is left to tags (tag.h). Pure; any thread. */
#ifndef FASTSYNC_DECODE_XLSX_USUAL_H
#define FASTSYNC_DECODE_XLSX_USUAL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { XLSX_USUAL = 80 }; /* bytes that are looked at, at most */

struct xlsx_usual {
    unsigned column; /* from 0; of three letters at most */
    uint32_t style;
    char type;      /* 's': a shared string, 'n': a number, or another letter */
    bool empty;     /* it has no value */
    uint64_t value; /* a number of 17 digits at most, without zeros in front */
};

/* Digits at *at, no more than `most` of them. */
static inline uint64_t xlsx_usual_digits(const char **at, unsigned most)
{
    uint64_t sum = 0;
    const char *p = *at;
    for (unsigned digit; most > 0 && (digit = (unsigned)(*p - '0')) <= 9; p++) {
        sum = sum * 10 + digit;
        most--;
    }
    *at = p;
    return sum;
}

/* `r="AB12"` at *at, behind which a blank or the tag's end stands. */
static inline bool xlsx_usual_reference(const char **at, unsigned *column)
{
    enum { FRONT = 6, LETTERS = 3, DIGITS = 7 };
    const char *p = *at;
    unsigned sum = 0, letter;
    if (memcmp(p, "<c r=\"", FRONT) != 0)
        return false;
    p += FRONT;
    for (unsigned i = 0; i < LETTERS; i++, p++) {
        if ((letter = (unsigned)(*p - 'A')) > 25)
            break;
        sum = sum * 26 + letter + 1;
    }
    xlsx_usual_digits(&p, DIGITS);
    *column = sum - 1;
    *at = p + 1;
    return *p == '"' && sum > 0;
}

/* ` s="1" t="s">`, of which both may be missing. */
static inline bool xlsx_usual_style(const char **at, uint32_t *style,
                                    char *type)
{
    enum { DIGITS = 6, FRONT = 4 };
    const char *p = *at;
    *style = 0;
    *type = 'n';
    if (memcmp(p, " s=\"", FRONT) == 0) {
        p += FRONT;
        *style = (uint32_t)xlsx_usual_digits(&p, DIGITS);
        if (*p++ != '"')
            return false;
    }
    if (memcmp(p, " t=\"", FRONT) == 0) {
        *type = p[FRONT];
        p += FRONT + 1;
        if (*p++ != '"')
            return false;
    }
    *at = p;
    return true;
}

/* The cell at `at`, of which XLSX_USUAL bytes are readable; answers what
 * follows it, NULL: it is another one. */
static inline const char *xlsx_usual_take(const char *at,
                                          struct xlsx_usual *cell)
{
    enum { V = 4, AFTER = 8, DIGITS = 17 };
    if (!xlsx_usual_reference(&at, &cell->column) ||
        !xlsx_usual_style(&at, &cell->style, &cell->type))
        return NULL;
    cell->empty = at[0] == '/' && at[1] == '>';
    if (cell->empty)
        return at + 2;
    if (memcmp(at, "><v>", V) != 0)
        return NULL;
    const char *digits = at += V;
    cell->value = xlsx_usual_digits(&at, DIGITS);
    bool plain = at > digits && (*digits != '0' || at == digits + 1);
    return plain && memcmp(at, "</v></c>", AFTER) == 0 ? at + AFTER : NULL;
}

#endif
