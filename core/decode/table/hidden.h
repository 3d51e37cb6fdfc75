/* hidden.h: the hidden columns of a sheet, a bit each. Zero-initialised: none.
 */
#ifndef FASTSYNC_DECODE_TABLE_HIDDEN_H
#define FASTSYNC_DECODE_TABLE_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

enum { HIDDEN_COLUMNS = 16384 /* as many as a spreadsheet has */ };

struct hidden {
    uint64_t bits[HIDDEN_COLUMNS / 64];
};

/* Columns from 0, both ends included; those beyond the last are no columns. */
static inline void hidden_add(struct hidden *hidden, unsigned first,
                              unsigned last)
{
    for (unsigned i = first; i <= last && i < HIDDEN_COLUMNS;) {
        bool all = i % 64 == 0 && last - i >= 63;
        hidden->bits[i / 64] |= all ? UINT64_MAX : UINT64_C(1) << i % 64;
        i += all ? 64 : 1;
    }
}

static inline bool hidden_has(const struct hidden *hidden, unsigned column)
{
    return column < HIDDEN_COLUMNS &&
           (hidden->bits[column / 64] >> column % 64 & 1) != 0;
}

#endif
