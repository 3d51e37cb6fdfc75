/* left.c: for nearly all rows one look at their first cell tells that they are
 * rows; what is left is compared cell by cell. */
#include "left.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cell.h"
#include "words.h"

void table_rule_add(struct table_rule *rule, const struct value *cells,
                    unsigned width)
{
    struct buf folded = {0};
    if (rule->line_count == TABLE_HEADER_LINES)
        return;
    struct table_names *names = &rule->lines[rule->line_count++];
    names->all = mem_zero(width + 1, sizeof *names->all);
    names->count = width;
    for (unsigned i = 0; i < width; i++) {
        buf_clear(&folded);
        cell_fold(&folded, &cells[i]);
        names->all[i] = mem_text_n(buf_text(&folded), folded.len);
        names->named += folded.len > 0;
    }
    buf_release(&folded);
}

void table_rule_release(struct table_rule *rule)
{
    for (unsigned i = 0; i < rule->line_count; i++) {
        for (unsigned j = 0; j < rule->lines[i].count; j++)
            free(rule->lines[i].all[j]);
        free(rule->lines[i].all);
    }
    *rule = (struct table_rule){.line_count = 0};
}

/* May the text fold to what begins so? Letters beyond ASCII and signs count as
 * alike. */
static bool may_begin(const struct value *cell, const char *folded)
{
    if (cell->type != VALUE_TEXT)
        return true;
    for (uint32_t i = 0; i < cell->len && i < 2; i++) {
        unsigned char byte = (unsigned char)cell->text[i];
        bool plain =
            (byte >= '0' && byte <= '9') ||
            (ascii_lower((char)byte) >= 'a' && ascii_lower((char)byte) <= 'z');
        if (!plain || folded[i] == '\0')
            return true;
        if (folded[i] != ascii_lower((char)byte))
            return false;
    }
    return true;
}

/* A number folds to its digits. */
static bool may_repeat(const struct value *cell, const char *folded)
{
    if (folded[0] == '\0')
        return false;
    if (cell->type == VALUE_INT || cell->type == VALUE_DECIMAL)
        return ascii_digit(folded[0]);
    return may_begin(cell, folded);
}

/* Each cell that is not blank is its column's name, and most are there. */
static bool is_header(const struct table_names *names,
                      const struct value *cells, unsigned width)
{
    struct buf folded = {0};
    unsigned same = 0;
    bool alike = true;
    for (unsigned i = 0; alike && i < width; i++) {
        if (cell_is_blank(&cells[i]))
            continue;
        buf_clear(&folded);
        cell_fold(&folded, &cells[i]);
        alike =
            i < names->count && strcmp(buf_text(&folded), names->all[i]) == 0;
        same++;
    }
    buf_release(&folded);
    return alike && 2 * same > names->named;
}

static bool repeats(const struct table_rule *rule, const struct value *cells,
                    unsigned width, unsigned first)
{
    for (unsigned i = 0; i < rule->line_count; i++) {
        const struct table_names *names = &rule->lines[i];
        if (first < names->count &&
            may_repeat(&cells[first], names->all[first]) &&
            is_header(names, cells, width))
            return true;
    }
    return false;
}

/* Hyphens, what stands between them in a drawn table, and drawn lines. */
static bool is_dash(int32_t rune)
{
    return rune == '-' || rune == '=' || rune == '_' || rune == '+' ||
           rune == '|' || (rune >= 0x2012 && rune <= 0x2015) ||
           (rune >= 0x2500 && rune <= 0x257F);
}

/* Dashes alone in every cell that is not blank, three or more in one of them.
 */
static bool has_dashes(const struct value *cells, unsigned width)
{
    enum { LEAST = 3 };
    unsigned longest = 0;
    for (unsigned i = 0; i < width; i++) {
        unsigned run = 0;
        if (cell_is_blank(&cells[i]))
            continue;
        if (cells[i].type != VALUE_TEXT)
            return false;
        const char *at = cells[i].text, *end = at + cells[i].len;
        while (at < end) {
            int32_t rune = utf8_next(&at, end);
            run = utf8_is_space(rune) ? 0 : run + 1;
            if (run > 0 && !is_dash(rune))
                return false;
            longest = run > longest ? run : longest;
        }
    }
    return longest >= LEAST;
}

/* The number that the cell is: 1, "1", "(1)", or of a letter A to Z minus its
 * place; 0: none. */
static long number_of(const struct value *cell, bool *bracketed)
{
    const char *at, *end;
    long number = 0;
    *bracketed = false;
    if (cell->type == VALUE_INT)
        return cell->integer > 0 && cell->integer < 1000 ? (long)cell->integer
                                                         : 0;
    if (cell->type != VALUE_TEXT)
        return 0;
    at = cell->text;
    end = at + cell->len;
    utf8_trim(&at, &end);
    *bracketed = end - at > 2 && *at == '(' && end[-1] == ')';
    at += *bracketed;
    end -= *bracketed;
    if (end - at == 1 && *at >= 'A' && *at <= 'Z')
        return -(long)(*at - 'A' + 1);
    for (; at < end && ascii_digit(*at) && number < 1000; at++)
        number = number * 10 + (*at - '0');
    return at == end && number < 1000 ? number : 0;
}

/* `(1) (2) (3)`: in each cell that is not blank one more than in the one
 * before, and two at least. Without brackets, `A B 1 2 3 4`: letters from A,
 * then numbers from 1, four at least, in all columns, and right below the
 * header: elsewhere they may be a row. */
static bool has_column_numbers(const struct table_rule *rule,
                               const struct value *cells, unsigned width)
{
    enum { LEAST = 2, LEAST_BARE = 4 };
    unsigned filled = 0, bare = 0;
    long last = 0;
    for (unsigned i = 0; i < width; i++) {
        bool bracketed;
        if (cell_is_blank(&cells[i]))
            continue;
        long number = number_of(&cells[i], &bracketed);
        bool follows = number == (number < 0 ? last - 1 : last + 1) ||
                       (number == 1 && last < 0) ||
                       (bracketed && number > 0 && filled == 0);
        if (number == 0 || !follows)
            return false;
        last = number;
        bare += !bracketed;
        filled++;
    }
    return bare == 0 ? filled >= LEAST
                     : rule->numbered && filled >= LEAST_BARE &&
                           filled >= rule->width;
}

/* No row of customers begins so, but for those few that are looked at. */
static bool may_count(const struct value *cell)
{
    if (cell->type == VALUE_INT)
        return cell->integer == 1;
    return cell->type == VALUE_TEXT && cell->len > 0 && cell->len < 8 &&
           (cell->text[0] == '(' || cell->text[0] == '1' ||
            cell->text[0] == 'A' || cell->text[0] == ' ');
}

static bool may_be_dashes(const struct value *cell)
{
    return cell->type == VALUE_TEXT &&
           !(ascii_lower(cell->text[0]) >= 'a' &&
             ascii_lower(cell->text[0]) <= 'z') &&
           !ascii_digit(cell->text[0]);
}

enum left_kind table_left(const struct table_rule *rule,
                          const struct value *cells, unsigned width)
{
    unsigned first = cells_first(cells, width);
    if (first == width)
        return LEFT_BLANK;
    if (rule->as_is)
        return LEFT_KINDS;
    if (may_be_dashes(&cells[first]) && has_dashes(cells, width))
        return LEFT_RULE;
    if (may_count(&cells[first]) && has_column_numbers(rule, cells, width))
        return LEFT_NUMBERS;
    return repeats(rule, cells, width, first) ? LEFT_REPEATED : LEFT_KINDS;
}

bool table_may_leave(const struct table_rule *rule, const struct value *cells,
                     unsigned width)
{
    if (cells_first(cells, width) + 1 != width)
        return true;
    const struct value *cell = &cells[width - 1];
    if (rule->as_is)
        return false;
    bool may = may_be_dashes(cell) || may_count(cell);
    for (unsigned i = 0; !may && i < rule->line_count; i++)
        may = width <= rule->lines[i].count &&
              may_repeat(cell, rule->lines[i].all[width - 1]);
    return may;
}

const char *table_doubt(const struct value *cells, unsigned width,
                        unsigned *column)
{
    unsigned at = 0, beside = 0;
    for (; at < width; at++) {
        if (!cell_is_blank(&cells[at]) && !cell_is_amount(&cells[at]))
            break;
        beside += !cell_is_blank(&cells[at]);
    }
    if (at == width || cells[at].type != VALUE_TEXT)
        return NULL;
    bool total = word_may_be_total(&cells[at]);
    for (unsigned i = at + 1; i < width; i++) {
        if (cell_is_blank(&cells[i]))
            continue;
        if (!total || !cell_is_amount(&cells[i]))
            return NULL;
        beside++;
    }
    enum word word = total || beside == 0 ? word_of(&cells[at]) : WORD_NONE;
    *column = at;
    if (word == WORD_TOTAL || word == WORD_SUM)
        return TABLE_TOTAL_TEXT;
    return word != WORD_NONE && beside == 0 ? TABLE_FOOTER_TEXT : NULL;
}

bool table_stops(const struct value *cells, unsigned width, const char *stop)
{
    struct buf folded = {0};
    unsigned first = cells_first(cells, width);
    if (first == width || !may_begin(&cells[first], stop))
        return false;
    cell_fold(&folded, &cells[first]);
    size_t len = strlen(stop);
    bool stops = folded.len >= len && memcmp(buf_text(&folded), stop, len) == 0;
    buf_release(&folded);
    return stops;
}
