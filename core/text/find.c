/* find.c: what is short is tried wherever its first byte stands. What is long
 * could cost its length at every place so, and is looked for in two ways
 * (Crochemore and Perrin): cut in two where its right half repeats least, that
 * half is compared first; a mismatch there moves past what was compared, one in
 * the left half by the period of the whole. */
#include "find.h"

#include <stdbool.h>
#include <string.h>

enum { SHORT = 32 };

static const char *find_short(const char *in, size_t len, const char *what,
                              size_t what_len)
{
    const char *end = in + len;
    while ((size_t)(end - in) >= what_len) {
        in = memchr(in, *what, (size_t)(end - in) - what_len + 1);
        if (in == NULL || memcmp(in, what, what_len) == 0)
            return in;
        in++;
    }
    return NULL;
}

/* Where the greatest suffix begins, by one order of bytes or by its opposite,
 * and that suffix's period. */
static size_t greatest_suffix(const unsigned char *what, size_t len,
                              int opposite, size_t *period)
{
    size_t start = 0, other = 1, same = 0, step = 1;
    while (other + same < len) {
        int a = what[start + same], b = what[other + same];
        int order = opposite ? b - a : a - b;
        if (order == 0) {
            same++;
            if (same == step) {
                other += step;
                same = 0;
            }
        } else if (order > 0) {
            other += same + 1;
            same = 0;
            step = other - start;
        } else {
            start = other++;
            same = 0;
            step = 1;
        }
    }
    *period = step;
    return start;
}

/* `known`: bytes of the left half that are right by what was compared before,
 * where the whole has the period. */
static const char *find_long(const char *in, size_t len, const char *what,
                             size_t what_len)
{
    const unsigned char *bytes = (const unsigned char *)what;
    size_t period, other_period;
    size_t cut = greatest_suffix(bytes, what_len, 0, &period);
    size_t other = greatest_suffix(bytes, what_len, 1, &other_period);
    if (other > cut) {
        cut = other;
        period = other_period;
    }
    bool whole = memcmp(what, what + period, cut) == 0;
    if (!whole)
        period = (cut > what_len - cut ? cut : what_len - cut) + 1;
    for (size_t at = 0, known = 0; at + what_len <= len;) {
        size_t i = cut > known ? cut : known;
        while (i < what_len && what[i] == in[at + i])
            i++;
        if (i < what_len) {
            at += i - cut + 1;
            known = 0;
            continue;
        }
        for (i = cut; i > known && what[i - 1] == in[at + i - 1];)
            i--;
        if (i <= known)
            return in + at;
        at += period;
        known = whole ? what_len - period : 0;
    }
    return NULL;
}

const char *find_text(const char *in, size_t len, const char *what,
                      size_t what_len)
{
    if (what_len == 0)
        return in;
    return what_len <= SHORT ? find_short(in, len, what, what_len)
                             : find_long(in, len, what, what_len);
}
