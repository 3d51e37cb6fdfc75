/* vn.h: what the Vietnamese text functions share. For vn*.c alone.
 *
 * Rules and sources: Decision 2036/QD-BTTTT on area codes (2017), the
 * operators' conversion of 11-digit mobile numbers (2018), Circulars
 * 105/2020/TT-BTC and 86/2024/TT-BTC on tax codes. */
#ifndef FASTSYNC_TEXT_VN_H
#define FASTSYNC_TEXT_VN_H

#include "answer.h"
#include "warning.h"

bool vn_phone(struct text_call *call, const struct text_args *args,
              struct value *answer);
bool vn_taxcode(struct text_call *call, const struct text_args *args,
                struct value *answer);

/* Digits as they stand in a cell. Bit n of `apart`: something else stands after
 * n of them; of `closed`: a closing bracket. */
struct vn_digits {
    const char *at;
    unsigned count;
    bool plus; /* a + stands in front */
    uint64_t apart, closed;
};

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
    bool bracketed;       /* it was taken for one, as its code has brackets */
};

/* False: no number of Vietnam's. */
bool vn_number_read(struct vn_number *number, const struct vn_digits *digits);

/* What is doubtful about a value: a warning, and a remark. (What is only
 * changed is a remark for whoever asks.) */
struct vn_doubts {
    struct text_call *call;
    const char *all; /* or NULL */
    bool heard;      /* somebody listens */
};

static inline struct vn_doubts vn_no_doubts(struct text_call *call)
{
    return (struct vn_doubts){.call = call,
                              .heard = call->remarks || call->warnings};
}

#define vn_doubt(doubts, ...)                                                  \
    do {                                                                       \
        if ((doubts)->heard)                                                   \
            text_note((doubts)->call, &(doubts)->all, __VA_ARGS__);            \
    } while (0)

/* All is noted: tells of the doubts about `value`. */
void vn_tell(const struct vn_doubts *doubts, enum warning_kind kind,
             const struct value *value);

/* Without characters that nobody sees at its ends, which telephones and address
 * books put there; tells of them. */
struct value vn_trim_unseen(struct text_call *call, struct value text);
static inline struct value vn_seen(struct text_call *call, struct value text)
{
    return (text.flags & VALUE_WIDE) == 0 ? text : vn_trim_unseen(call, text);
}
/* Takes off what spreadsheets put round a text ('0903…, ="0903…") and after a
 * number of eight digits or more (903123456.0), and notes it. */
struct value vn_bare(struct vn_doubts *doubts, struct value text);
/* Is there a number in it that was shortened to an exponent: 8.49E+10? */
bool vn_is_exponent(const struct value *text);
/* Refuses that. */
bool vn_refuse_exponent(struct text_call *call, const struct value *text);

/* Is the text, folded, one of these words? The list ends with NULL. */
bool vn_is_word(struct text_call *call, const char *text, size_t len,
                const char *const *words);

#endif
