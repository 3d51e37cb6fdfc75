/* format.c: what a format's code tells, by its first section alone.
 *
 * Literals are passed over: quoted, escaped, a blank as wide as a character, a
 * character that fills. What stands first decides between a number and a date:
 * `0 "VND"` is a number whatever letters follow, `ss.00` is none. An `m` is
 * minutes after hours and before seconds, and months elsewhere. */
#include "format.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"

/* What has been seen of a section. */
struct section {
    bool date, time, elapsed, text, number;
    bool hours;  /* the last part was hours: an m is minutes */
    bool months; /* the last part was an m that nobody has claimed */
};

/* Behind a literal that begins at `at`; `at` itself where none does. */
static const char *skip_literal(const char *at, const char *end)
{
    const char *close;
    switch (*at) {
    case '"':
        close = memchr(at + 1, '"', (size_t)(end - at - 1));
        return close != NULL ? close + 1 : end;
    case '\\':
    case '_':
    case '*':
        return end - at > 2 ? at + 2 : end;
    default:
        return at;
    }
}

static bool begins(const char *at, const char *end, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(end - at) >= len && strncasecmp(at, word, len) == 0;
}

/* [h], [mm], [s]: time that has passed. All else in brackets is a colour, a
 * condition, a currency or a language. */
static bool is_elapsed(const char *at, const char *close)
{
    char unit = ascii_lower(at[1]);
    if (close - at < 2 || (unit != 'h' && unit != 'm' && unit != 's'))
        return false;
    for (const char *more = at + 1; more < close; more++)
        if (ascii_lower(*more) != unit)
            return false;
    return true;
}

static const char *read_bracket(struct section *section, const char *at,
                                const char *end)
{
    const char *close = memchr(at, ']', (size_t)(end - at));
    if (close == NULL)
        return end;
    if (is_elapsed(at, close)) {
        section->elapsed = section->time = true;
        section->hours = ascii_lower(at[1]) == 'h';
    }
    return close + 1;
}

static void found_date(struct section *section)
{
    section->date = true;
    section->hours = section->months = false;
}

static void found_time(struct section *section, bool hours)
{
    section->time = true;
    section->date |= section->months && hours;
    section->hours = hours;
    section->months = false;
}

static void found_month(struct section *section)
{
    if (section->hours)
        found_time(section, false);
    else
        section->months = true;
}

/* Words of several letters, which are not read letter by letter. */
static const char *read_word(struct section *section, const char *at,
                             const char *end)
{
    static const struct {
        const char *word;
        bool time;
    } words[] = {
        {"general", false},
        {"standard", false},
        {"am/pm", true},
        {"a/p", true},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins(at, end, words[i].word)) {
            if (words[i].time)
                found_time(section, false);
            else
                section->number = true;
            return at + strlen(words[i].word);
        }
    return at;
}

/* The run of one letter that begins at `at`. */
static const char *read_letter(struct section *section, const char *at,
                               const char *end)
{
    char letter = ascii_lower(*at);
    switch (letter) {
    case 'd':
    case 'y':
    case 'e': /* years of an era, and of the Buddhist calendar */
    case 'g':
    case 'b':
        found_date(section);
        break;
    case 'm':
        found_month(section);
        break;
    case 'h':
    case 's':
        found_time(section, letter == 'h');
        break;
    case '@':
        section->text = true;
        break;
    case '0':
    case '#':
    case '?':
        section->number |= !section->time;
        break;
    default:
        break;
    }
    while (at < end && ascii_lower(*at) == letter)
        at++;
    return at;
}

/* Stops at the end, or behind what makes it a number: that stands first. */
static struct section read_section(const char *at, const char *end)
{
    struct section section = {0};
    while (at < end && *at != ';' && !section.number) {
        const char *next = skip_literal(at, end);
        if (next == at && *at == '[')
            next = read_bracket(&section, at, end);
        if (next == at)
            next = read_word(&section, at, end);
        if (next == at)
            next = read_letter(&section, at, end);
        at = next;
    }
    section.date |= section.months;
    if (section.date || section.time)
        section.number = false;
    return section;
}

/* How a number's digits are placed. */
struct digits {
    unsigned places;  /* 0, # and ? */
    unsigned shown;   /* those from the first 0 on: they are always there */
    unsigned literal; /* zeros that stand in front, and are none of them */
    bool commas, other;
};

/* A literal that begins at `at`; answers what follows it. */
static const char *read_literal(struct digits *digits, const char *at,
                                const char *next)
{
    if (digits->places == 0 && *at != '_' && *at != '*')
        for (; at < next; at++)
            digits->literal += *at == '0';
    return next;
}

static struct digits read_digits(const char *at, const char *end)
{
    struct digits digits = {0};
    while (at < end && *at != ';') {
        const char *next = skip_literal(at, end);
        if (next != at) {
            at = read_literal(&digits, at, next);
            continue;
        }
        bool place = *at == '#' || *at == '?' || *at == '0';
        digits.places += place;
        digits.shown += *at == '0' || (place && digits.shown > 0);
        digits.commas |= *at == ',';
        digits.other |= memchr(".%/@eE", *at, 6) != NULL;
        next = *at == '[' ? memchr(at, ']', (size_t)(end - at)) : at;
        at = next != NULL ? next + 1 : end;
    }
    return digits;
}

/* Thousands are divided in what is a number, but for a telephone number, of
 * which all digits are asked for. Its first one may be a literal. */
static struct shown number_of(const char *code, const char *end)
{
    enum { TELEPHONE = 9, MOST = 200 };
    struct digits digits = read_digits(code, end);
    if (digits.literal == 1 && digits.places >= TELEPHONE - 1)
        digits.shown = digits.places + 1;
    if (digits.other || digits.shown < 2 || digits.shown > MOST ||
        (digits.commas && digits.shown < TELEPHONE))
        return (struct shown){.kind = SHOWN_NUMBER};
    return (struct shown){.kind = SHOWN_ZEROS, .digits = (uint8_t)digits.shown};
}

struct shown shown_of_code(const char *code, size_t len)
{
    const char *end = code + len;
    struct section section = read_section(code, end);
    enum shown_kind kind = SHOWN_NUMBER;
    if (section.date)
        kind = section.time ? SHOWN_DATETIME : SHOWN_DATE;
    else if (section.elapsed)
        kind = SHOWN_DURATION;
    else if (section.time)
        kind = SHOWN_TIME;
    else if (section.text && !section.number)
        kind = SHOWN_TEXT;
    else
        return number_of(code, end);
    return (struct shown){.kind = (uint8_t)kind};
}

struct shown shown_built_in(unsigned id)
{
    static const struct {
        uint8_t first, last, kind;
    } all[] = {
        {14, 17, SHOWN_DATE},     {18, 21, SHOWN_TIME},
        {22, 22, SHOWN_DATETIME}, {27, 31, SHOWN_DATE},
        {32, 33, SHOWN_TIME},     {34, 36, SHOWN_DATE},
        {45, 45, SHOWN_TIME},     {46, 46, SHOWN_DURATION},
        {47, 47, SHOWN_TIME},     {49, 49, SHOWN_TEXT},
        {50, 58, SHOWN_DATE},     {71, 74, SHOWN_DATE},
        {75, 76, SHOWN_TIME},     {77, 77, SHOWN_DATETIME},
        {78, 78, SHOWN_TIME},     {79, 79, SHOWN_DURATION},
        {80, 80, SHOWN_TIME},     {81, 81, SHOWN_DATE},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (id >= all[i].first && id <= all[i].last)
            return (struct shown){.kind = all[i].kind};
    return (struct shown){.kind = SHOWN_NUMBER};
}
