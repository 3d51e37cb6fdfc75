/* unseen.c: the table of characters that nobody sees.
 *
 * White space of no width (U+200B, U+2060, U+FEFF) stands here too: utf8.h
 * takes it off ends, but inside a code it is as harmful as the rest. */
#include "unseen.h"

#include "utf8.h"

/* clang-format off */
static const struct unseen table[] = {
    {0x0000, 0x0000, UNSEEN_CONTROL, "NULL"},
    {0x0001, 0x0001, UNSEEN_CONTROL, "START OF HEADING"},
    {0x0002, 0x0002, UNSEEN_CONTROL, "START OF TEXT"},
    {0x0003, 0x0003, UNSEEN_CONTROL, "END OF TEXT"},
    {0x0004, 0x0004, UNSEEN_CONTROL, "END OF TRANSMISSION"},
    {0x0005, 0x0005, UNSEEN_CONTROL, "ENQUIRY"},
    {0x0006, 0x0006, UNSEEN_CONTROL, "ACKNOWLEDGE"},
    {0x0007, 0x0007, UNSEEN_CONTROL, "BELL"},
    {0x0008, 0x0008, UNSEEN_CONTROL, "BACKSPACE"},
    {0x000B, 0x000B, UNSEEN_CONTROL, "LINE TABULATION"},
    {0x000C, 0x000C, UNSEEN_CONTROL, "FORM FEED"},
    {0x000D, 0x000D, UNSEEN_CONTROL, "CARRIAGE RETURN"},
    {0x000E, 0x000F, UNSEEN_CONTROL, "SHIFT OUT OR IN"},
    {0x0010, 0x0010, UNSEEN_CONTROL, "DATA LINK ESCAPE"},
    {0x0011, 0x0014, UNSEEN_CONTROL, "DEVICE CONTROL"},
    {0x0015, 0x0015, UNSEEN_CONTROL, "NEGATIVE ACKNOWLEDGE"},
    {0x0016, 0x0016, UNSEEN_CONTROL, "SYNCHRONOUS IDLE"},
    {0x0017, 0x0017, UNSEEN_CONTROL, "END OF TRANSMISSION BLOCK"},
    {0x0018, 0x0018, UNSEEN_CONTROL, "CANCEL"},
    {0x0019, 0x0019, UNSEEN_CONTROL, "END OF MEDIUM"},
    {0x001A, 0x001A, UNSEEN_CONTROL, "SUBSTITUTE"},
    {0x001B, 0x001B, UNSEEN_CONTROL, "ESCAPE"},
    {0x001C, 0x001F, UNSEEN_CONTROL, "INFORMATION SEPARATOR"},
    {0x007F, 0x007F, UNSEEN_CONTROL, "DELETE"},
    {0x0080, 0x009F, UNSEEN_CONTROL, "C1 CONTROL"},
    {0x00AD, 0x00AD, UNSEEN_FAINT,   "SOFT HYPHEN"},
    {0x034F, 0x034F, UNSEEN_FAINT,   "COMBINING GRAPHEME JOINER"},
    {0x061C, 0x061C, UNSEEN_WIDTH,   "ARABIC LETTER MARK"},
    {0x115F, 0x1160, UNSEEN_FAINT,   "HANGUL FILLER"},
    {0x17B4, 0x17B5, UNSEEN_FAINT,   "KHMER INHERENT VOWEL"},
    {0x180B, 0x180D, UNSEEN_FAINT,   "MONGOLIAN VARIATION SELECTOR"},
    {0x180E, 0x180E, UNSEEN_WIDTH,   "MONGOLIAN VOWEL SEPARATOR"},
    {0x180F, 0x180F, UNSEEN_FAINT,   "MONGOLIAN VARIATION SELECTOR"},
    {0x200B, 0x200B, UNSEEN_WIDTH,   "ZERO WIDTH SPACE"},
    {0x200C, 0x200C, UNSEEN_WIDTH,   "ZERO WIDTH NON-JOINER"},
    {0x200D, 0x200D, UNSEEN_WIDTH,   "ZERO WIDTH JOINER"},
    {0x200E, 0x200E, UNSEEN_WIDTH,   "LEFT-TO-RIGHT MARK"},
    {0x200F, 0x200F, UNSEEN_WIDTH,   "RIGHT-TO-LEFT MARK"},
    {0x202A, 0x202A, UNSEEN_WIDTH,   "LEFT-TO-RIGHT EMBEDDING"},
    {0x202B, 0x202B, UNSEEN_WIDTH,   "RIGHT-TO-LEFT EMBEDDING"},
    {0x202C, 0x202C, UNSEEN_WIDTH,   "POP DIRECTIONAL FORMATTING"},
    {0x202D, 0x202D, UNSEEN_WIDTH,   "LEFT-TO-RIGHT OVERRIDE"},
    {0x202E, 0x202E, UNSEEN_WIDTH,   "RIGHT-TO-LEFT OVERRIDE"},
    {0x2060, 0x2060, UNSEEN_WIDTH,   "WORD JOINER"},
    {0x2061, 0x2064, UNSEEN_WIDTH,   "INVISIBLE OPERATOR"},
    {0x2066, 0x2066, UNSEEN_WIDTH,   "LEFT-TO-RIGHT ISOLATE"},
    {0x2067, 0x2067, UNSEEN_WIDTH,   "RIGHT-TO-LEFT ISOLATE"},
    {0x2068, 0x2068, UNSEEN_WIDTH,   "FIRST STRONG ISOLATE"},
    {0x2069, 0x2069, UNSEEN_WIDTH,   "POP DIRECTIONAL ISOLATE"},
    {0x206A, 0x206F, UNSEEN_WIDTH,   "DEPRECATED FORMAT CHARACTER"},
    {0x3164, 0x3164, UNSEEN_FAINT,   "HANGUL FILLER"},
    {0xE000, 0xF8FF, UNSEEN_FAINT,   "PRIVATE USE"},
    {0xFDD0, 0xFDEF, UNSEEN_FAINT,   "NO CHARACTER"},
    {0xFE00, 0xFE0F, UNSEEN_FAINT,   "VARIATION SELECTOR"},
    {0xFEFF, 0xFEFF, UNSEEN_WIDTH,   "ZERO WIDTH NO-BREAK SPACE"},
    {0xFFA0, 0xFFA0, UNSEEN_FAINT,   "HALFWIDTH HANGUL FILLER"},
    {0xFFF9, 0xFFFB, UNSEEN_WIDTH,   "INTERLINEAR ANNOTATION"},
    {0xFFFC, 0xFFFC, UNSEEN_FAINT,   "OBJECT REPLACEMENT CHARACTER"},
    {0xFFFE, 0xFFFF, UNSEEN_FAINT,   "NO CHARACTER"},
    {0x1D173, 0x1D17A, UNSEEN_FAINT, "MUSICAL SYMBOL FORMAT CHARACTER"},
    {0xE0000, 0xE007F, UNSEEN_FAINT, "TAG"},
    {0xE0100, 0xE01EF, UNSEEN_FAINT, "VARIATION SELECTOR"},
    {0xF0000, 0x10FFFF, UNSEEN_FAINT, "PRIVATE USE"},
};
/* clang-format on */

const struct unseen *unseen_find(int32_t rune)
{
    size_t low = 0, high = sizeof table / sizeof *table;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof table / sizeof *table && rune >= table[low].first
               ? &table[low]
               : NULL;
}

/* May it go from the end of a text? Keeps the last one that is no white space.
 */
static bool goes(int32_t rune, int32_t *gone)
{
    if (utf8_is_space(rune))
        return true;
    const struct unseen *unseen = unseen_find(rune);
    if (unseen == NULL || unseen->sort == UNSEEN_CONTROL)
        return false;
    *gone = rune;
    return true;
}

int32_t unseen_trim_ends(const char **start, const char **end)
{
    int32_t gone = 0;
    const char *at = *start;
    while (at < *end && goes(utf8_next(&at, *end), &gone))
        *start = at;
    at = *end;
    while (*start < at && goes(utf8_last(*start, &at), &gone))
        *end = at;
    return gone;
}
