/* alike.c: letters that look like others.
 *
 * Two codes that people read as one are two customers to the server. In a code
 * any mixture of alphabets is doubtful, and whatever has a plain twin; in other
 * texts, that may be of any language, only a letter within a word of another
 * alphabet. */
#include "charset/letters.h"
#include "questions.h"

#include "base/utf8.h"

/* Cyrillic and Greek letters with a twin among Latin ones; in order. */
static const uint16_t twins[] = {
    0x391, 0x392, 0x395, 0x396, 0x397, 0x399, 0x39A, 0x39C, 0x39D, 0x39F, 0x3A1,
    0x3A4, 0x3A5, 0x3A7, 0x3BD, 0x3BF, 0x3C1, 0x3F2, 0x3F3, 0x3F9, 0x405, 0x406,
    0x408, 0x410, 0x412, 0x415, 0x41A, 0x41C, 0x41D, 0x41E, 0x420, 0x421, 0x422,
    0x423, 0x425, 0x430, 0x435, 0x43E, 0x440, 0x441, 0x443, 0x445, 0x455, 0x456,
    0x458, 0x4AE, 0x4BB, 0x4C0, 0x4CF, 0x501, 0x51A, 0x51B, 0x51C, 0x51D,
};

static bool is_twin(int32_t rune)
{
    if (rune < twins[0] || rune > 0x51D)
        return false;
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i] == rune)
            return true;
    return false;
}

/* Ranges whose characters have a plain twin, which is what was meant in a
 * code; in other texts they are people's own. */
static const struct {
    int32_t first, last;
    const char *what;
} shapes[] = {
    {0xA0, 0xA0, "a no-break space"},     {0x2000, 0x200A, "a space"},
    {0x2010, 0x2015, "a dash"},           {0x202F, 0x202F, "a narrow space"},
    {0x205F, 0x205F, "a space"},          {0x2212, 0x2212, "a minus sign"},
    {0x2044, 0x2044, "a fraction slash"}, {0x2160, 0x217F, "a Roman numeral"},
    {0x2460, 0x24FF, "a circled letter"}, {0x3000, 0x3000, "a wide space"},
    {0xFF01, 0xFF5E, "full-width"},       {0xFE58, 0xFE6B, "a small form"},
    {0x1D400, 0x1D7FF, "of mathematics"},
};

static const char *shape(int32_t rune)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (rune >= shapes[i].first && rune <= shapes[i].last)
            return shapes[i].what;
    return NULL;
}

static void tell(struct looked *looked, int32_t rune, size_t place,
                 const char *what)
{
    looked_warn(looked, WARNING_LOOKALIKE,
                "character %zu, U+%04" PRIX32 ", is %s: it looks like another",
                place, (uint32_t)rune, what);
}

/* What alphabets a text has. */
struct alphabets {
    bool latin, foreign; /* Cyrillic and Greek */
    bool own;            /* one of these without a twin */
    int32_t first;       /* of the foreign ones */
    size_t place;
};

static const char *alphabet(int32_t rune)
{
    return letter_is_cyrillic(rune) ? "Cyrillic" : "Greek";
}

static void note(struct alphabets *seen, int32_t rune, size_t place)
{
    seen->latin |= letter_is_latin(rune);
    if (!letter_is_cyrillic(rune) && !letter_is_greek(rune))
        return;
    if (!seen->foreign) {
        seen->first = rune;
        seen->place = place;
    }
    seen->foreign = true;
    seen->own |= !is_twin(rune);
}

/* Eth (U+00D0, U+00F0) and U+0189 at the start of a word are meant to be the
 * Vietnamese Đ: no language begins a word with eth. */
static bool is_false_d(int32_t rune)
{
    return rune == 0xD0 || rune == 0xF0 || rune == 0x189 || rune == 0x256;
}

static const char no_d[] = "no \"Đ\"";

/* A code of twins alone looks Latin, too. */
static void look_code(struct looked *looked)
{
    const char *at = looked->value->text, *end = at + looked->value->len;
    struct alphabets seen = {0};
    for (size_t place = 1; at < end; place++) {
        int32_t rune = utf8_next(&at, end);
        const char *what = is_false_d(rune) ? no_d : shape(rune);
        note(&seen, rune, place);
        if (what != NULL) {
            tell(looked, rune, place, what);
            return;
        }
    }
    if (seen.foreign && (seen.latin || !seen.own))
        tell(looked, seen.first, seen.place, alphabet(seen.first));
}

static bool is_foreign_twin(int32_t rune)
{
    return rune >= 0x370 && is_twin(rune);
}

static bool clash(int32_t a, int32_t b)
{
    return (is_foreign_twin(a) && letter_is_latin(b)) ||
           (is_foreign_twin(b) && letter_is_latin(a));
}

static void look_words(struct looked *looked)
{
    const char *at = looked->value->text, *end = at + looked->value->len;
    int32_t before = 0;
    for (size_t place = 1; at < end; place++) {
        int32_t rune = utf8_next(&at, end);
        if (clash(before, rune)) {
            bool here = is_foreign_twin(rune);
            tell(looked, here ? rune : before, here ? place : place - 1,
                 alphabet(here ? rune : before));
            return;
        }
        const char *next = at;
        if (is_false_d(rune) && !letter_is_latin(before) && at < end &&
            letter_is_latin(utf8_next(&next, end))) {
            tell(looked, rune, place, no_d);
            return;
        }
        before = rune;
    }
}

bool look_alike(struct looked *looked)
{
    if (looked->field->kind->alike)
        look_code(looked);
    else if (!looked->misread)
        look_words(looked);
    return true;
}
