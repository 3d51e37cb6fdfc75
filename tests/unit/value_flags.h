/* value_flags.h: the flags of a text as value.h says them, character by
 * character. */
#ifndef FASTSYNC_TESTS_VALUE_FLAGS_H
#define FASTSYNC_TESTS_VALUE_FLAGS_H

#include <string.h>

#include "base/utf8.h"
#include "value.h"

static inline bool is_special(int32_t rune)
{
    if (rune < 0x80)
        return rune < 0x20 || rune == 0x7F || strchr("\"\\&?", rune) != NULL;
    return !(rune >= 0xC0 && rune < 0x1C0) &&
           !(rune >= 0x1E00 && rune < 0x1F00);
}

/* VALUE_WIDE and VALUE_SPECIAL; exact. */
static inline uint8_t flags_of(const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    uint8_t flags = 0;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        flags |= rune >= 0x80 ? VALUE_WIDE : 0;
        flags |= is_special(rune) ? VALUE_SPECIAL : 0;
    }
    return flags;
}

#endif
