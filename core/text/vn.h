/* vn.h: what the Vietnamese text functions share. For vn*.c alone.
 *
 * Rules and sources: Decision 2036/QD-BTTTT on area codes (2017), the
 * operators' conversion of 11-digit mobile numbers (2018), Circulars
 * 105/2020/TT-BTC and 86/2024/TT-BTC on tax codes. */
#ifndef FASTSYNC_TEXT_VN_H
#define FASTSYNC_TEXT_VN_H

#include "answer.h"

bool vn_phone(struct text_call *call, const struct text_args *args,
              struct value *answer);
bool vn_taxcode(struct text_call *call, const struct text_args *args,
                struct value *answer);

/* A number as numbering plans know it, without separators. */
struct vn_number {
    char digits[16]; /* as it is dialled inside Vietnam; not terminated */
    unsigned len;
    bool country;         /* a country code was replaced by 0 */
    bool zero;            /* a lost zero was added */
    char was[5];          /* the prefix that was replaced, or "" */
    char now[5];          /* by this one */
    unsigned year;        /* of that change */
    const char *place;    /* of the area code, or NULL */
    const char *landline; /* it may be an old landline of this place */
};

/* Reads `count` digits, with a + in front or not; false: no number of
 * Vietnam's. */
bool vn_number_read(struct vn_number *number, const char *digits,
                    unsigned count, bool plus);

/* Is the text, folded, one of these words? The list ends with NULL. */
bool vn_is_word(struct text_call *call, const char *text, size_t len,
                const char *const *words);

#endif
