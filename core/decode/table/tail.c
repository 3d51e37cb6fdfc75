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

/* A total alone, or with amounts beside it in later columns; in a table of two
 * not even these: `Total,1` may be a customer. */
static bool is_known(const struct parts *parts, unsigned columns)
{
    enum word word = word_of(parts->text);
    bool alone =
        parts->filled == 1 || (parts->first == parts->text && columns > 2);
    return word == WORD_TOTAL ? alone : word != WORD_NONE;
}

static bool all_sign(const struct value *cells, unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        if (!cell_is_blank(&cells[i]) && !is_sign(&cells[i]))
            return false;
    return true;
}

static enum tail_shape shape_of(const struct parts *parts,
                                const struct value *cells, unsigned width,
                                unsigned columns)
{
    enum { NAMES_MAX = 6 };
    unsigned texts = parts->filled - parts->amounts;
    if (parts->filled == 0)
        return TAIL_BLANK;
    if (texts == 0 || texts > TEXTS_MAX)
        return parts->filled == 1 && parts->first == cells ? TAIL_CELL
                                                           : TAIL_ROW;
    if (is_sign(parts->text) && all_sign(cells, width))
        return TAIL_SIGN;
    if (texts == 1 && is_known(parts, columns))
        return TAIL_KNOWN;
    if (parts->counts == 1 && texts == 2 && parts->first == parts->text &&
        word_of(parts->text) == WORD_SUM)
        return TAIL_KNOWN;
    if (parts->filled == 1 && parts->first == cells)
        return TAIL_CELL;
    return parts->bare && parts->filled <= NAMES_MAX ? TAIL_NAMES : TAIL_ROW;
}

struct tail_line tail_line_of(uint64_t line, const struct value *cells,
                              unsigned width, unsigned columns)
{
    struct parts parts = take_apart(cells, width);
    return (struct tail_line){
        .line = line,
        .shape = shape_of(&parts, cells, width, columns),
        .filled = parts.filled,
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

/* The first line after all that are rows. */
static unsigned after_rows(const struct tail_line *lines, unsigned count)
{
    unsigned from = 0;
    for (unsigned i = 0; i < count; i++)
        if (lines[i].shape == TAIL_ROW ||
            (lines[i].shape == TAIL_NAMES && !is_explained(lines, from, i)))
            from = i + 1;
    return from;
}

static bool follows_blank(const struct tail_line *lines, unsigned at)
{
    return at > 0 && (lines[at - 1].shape == TAIL_BLANK ||
                      lines[at - 1].line + 1 < lines[at].line);
}

unsigned tail_footer(const struct tail_line *lines, unsigned count)
{
    unsigned from = after_rows(lines, count), known = from;
    while (known < count && lines[known].shape != TAIL_KNOWN &&
           lines[known].shape != TAIL_SIGN)
        known++;
    if (known == count)
        return count;
    unsigned start = known;
    while (start > from && !follows_blank(lines, start) &&
           lines[start - 1].shape == TAIL_CELL)
        start--;
    return follows_blank(lines, start) ? start : known;
}
