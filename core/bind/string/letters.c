/* letters.c: whether letters that are not ASCII came between a pattern and its
 * answer.
 *
 * Lua's classes know ASCII, and its patterns bytes. That is right for digits,
 * signs and blanks; where a letter is asked for, `Nguyễn` ends after `Nguy`.
 * The matcher notes the letters that a class refused or took in the last try
 * (pattern.h); here is decided whether that matters. */
#include "letters.h"

#include "steps.h"

/* The letters of a set's third and fourth word: A to Z, a to z. */
enum { ALPHABET = 0x07fffffe, UPPER = 2, LOWER = 3, ASCII_WORDS = 4 };

static bool is_continuation(char c)
{
    return (c & 0xc0) == 0x80;
}

/* Bytes that the character has which begins with this one. */
static size_t width_of(unsigned char lead)
{
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

bool letters_cut(const char *part, size_t len)
{
    size_t last = 1;
    if (len == 0)
        return false;
    while (last < len && last < 4 && is_continuation(part[len - last]))
        last++;
    return is_continuation(*part) ||
           width_of((unsigned char)part[len - last]) != last;
}

/* C2 and E2 begin signs, EF and F0 what is neither. */
bool letters_wide(const char *start, const char *at)
{
    while (at > start && is_continuation(*at))
        at--;
    unsigned char lead = (unsigned char)*at;
    return lead >= 0xc3 && lead <= 0xed && lead != 0xe2;
}

enum letters letters_of(const uint32_t set[8])
{
    uint32_t ascii = 0, all = UINT32_MAX, any = 0;
    for (unsigned i = 0; i < 8; i++) {
        if (i < ASCII_WORDS) {
            ascii |= set[i];
            continue;
        }
        all &= set[i];
        any |= set[i];
    }
    uint32_t upper = set[UPPER] & ALPHABET;
    uint32_t lower = set[LOWER] & ALPHABET;
    if (any == 0 && (upper == ALPHABET || lower == ALPHABET))
        return LETTERS_KNOWN;
    if (all == UINT32_MAX && ascii != 0 && (upper == 0 || lower == 0))
        return LETTERS_OTHERS;
    return LETTERS_ALIKE;
}

/* Does the match, or a capture, begin or end inside a character? */
static bool cuts(const struct match *match)
{
    if (letters_cut(match->start, (size_t)(match->end - match->start)))
        return true;
    for (unsigned i = 0; i < match->count; i++)
        if (match->captures[i].len > 0 &&
            letters_cut(match->captures[i].at, (size_t)match->captures[i].len))
            return true;
    return false;
}

/* The first step that takes characters, or NULL. */
static const struct step *first_step(const struct pattern *pattern)
{
    const struct step *step = pattern->steps;
    while (step->kind == KIND_OPEN || step->kind == KIND_PLACE)
        step++;
    return step->kind == KIND_SINGLE ? step : NULL;
}

/* A search that began anew behind a letter, as it did not know it. */
static bool begins_behind(const struct pattern *pattern,
                          const struct match *match)
{
    const struct step *first = first_step(pattern);
    return match->start > match->subject && first != NULL &&
           first->letters == LETTERS_KNOWN &&
           (unsigned char)match->start[-1] >= 0x80 &&
           letters_wide(match->subject, match->start - 1);
}

/* Where nothing is found, a letter matters that stood where the pattern had to
 * begin, or that nothing but the letter was missing for. */
enum letters_doubt letters_doubt_of_classes(const struct pattern *pattern,
                                            const struct match *match,
                                            bool found)
{
    bool only = found || pattern->anchored || pattern->letters_only;
    if (match->refused && only)
        return LETTERS_STOPPED;
    if (!found)
        return LETTERS_SURE;
    if (begins_behind(pattern, match))
        return LETTERS_STOPPED;
    return match->taken ? LETTERS_TAKEN : LETTERS_SURE;
}

enum letters_doubt letters_doubt(const struct pattern *pattern,
                                 const struct match *match, bool found)
{
    if (found && cuts(match))
        return LETTERS_CUT;
    return letters_doubt_of_classes(pattern, match, found);
}
