/* wide.c: a code point beyond the first 65 536 is a pair of surrogates. */
#include "wide.h"

#include "base/utf8.h"

enum { HIGH = 0xD800, LOW = 0xDC00, BEYOND = 0xE000, FIRST = 0x10000 };

static void put(struct buf *out, int32_t unit)
{
    uint16_t wide = (uint16_t)unit;
    buf_add(out, &wide, sizeof wide);
}

void wide_from(struct buf *out, const char *text, size_t len)
{
    const char *end = text + len;
    while (text < end) {
        int32_t rune = utf8_next(&text, end);
        rune = rune < 0 ? 0xFFFD : rune;
        if (rune >= FIRST) {
            put(out, HIGH + ((rune - FIRST) >> 10));
            rune = LOW + ((rune - FIRST) & 0x3FF);
        }
        put(out, rune);
    }
    put(out, 0);
    out->len -= sizeof(uint16_t);
}

bool wide_to(struct buf *out, const uint16_t *units, size_t count,
             uint16_t *high)
{
    for (size_t i = 0; i < count; i++) {
        uint16_t unit = units[i];
        bool low = unit >= LOW && unit < BEYOND;
        if (low != (*high != 0))
            return false;
        if (low)
            utf8_put(out, FIRST + ((*high - HIGH) << 10) + (unit - LOW));
        else if (unit < HIGH || unit >= BEYOND)
            utf8_put(out, unit);
        *high = unit >= HIGH && unit < LOW ? unit : 0;
    }
    return true;
}
