/* look.c: the questions that are asked of a text, each a function, those of
 * words among them in files of their own.
 *
 * One walk over the text tells what it holds; only questions that this may
 * have an answer to are asked. A refusal ends the look, as a field has one
 * fault. */
#include "look.h"

#include <stdio.h>

#include "base/ascii.h"
#include "base/unseen.h"
#include "base/utf8.h"
#include "charset/letters.h"
#include "kind.h"
#include "nothing.h"
#include "ordinary.h"
#include "questions.h"

/* The unseen, and with it white space, goes from both ends; the warning says
 * what went, as the input has to be mended too. */
static bool take_ends_off(struct looked *looked)
{
    struct value *value = looked->value;
    const char *start = value->text, *end = start + value->len;
    int32_t gone = unseen_trim(&start, &end);
    if (gone == 0)
        return true;
    if (start == end && looked->field->required)
        return looked_refuse(looked,
                             "missing (required): there is nothing "
                             "but U+%04" PRIX32 " %s",
                             (uint32_t)gone, unseen_find(gone)->name);
    looked_warn(looked, WARNING_INVISIBLE,
                "U+%04" PRIX32 " %s, which nobody sees, is left out at %s",
                (uint32_t)gone, unseen_find(gone)->name,
                start == value->text              ? "its end"
                : end == value->text + value->len ? "its start"
                                                  : "its ends");
    value->text = start;
    value->len = (uint32_t)(end - start);
    return value->len > 0;
}

static bool look_nothing(struct looked *looked)
{
    if (ordinary_ends(looked->value))
        return true;
    const char *start = looked->value->text;
    const char *end = start + looked->value->len;
    utf8_trim(&start, &end);
    if (!is_nothing(start, (size_t)(end - start)))
        return true;
    static const char why[] = "%s stands for no value (leave the field out: "
                              "nil)";
    const char *shown = looked_shown(looked);
    if (looked->field->kind->known)
        return looked_refuse(looked, why, shown);
    looked_warn(looked, WARNING_PLACEHOLDER, why, shown);
    looked->told = true;
    return true;
}

static size_t digits(const char *at, const char *end)
{
    const char *start = at;
    while (at < end && ascii_digit(*at))
        at++;
    return (size_t)(at - start);
}

/* A sign before the digits, or not. */
static size_t sign(const char *at, const char *end)
{
    return at < end && (*at == '+' || *at == '-');
}

/* 8.49E+10, -1,5e3, 1E+09; where `any`, 1E10 too. */
static bool is_exponent(const char *text, size_t len, bool any)
{
    const char *at = text, *end = text + len;
    at += sign(at, end);
    size_t whole = digits(at, end);
    at += whole;
    bool point = at < end && (*at == '.' || *at == ',');
    at += point;
    size_t fraction = point ? digits(at, end) : 0;
    at += fraction;
    if (whole + fraction == 0 || at == end || (*at != 'E' && *at != 'e'))
        return false;
    at++;
    size_t signs = sign(at, end);
    at += signs;
    size_t power = digits(at, end);
    return power >= 1 && power <= 3 && at + power == end &&
           (any || point || signs == 1);
}

static bool look_exponent(struct looked *looked)
{
    const struct field_kind *kind = looked->field->kind;
    const struct value *value = looked->value;
    if (!kind->digits || !is_exponent(value->text, value->len, kind->number))
        return true;
    return looked_refuse(looked,
                         "%s is a number in exponent form, its digits are "
                         "lost (format the column as text and export it again)",
                         looked_shown(looked));
}

/* Between letters of scripts that need them, and in pictures made of several
 * ones, joiners and selectors are no accident. */
static bool belongs(int32_t rune, int32_t before)
{
    bool joins = rune == 0x200C || rune == 0x200D;
    bool selects = (rune >= 0xFE00 && rune <= 0xFE0F) || rune >= 0xE0000;
    bool digit = ascii_digit(before) || before == '#' || before == '*' ||
                 before == 0xA9 || before == 0xAE;
    return (joins && before >= 0x600) ||
           (selects && (before >= 0x2000 || (digit && rune == 0xFE0F)));
}

/* In text that was misread it is a byte of a letter: that is told already. */
static bool tell_unseen(struct looked *looked, int32_t rune, size_t place)
{
    const struct field_kind *kind = looked->field->kind;
    const struct unseen *unseen = unseen_find(rune);
    bool control = unseen->sort == UNSEEN_CONTROL;
    if (kind->bare || (kind->strict && unseen->sort != UNSEEN_FAINT))
        return looked_refuse(
            looked, "%s: character %zu is U+%04" PRIX32 " %s%s",
            looked_shown(looked), place, (uint32_t)rune, unseen->name,
            looked->misread ? " (the text was read in a wrong encoding)" : "");
    if (!looked->misread)
        looked_warn(looked, control ? WARNING_CONTROL : WARNING_INVISIBLE,
                    "character %zu is U+%04" PRIX32 " %s", place,
                    (uint32_t)rune, unseen->name);
    return true;
}

/* Nearly all are: letters, and the two bytes of a line end. */
static bool is_seen(int32_t rune, const char *next, const char *end)
{
    return (rune >= 0x20 && rune < 0x7F) || (rune >= 0xAE && rune < 0x300) ||
           (rune == '\r' && next < end && *next == '\n');
}

/* Of each sort the first one is told. */
static bool look_unseen(struct looked *looked)
{
    const char *at = looked->value->text, *end = at + looked->value->len;
    int32_t before = 0;
    bool told[UNSEEN_FAINT + 1] = {false};
    for (size_t place = 1; at < end; place++) {
        int32_t rune = utf8_next(&at, end);
        const struct unseen *unseen =
            is_seen(rune, at, end) ? NULL : unseen_find(rune);
        if (unseen != NULL && !told[unseen->sort] &&
            (looked->field->kind->bare || !belongs(rune, before))) {
            told[unseen->sort] = true;
            if (!tell_unseen(looked, rune, place))
                return false;
        }
        before = rune;
    }
    return true;
}

/* A code of two lines is two codes, or none. */
static bool look_lines(struct looked *looked)
{
    const struct value *value = looked->value;
    const char *at = value->text, *end = at + value->len;
    if (!looked->field->kind->line)
        return true;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        bool tab = rune == '\t';
        if (tab || rune == '\n' || rune == '\r' || rune == 0x2028 ||
            rune == 0x2029)
            return looked_refuse(looked, "%s: there is a %s in it",
                                 looked_shown(looked),
                                 tab ? "tab" : "line break");
    }
    return true;
}

/* By its bytes, what a text may hold. Leads tell what they may lead. */
static unsigned char holds[0x100];

static unsigned byte_holds(unsigned byte)
{
    if (byte == '\n')
        return LOOKED_LINES;
    if (byte < 0x20)
        return LOOKED_LINES | LOOKED_UNSEEN;
    if (byte == 0x7F)
        return LOOKED_UNSEEN;
    if (byte < 0xC0)
        return byte == '&'   ? LOOKED_AMPERSAND
               : byte == '?' ? LOOKED_QUESTION
                             : 0;
    if (byte == 0xC2)
        return LOOKED_LATIN | LOOKED_UNSEEN;
    return byte < 0xC6 ? LOOKED_LATIN : LOOKED_OTHER;
}

void look_prepare(void)
{
    for (unsigned byte = 0; byte < sizeof holds; byte++)
        holds[byte] = (unsigned char)byte_holds(byte);
}

static bool is_in_place(const struct looked *looked)
{
    const struct value *value = looked->value;
    const char *text = value->text;
    if ((value->flags & VALUE_TIGHT) != 0) {
        char *copy = arena_alloc(looked->faults->arena, value->len);
        value_copy(copy, value);
        text = copy;
    }
    return letters_in_place(text, value->len);
}

/* One walk: what may be there. */
static void survey(struct looked *looked)
{
    const char *text = looked->value->text;
    size_t len = looked->value->len;
    unsigned seen = 0;
    for (size_t i = 0; i < len; i++)
        seen |= holds[(unsigned char)text[i]];
    if ((seen & (LOOKED_LATIN | LOOKED_OTHER)) != 0 && is_in_place(looked))
        seen &= ~(unsigned)(LOOKED_LATIN | LOOKED_OTHER);
    if ((seen & LOOKED_OTHER) != 0)
        seen |= LOOKED_LATIN | LOOKED_UNSEEN | LOOKED_LINES;
    looked->seen = seen;
}

/* To add a question: a row, and where it is cheap to tell that it need not be
 * asked, a bit in looked.h. */
static const struct {
    unsigned when; /* some of these was seen; 0: always */
    bool (*ask)(struct looked *);
} questions[] = {
    {LOOKED_LATIN, look_misread}, /* which the next ones want to know */
    {LOOKED_LINES, look_lines},
    {LOOKED_UNSEEN, look_unseen},
    {0, look_exponent},
    {LOOKED_OTHER, look_unreadable},
    {LOOKED_AMPERSAND, look_reference},
    {LOOKED_QUESTION, look_lost},
    {LOOKED_LATIN | LOOKED_OTHER, look_alike},
    {0, look_digits},
    {0, look_mail},
};

bool field_look(const struct field *field, struct value *value,
                struct faults *faults)
{
    struct looked looked = {.field = field, .value = value, .faults = faults};
    if (field->kind->trimmed && !take_ends_off(&looked))
        return false;
    if (!look_nothing(&looked))
        return false;
    survey(&looked);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        if ((questions[i].when == 0 ||
             (questions[i].when & looked.seen) != 0) &&
            !questions[i].ask(&looked))
            return false;
    return true;
}
