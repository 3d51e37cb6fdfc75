/* letters.h: which letters a character is one of, as far as a look wants to
 * know it, and whether Vietnamese has them so. Pure; any thread. */
#ifndef FASTSYNC_CHARSET_LETTERS_H
#define FASTSYNC_CHARSET_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ascii.h"

/* Of Latin script; no marks. */
static inline bool letter_is_latin(int32_t rune)
{
    return ascii_letter(rune) ||
           (rune >= 0xC0 && rune <= 0x24F && rune != 0xD7 && rune != 0xF7) ||
           (rune >= 0x1E00 && rune <= 0x1EFF);
}

/* Small and capital, of ASCII and Latin-1. */
static inline bool letter_is_small(int32_t rune)
{
    return (rune >= 'a' && rune <= 'z') ||
           (rune >= 0xDF && rune <= 0xFF && rune != 0xF7);
}

static inline bool letter_is_capital(int32_t rune)
{
    return (rune >= 'A' && rune <= 'Z') ||
           (rune >= 0xC0 && rune <= 0xDE && rune != 0xD7);
}

static inline bool letter_is_cyrillic(int32_t rune)
{
    return rune >= 0x400 && rune <= 0x52F;
}

static inline bool letter_is_greek(int32_t rune)
{
    return (rune >= 0x370 && rune <= 0x3FF && rune != 0x37E && rune != 0x387) ||
           (rune >= 0x1F00 && rune <= 0x1FFF);
}

/* Makes the table of letters_in_place; before threads start (forms_load does).
 */
void letters_prepare(void);
/* True: all letters of the text beyond ASCII are Vietnamese, and each stands
 * where its words have it: it need not be asked whether the text was misread.
 * Quick. Up to 31 bytes after the text are read. */
bool letters_in_place(const char *text, size_t len);

#endif
