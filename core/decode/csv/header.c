/* header.c: which line names the columns, where nobody says so and no name is
 * known.
 *
 * The first line of the usual width that is about as full as lines get; one
 * that is wider comes before it, one that is narrower only where there is no
 * other. It is none when it holds a number, or what may be a record: then all
 * lines are rows. What speaks for and against is said as a doubt. */
#include <string.h>

#include "csv.h"

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    BELOW = 20,     /* lines that a header is compared with */
    COMPARED = 256, /* columns; those after are not looked at */
};

/* What a cell may be, that is no name. */
static bool is_number(const struct value *cell)
{
    bool digit = false;
    for (uint32_t i = 0; i < cell->len; i++) {
        if (memchr("0123456789 .,-+/%:()", cell->text[i], 20) == NULL)
            return false;
        digit |= ascii_digit(cell->text[i]);
    }
    return digit;
}

/* A year may head a column. */
static bool is_year(const struct value *cell)
{
    return cell->len == 4 && is_number(cell) &&
           (memcmp(cell->text, "19", 2) == 0 ||
            memcmp(cell->text, "20", 2) == 0);
}

static bool same_text(const struct value *a, const struct value *b)
{
    return a->len > 0 && a->len == b->len &&
           memcmp(a->text, b->text, a->len) == 0;
}

static bool is_digit(const struct value *cell, uint32_t at)
{
    return at < cell->len && ascii_digit(cell->text[at]);
}

static uint32_t after_digits(const struct value *cell, uint32_t at)
{
    while (is_digit(cell, at))
        at++;
    return at;
}

/* The same but for numbers: `KH1` above `KH23` is a code, `Phone 1` above
 * `0901` a name. */
static bool same_shape(const struct value *a, const struct value *b)
{
    uint32_t i = 0, j = 0;
    bool digits = false;
    while (i < a->len && j < b->len) {
        bool both = is_digit(a, i) && is_digit(b, j);
        if (!both && a->text[i] != b->text[j])
            return false;
        digits |= both;
        i = both ? after_digits(a, i) : i + 1;
        j = both ? after_digits(b, j) : j + 1;
    }
    return digits && i == a->len && j == b->len;
}

static unsigned compared(const struct csv_line *line)
{
    return line->width < COMPARED ? line->width : COMPARED;
}

/* `Phone 1,Phone 2`: columns are numbered. */
static bool is_numbered(const struct csv_line *line, unsigned column)
{
    const struct value *cell = &line->cells[column];
    for (unsigned i = 0; i < compared(line); i++)
        if (i != column && !is_year(cell) && same_shape(cell, &line->cells[i]))
            return true;
    return false;
}

/* Is the cell of the line like most of those below it? A year above nothing may
 * be a value. */
static bool is_like_below(const struct csv_survey *survey, unsigned at,
                          unsigned column)
{
    const struct value *cell = &survey->all[at].cells[column];
    unsigned like = 0, looked = 0;
    if (is_numbered(&survey->all[at], column))
        return false;
    for (unsigned i = at + 1; i < survey->count && looked < BELOW; i++) {
        const struct csv_line *line = &survey->all[i];
        if (line->kind != CSV_ROW || column >= line->width ||
            line->cells[column].len == 0)
            continue;
        looked++;
        like += is_year(cell) ? is_year(&line->cells[column])
                              : same_shape(cell, &line->cells[column]);
    }
    return 2 * like > looked || (looked == 0 && is_year(cell));
}

static bool has_number(const struct csv_line *line)
{
    for (unsigned i = 0; i < line->width; i++)
        if (is_number(&line->cells[i]) && !is_year(&line->cells[i]))
            return true;
    return false;
}

static bool repeats(const struct csv_line *line)
{
    unsigned width = compared(line);
    for (unsigned i = 0; i < width; i++)
        for (unsigned j = 0; j < i; j++)
            if (same_text(&line->cells[i], &line->cells[j]))
                return true;
    return false;
}

/* Does a cell of the line come again below, in its own column? */
static bool recurs(const struct csv_survey *survey, unsigned at)
{
    const struct csv_line *line = &survey->all[at];
    for (unsigned i = at + 1; i < survey->count && i < at + CSV_LOOK; i++)
        for (unsigned j = 0; j < compared(line) && j < survey->all[i].width;
             j++)
            if (same_text(&line->cells[j], &survey->all[i].cells[j]))
                return true;
    return false;
}

static bool is_alike(const struct csv_line *line)
{
    for (unsigned i = 1; i < line->width; i++)
        if (!same_text(&line->cells[0], &line->cells[i]))
            return false;
    return line->width > 1;
}

/* A cell that only a record has, or NULL: a mail address, or what is like the
 * cells below it. */
static const struct value *find_record(const struct csv_survey *survey,
                                       unsigned at)
{
    const struct csv_line *line = &survey->all[at];
    for (unsigned i = 0; i < compared(line); i++)
        if (line->cells[i].len > 0 &&
            (memchr(line->cells[i].text, '@', line->cells[i].len) != NULL ||
             is_like_below(survey, at, i)))
            return &line->cells[i];
    return NULL;
}

/* Nothing in the line speaks against its being a header. */
static bool may_name(const struct csv_survey *survey, unsigned at)
{
    const struct csv_line *line = &survey->all[at];
    return !has_number(line) && !is_alike(line) &&
           !(repeats(line) && recurs(survey, at)) &&
           find_record(survey, at) == NULL;
}

/* The largest number of cells that one of the first lines of this width fills.
 */
static unsigned max_filled(const struct csv_guess *guess)
{
    const struct csv_survey *survey = &guess->survey;
    unsigned max = 0;
    for (unsigned i = 0; i < survey->count && i < CSV_LOOK; i++)
        if (survey->all[i].width == guess->width && survey->all[i].filled > max)
            max = survey->all[i].filled;
    return max;
}

/* The line in question, or -1. */
static int find_line(const struct csv_guess *guess)
{
    const struct csv_survey *survey = &guess->survey;
    unsigned max = max_filled(guess);
    int narrow = -1;
    for (unsigned i = 0; i < survey->count && i < CSV_LOOK; i++) {
        const struct csv_line *line = &survey->all[i];
        if (line->kind != CSV_ROW || 2 * line->filled <= max)
            continue;
        if (line->width == guess->width ||
            (line->width > guess->width && may_name(survey, i)))
            return (int)i;
        if (narrow < 0 && line->used > 1 && line->used + 1 == guess->width &&
            may_name(survey, i))
            narrow = (int)i;
    }
    return narrow;
}

static void show(struct buf *out, uint64_t line, const struct value *cell,
                 const char *what)
{
    enum { SHOWN = 40 };
    buf_addf(out, "\"%.*s\" on line %llu %s",
             (int)utf8_cut(cell->text, cell->len, SHOWN), cell->text,
             (unsigned long long)line, what);
}

/* Are the cells below in this column numbers, all that are there? */
static bool numbers_below(const struct csv_survey *survey, unsigned at,
                          unsigned column)
{
    unsigned numbers = 0;
    for (unsigned i = at + 1; i < survey->count && i < at + BELOW; i++) {
        const struct csv_line *line = &survey->all[i];
        if (line->kind != CSV_ROW || column >= line->width ||
            line->cells[column].len == 0)
            continue;
        if (!is_number(&line->cells[column]))
            return false;
        numbers++;
    }
    return numbers > 0;
}

/* A year, or a number that the cells below do not have, in a line of texts.
 * Where they have another of its numbers, it is a row for sure. */
static void doubt_numbers(const struct csv_survey *survey, unsigned at,
                          struct buf *out)
{
    const struct csv_line *line = &survey->all[at];
    const struct value *odd = NULL;
    unsigned numbers = 0;
    for (unsigned i = 0; i < line->width; i++) {
        const struct value *cell = &line->cells[i];
        if (!is_number(cell))
            continue;
        numbers++;
        if (!is_year(cell) && numbers_below(survey, at, i))
            return;
        odd = odd ? odd : cell;
    }
    if (odd != NULL && line->filled > numbers)
        show(out, line->line, odd,
             is_year(odd) ? "may be a year" : "is a number");
}

static void doubt(struct csv_guess *guess, unsigned at)
{
    const struct csv_line *line = &guess->survey.all[at];
    if (is_alike(line))
        buf_addf(&guess->doubt, "the cells of line %llu are all alike",
                 (unsigned long long)line->line);
    else
        doubt_numbers(&guess->survey, at, &guess->doubt);
}

static bool has_digit(const struct value *cell)
{
    for (uint32_t i = 0; i < cell->len; i++)
        if (is_digit(cell, i))
            return true;
    return false;
}

/* The next line after a header may be one as well: it is as full, and has words
 * where all lines below have numbers. */
static bool is_second(const struct csv_survey *survey, unsigned at)
{
    const struct csv_line *line = &survey->all[at];
    if (line->kind != CSV_ROW || line->filled < line[-1].filled ||
        !may_name(survey, at))
        return false;
    for (unsigned i = 0; i < line->width; i++)
        if (line->cells[i].len > 0 && !has_digit(&line->cells[i]) &&
            numbers_below(survey, at, i))
            return true;
    return false;
}

/* A line before the header, or the one after it, that may be it as well. */
static uint64_t find_other(const struct csv_guess *guess, unsigned at)
{
    const struct csv_survey *survey = &guess->survey;
    unsigned width = survey->all[at].width;
    for (unsigned i = 0; i < at; i++) {
        const struct csv_line *line = &survey->all[i];
        if (line->kind == CSV_ROW && line->used > 1 &&
            line->used + 1 >= width && may_name(survey, i))
            return line->line;
    }
    if (at + 1 < survey->count && survey->all[at + 1].width == width &&
        is_second(survey, at + 1))
        return survey->all[at + 1].line;
    return 0;
}

void csv_find_header(struct csv_guess *guess)
{
    int at = find_line(guess);
    guess->at = -1;
    if (at < 0)
        return;
    doubt(guess, (unsigned)at);
    if (!may_name(&guess->survey, (unsigned)at))
        return;
    guess->at = at;
    guess->other = find_other(guess, (unsigned)at);
}
