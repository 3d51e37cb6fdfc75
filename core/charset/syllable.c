/* syllable.c: onset, nucleus, coda and tone, from tables.
 *
 * A letter is taken apart into what it is without its tone, and the tone. */
#include "syllable.h"

#include <string.h>

#include "base/utf8.h"

enum tone { LEVEL, GRAVE, ACUTE, HOOK, TILDE, DOT, TONES };

/* Each vowel under its six tones. */
static const int32_t vowels[][TONES] = {
    {'a', 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1},
    {0x103, 0x1EB1, 0x1EAF, 0x1EB3, 0x1EB5, 0x1EB7},
    {0xE2, 0x1EA7, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD},
    {'e', 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9},
    {0xEA, 0x1EC1, 0x1EBF, 0x1EC3, 0x1EC5, 0x1EC7},
    {'i', 0xEC, 0xED, 0x1EC9, 0x129, 0x1ECB},
    {'o', 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD},
    {0xF4, 0x1ED3, 0x1ED1, 0x1ED5, 0x1ED7, 0x1ED9},
    {0x1A1, 0x1EDD, 0x1EDB, 0x1EDF, 0x1EE1, 0x1EE3},
    {'u', 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5},
    {0x1B0, 0x1EEB, 0x1EE9, 0x1EED, 0x1EEF, 0x1EF1},
    {'y', 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5},
};

static const char *const onsets[] = {
    "",   "b",  "c", "ch", "d",  "đ",  "g",   "gh", "gi", "h",  "k",
    "kh", "kr", "l", "m",  "n",  "ng", "ngh", "nh", "p",  "ph", "q",
    "qu", "r",  "s", "t",  "th", "tr", "v",   "x",  NULL,
};

/* Those that nothing follows, and those that a coda may follow. */
static const char *const open_nuclei[] = {
    "a",   "e",   "ê",   "i",   "o",   "ô",  "ơ",   "u",   "ư",   "y",
    "ai",  "ao",  "au",  "ay",  "âu",  "ây", "eo",  "êu",  "ia",  "iu",
    "iêu", "oa",  "oe",  "oi",  "ôi",  "ơi", "oai", "oao", "oay", "oeo",
    "ua",  "uê",  "ui",  "uy",  "uôi", "uơ", "ưa",  "ưi",  "ưu",  "ươi",
    "ươu", "uya", "uyu", "uây", "yêu", NULL,
};
/* Each with its codas, blanks around them; a k is in names of the highlands
 * (Đắk Lắk). */
static const struct {
    const char *nucleus;
    const char *codas;
} closed_nuclei[] = {
    {"a", " c ch m n ng nh p t "},
    {"ă", " c k m n ng p t "},
    {"â", " c m n ng p t "},
    {"e", " c m n ng p t "},
    {"ê", " ch m n nh p t "},
    {"i", " c ch m n ng nh p t "},
    {"o", " c m n ng p t "},
    {"ô", " c m n ng p t "},
    {"ơ", " m n p t "},
    {"u", " c m n ng p t "},
    {"ư", " c m n ng p t "},
    {"y", " m n nh t "},
    {"iê", " c m n ng p t "},
    {"yê", " m n ng t "},
    {"uô", " c m n ng t "},
    {"ươ", " c m n ng p t "},
    {"oa", " c ch m n ng nh p t "},
    {"oă", " c m n ng t "},
    {"oe", " m n ng t "},
    {"oo", " c ng "},
    {"uâ", " n ng t "},
    {"uê", " ch n nh "},
    {"uy", " ch n nh p t "},
    {"uyê", " n t "},
};
enum { CLOSED = sizeof closed_nuclei / sizeof *closed_nuclei };

static int32_t small(int32_t rune)
{
    if ((rune >= 'A' && rune <= 'Z') || (rune >= 0xC0 && rune <= 0xDE))
        return rune + 32;
    if (rune == 0x1AF)
        return 0x1B0;
    if (rune == 0x1A0)
        return 0x1A1;
    if ((rune >= 0x100 && rune <= 0x17F) || (rune >= 0x1E00 && rune <= 0x1EFF))
        return rune | 1;
    return rune;
}

/* The letter without its tone. */
static int32_t plain(int32_t rune, enum tone *tone)
{
    *tone = LEVEL;
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        for (unsigned at = 0; at < TONES; at++)
            if (vowels[i][at] == rune) {
                *tone = (enum tone)at;
                return vowels[i][LEVEL];
            }
    return rune;
}

bool is_vietnamese(int32_t rune)
{
    enum tone tone;
    rune = small(rune);
    if (rune < 0x80)
        return rune >= 'a' && rune <= 'z' && strchr("fjwz", rune) == NULL;
    return rune == 0x111 || plain(rune, &tone) != rune || rune == 0x103 ||
           rune == 0xE2 || rune == 0xEA || rune == 0xF4 || rune == 0x1A1 ||
           rune == 0x1B0;
}

static bool is_in(const char *const *list, const char *text)
{
    for (; *list != NULL; list++)
        if (strcmp(*list, text) == 0)
            return true;
    return false;
}

static bool has_coda(const char *codas, const char *coda)
{
    size_t len = strlen(coda);
    const char *at = len > 0 ? strstr(codas, coda) : NULL;
    while (at != NULL && (at[-1] != ' ' || at[len] != ' '))
        at = strstr(at + 1, coda);
    return at != NULL;
}

/* Nucleus and coda; a coda that stops the breath has two tones alone. */
static bool is_rhyme(const char *text, enum tone tone)
{
    if (is_in(open_nuclei, text))
        return true;
    for (size_t i = 0; i < CLOSED; i++) {
        const char *nucleus = closed_nuclei[i].nucleus;
        size_t len = strlen(nucleus);
        if (*nucleus != *text || strncmp(text, nucleus, len) != 0 ||
            !has_coda(closed_nuclei[i].codas, text + len))
            continue;
        bool stop = strchr("cpt", text[len]) != NULL;
        if (!stop || tone == ACUTE || tone == DOT)
            return true;
    }
    return false;
}

bool is_syllable(const int32_t *letters, size_t count)
{
    char text[4 * SYLLABLE_MAX + 1];
    size_t used = 0;
    enum tone tone = LEVEL, found;
    if (count == 0 || count > SYLLABLE_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!is_vietnamese(letters[i]))
            return false;
        used += utf8_write(text + used, plain(small(letters[i]), &found));
        if (found != LEVEL && tone != LEVEL)
            return false;
        tone = found != LEVEL ? found : tone;
    }
    text[used] = '\0';
    for (const char *const *onset = onsets; *onset != NULL; onset++) {
        size_t len = strlen(*onset);
        if ((len == 0 || **onset == *text) && strncmp(text, *onset, len) == 0 &&
            is_rhyme(text + len, tone))
            return true;
    }
    return false;
}
