/* tail.c: a line is looked at as it stands: it has one cell, or a known word
 * and nothing but numbers beside it, or names of those who sign. */
#include "tail.h"

#include <stdbool.h>

#include "base/ascii.h"
#include "cell.h"
#include "words.h"

/* What a line is made of. */
struct parts {
    unsigned filled, amounts;
    unsigned counts; /* amounts with a word behind: `7 khách hàng` */
    const struct value *first; /* that is not blank */
    const struct value *text;  /* the first that is no amount */
    bool bare;                 /* texts without a digit alone */
};

static bool has_digit(const struct value *cell)
{
    if (cell->type != VALUE_TEXT)
        return true;
    for (uint32_t i = 0; i < cell->len; i++)
        if (ascii_digit(cell->text[i]))
            return true;
    return false;
}

static bool is_sign(const struct value *cell)
{
    enum word word = word_of(cell);
    return word == WORD_SIGN || word == WORD_DAY;
}

static bool is_count(const struct value *cell)
{
    enum { BYTES_MAX = 32 };
    return cell->type == VALUE_TEXT && cell->len <= BYTES_MAX &&
           ascii_digit(cell->text[0]) && cell->text[0] != '0';
}

/* A row of customers has more texts than a footer ever has. */
enum { TEXTS_MAX = 8 };

static struct parts take_apart(const struct value *cells, unsigned width)
{
    struct parts parts = {.bare = true};
    for (unsigned i = 0; i < width && parts.filled - parts.amounts <= TEXTS_MAX;
         i++) {
        const struct value *cell = &cells[i];
        if (cell_is_blank(cell))
            continue;
        bool amount = cell_is_amount(cell);
        parts.first = parts.first ? parts.first : cell;
        parts.counts += !amount && parts.text && is_count(cell);
        parts.text = amount || parts.text ? parts.text : cell;
        parts.filled++;
        parts.amounts += amount;
        parts.bare &= !has_digit(cell);
    }
    return parts;
}

/* A word that a report ends with, and amounts in later columns; beside one that
 * may be a name not even these in a table of two: `Total,1` may be a customer.
 */
static bool is_known(const struct parts *parts, enum word word,
                     unsigned columns)
{
    bool alone = parts->filled == 1, first = parts->first == parts->text;
    return word == WORD_TOTAL ? alone || (first && columns > 2)
                              : (word == WORD_SUM || word == WORD_END) && first;
}

/* `Tổng cộng | 7 khách hàng`, `Ngày in: | 01/02/2024`. */
static bool is_labelled(const struct parts *parts, enum word word,
                        const struct value *cells, unsigned width)
{
    if (word == WORD_NONE || parts->first != parts->text)
        return false;
    return (parts->counts == 1 && word == WORD_SUM) ||
           (parts->filled == 2 && cells_are_form(cells, width));
}

static bool all_sign(const struct value *cells, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        if (!cell_is_blank(&cells[i]) && !is_sign(&cells[i]))
            return false;
    return true;
}

/* Customers may have nothing but their code. */
static bool is_code(const struct value *cell)
{
    for (uint32_t i = 0; cell->type == VALUE_TEXT && i < cell->len; i++)
        if (cell->text[i] == ' ')
            return false;
    return has_digit(cell);
}

static enum tail_shape shape_of(const struct parts *parts, enum word word,
                                const struct value *cells, unsigned width,
                                unsigned columns)
{
    enum { NAMES_MAX = 6 };
    unsigned texts = parts->filled - parts->amounts;
    if (parts->filled == 0)
        return TAIL_BLANK;
    if (texts == 0 || texts > TEXTS_MAX)
        return TAIL_ROW;
    if ((word == WORD_SIGN || word == WORD_DAY) && all_sign(cells, width))
        return TAIL_SIGN;
    if (texts == 1 && is_known(parts, word, columns))
        return TAIL_KNOWN;
    if (texts == 2 && is_labelled(parts, word, cells, width))
        return TAIL_KNOWN;
    if (parts->filled == 1 && parts->first == cells && !is_code(cells))
        return TAIL_CELL;
    return parts->bare && parts->filled <= NAMES_MAX ? TAIL_NAMES : TAIL_ROW;
}

struct tail_line tail_line_of(uint64_t line, const struct value *cells,
                              unsigned width, unsigned columns)
{
    struct parts parts = take_apart(cells, width);
    bool few = parts.text && parts.filled - parts.amounts <= TEXTS_MAX;
    enum word word = few ? word_of(parts.text) : WORD_NONE;
    return (struct tail_line){
        .line = line,
        .shape = shape_of(&parts, word, cells, width, columns),
        .filled = parts.filled,
        .doubtful = parts.filled == 1 &&
                    (word == WORD_SIGN || word == WORD_TOTAL) &&
                    word_may_be_name(parts.text),
    };
}

/* Names stand under titles: no more of them than there are titles above. */
static bool is_explained(const struct tail_line *lines, unsigned from,
                         unsigned at)
{
    for (unsigned i = from; i < at; i++)
        if (lines[i].shape == TAIL_SIGN && lines[at].filled <= lines[i].filled)
            return true;
    return false;
}

static bool follows_blank(const struct tail_line *lines, unsigned at,
                          uint64_t above)
{
    return at == 0 ? above + 1 < lines[0].line
                   : lines[at - 1].shape == TAIL_BLANK ||
                         lines[at - 1].line + 1 < lines[at].line;
}

/* The first line after all that are rows. A name that is known for a word of a
 * footer is one below a blank line, or below other words. */
static unsigned after_rows(const struct tail_line *lines, unsigned count,
                           uint64_t above)
{
    unsigned from = 0;
    bool known = false;
    for (unsigned i = 0; i < count; i++) {
        const struct tail_line *line = &lines[i];
        bool word = line->shape == TAIL_KNOWN || line->shape == TAIL_SIGN;
        known |= word && (!line->doubtful || follows_blank(lines, i, above));
        if (line->shape == TAIL_ROW || (word && !known) ||
            (line->shape == TAIL_NAMES && !is_explained(lines, from, i))) {
            from = i + 1;
            known = false;
        }
    }
    return from;
}

unsigned tail_footer(const struct tail_line *lines, unsigned count,
                     uint64_t above)
{
    unsigned from = after_rows(lines, count, above), known = from;
    while (known < count && lines[known].shape != TAIL_KNOWN &&
           lines[known].shape != TAIL_SIGN)
        known++;
    if (known == count)
        return count;
    unsigned start = known;
    while (start > from && !follows_blank(lines, start, above) &&
           lines[start - 1].shape == TAIL_CELL)
        start--;
    return follows_blank(lines, start, above) ? start : known;
}
