/* skip.c: rows that are none: comments, blank cells or dashes alone, the
 * columns' numbers, the header once more (two exports joined, printed pages).
 *
 * Both halves ask here, of the same bytes, so that they number rows alike. For
 * nearly all rows their first byte tells that they are rows (csv_may_skip);
 * the others are looked at character by character. */
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/case.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "csv.h"

static bool is_quote(const struct csv_grammar *grammar, char byte)
{
    return byte == grammar->quote && byte != '\n';
}

/* After the closing quote of a blank quoted cell that begins at `at`, or NULL:
 * something is in it. */
static const char *skip_blank_quoted(const struct csv_grammar *grammar,
                                     const char *at, const char *end)
{
    for (at++; at < end && *at != grammar->quote;)
        if (!utf8_is_space(utf8_next(&at, end)))
            return NULL;
    if (at == end || (at + 1 < end && at[1] == grammar->quote))
        return NULL;
    return at + 1;
}

/* `=""`: how a spreadsheet may write nothing. */
static bool is_blank_formula(const struct csv_grammar *grammar, const char *at,
                             const char *end)
{
    return end - at >= 3 && at[0] == '=' && is_quote(grammar, at[1]) &&
           at[2] == at[1] && (end - at == 3 || at[3] == grammar->delimiter);
}

static bool has_blank_cells(const struct csv_grammar *grammar, const char *text,
                            size_t len)
{
    const char *at = text, *end = text + len;
    bool begins = true; /* nothing but blanks since the cell's start */
    while (at < end) {
        const char *here = at;
        if (*at == grammar->delimiter) {
            begins = true;
            at++;
        } else if (begins && is_quote(grammar, *at)) {
            at = skip_blank_quoted(grammar, at, end);
            begins = false;
            if (at == NULL)
                return false;
        } else if (begins && is_blank_formula(grammar, at, end)) {
            at += 3;
        } else if (!utf8_is_space(utf8_next(&at, end))) {
            return false;
        } else {
            begins = begins && csv_is_gap(grammar, *here);
        }
    }
    return true;
}

/* Hyphens, what stands between them in a drawn table, and drawn lines. */
static bool is_dash(int32_t rune)
{
    return rune == '-' || rune == '=' || rune == '_' || rune == '+' ||
           rune == '|' || (rune >= 0x2012 && rune <= 0x2015) ||
           (rune >= 0x2500 && rune <= 0x257F);
}

/* Dashes in every cell that is not blank, three or more in one of them: a lone
 * dash says only that there is nothing. */
static bool has_dashes(const struct csv_grammar *grammar, const char *text,
                       size_t len)
{
    enum { LEAST = 3 };
    const char *at = text, *end = text + len;
    unsigned run = 0, longest = 0;
    while (at < end) {
        char byte = *at;
        int32_t rune = utf8_next(&at, end);
        if (byte == grammar->delimiter || is_quote(grammar, byte) ||
            utf8_is_space(rune))
            run = 0;
        else if (!is_dash(rune))
            return false;
        else if (++run > longest)
            longest = run;
    }
    return longest >= LEAST;
}

/* `(1),(2),(3)`, as reports number their columns: in each cell that is not
 * blank one more than in the one before, and two at least. */
static bool has_column_numbers(const struct csv_grammar *grammar,
                               const char *text, size_t len)
{
    enum { LEAST = 2 };
    unsigned long last = 0, cells = 0;
    if (len == 0 || text[0] != '(')
        return false;
    for (size_t at = 0, end; at <= len; at = end + 1) {
        unsigned long number = 0;
        size_t i = at;
        end = csv_cell_end(grammar, text, len, at);
        if (i == end)
            continue;
        for (i++; i < end && i < at + 4 && text[i] >= '0' && text[i] <= '9';
             i++)
            number = number * 10 + (unsigned long)(text[i] - '0');
        bool alone = text[at] == '(' && i + 1 == end && text[i] == ')';
        if (!alone || (cells++ > 0 && number != last + 1))
            return false;
        last = number;
    }
    return cells >= LEAST;
}

size_t csv_cell_end(const struct csv_grammar *grammar, const char *text,
                    size_t len, size_t at)
{
    bool quoted = false;
    while (at < len && csv_is_gap(grammar, text[at]))
        at++;
    if (at < len && is_quote(grammar, text[at])) {
        quoted = true;
        at++;
    } else if (at + 1 < len && text[at] == '=' &&
               is_quote(grammar, text[at + 1])) {
        size_t after = csv_wrapped(grammar, text, len, at + 1);
        at = after > at && after != CSV_UNDECIDED ? after : at;
    }
    for (; at < len && (quoted || text[at] != grammar->delimiter); at++) {
        bool pair = quoted && grammar->doubled && at + 1 < len &&
                    text[at] == grammar->quote && text[at + 1] == text[at];
        if (pair || (text[at] == grammar->escape && text[at] != '\n'))
            at++;
        else if (quoted && text[at] == grammar->quote)
            quoted = false;
    }
    return at < len ? at : len;
}

/* Appends the cell as names are compared: without quotes, marks, case. */
static void fold_cell(struct buf *out, const char *text, size_t len)
{
    const char *end = text + len;
    utf8_trim(&text, &end);
    buf_clear(out);
    utf8_fold(out, text, (size_t)(end - text));
}

/* Past what may stand before the first letter: a mark, blanks, quotes. */
static const char *first_letter(const struct csv_grammar *grammar,
                                const char *at, const char *end)
{
    while (at < end) {
        const char *next = at;
        if (*at != grammar->delimiter && *at != grammar->quote && *at != '=' &&
            *at != '\'' && !utf8_is_space(utf8_next(&next, end)))
            break;
        at = next > at ? next : at + 1;
    }
    return at;
}

void csv_names_set(struct csv_names *names, struct csv_grammar *grammar,
                   const char *text, size_t len)
{
    struct buf folded = {0};
    *names = (struct csv_names){
        .raw = mem_text_n(text, len), .raw_len = len, .more = grammar->names};
    for (size_t at = 0; at <= len; at++) {
        size_t end = csv_cell_end(grammar, text, len, at);
        fold_cell(&folded, text + at, end - at);
        names->all =
            mem_resize(names->all, (names->count + 1) * sizeof *names->all);
        names->all[names->count++] = mem_text_n(buf_text(&folded), folded.len);
        names->named += folded.len > 0;
        at = end;
    }
    buf_release(&folded);
    for (size_t at = 0; at <= len; at++) {
        size_t end = csv_cell_end(grammar, text, len, at);
        const char *letter = first_letter(grammar, text + at, text + end);
        if (letter < text + end) {
            csv_may_begin(grammar, ascii_upper(*letter));
            csv_may_begin(grammar, ascii_lower(*letter));
        }
        at = end;
    }
    grammar->names = names;
}

void csv_names_release(struct csv_names *names)
{
    for (unsigned i = 0; i < names->count; i++)
        free(names->all[i]);
    free(names->all);
    free(names->raw);
    *names = (struct csv_names){0};
}

/* A quick look: do both begin with the same first name? Letters beyond ASCII
 * count as alike. */
static bool begins_alike(const struct csv_grammar *grammar,
                         const struct csv_names *names, const char *text,
                         size_t len)
{
    const char *end = text + len, *stop = names->raw + names->raw_len;
    const char *at = first_letter(grammar, text, end);
    const char *name = first_letter(grammar, names->raw, stop);
    for (; name < stop && *name != grammar->delimiter && *name != ' ' &&
           *name != grammar->quote;
         name++, at++) {
        if (at == end)
            return false;
        bool foreign = (*at & 0x80) != 0;
        if (foreign != ((*name & 0x80) != 0) ||
            (!foreign && ascii_lower(*at) != ascii_lower(*name)))
            return false;
    }
    return true;
}

/* Each cell that is not blank is its column's name, and most are there. */
static bool is_header(const struct csv_grammar *grammar,
                      const struct csv_names *names, const char *text,
                      size_t len)
{
    struct buf folded = {0};
    unsigned same = 0, index = 0;
    bool alike = utf8_valid(text, len) == len;
    for (size_t at = 0; alike && at <= len; at++, index++) {
        size_t end = csv_cell_end(grammar, text, len, at);
        fold_cell(&folded, text + at, end - at);
        if (folded.len > 0) {
            alike = index < names->count &&
                    strcmp(buf_text(&folded), names->all[index]) == 0;
            same++;
        }
        at = end;
    }
    buf_release(&folded);
    return alike && 2 * same > names->named;
}

/* A quick look: does the text begin as one of the names? Letters beyond ASCII
 * count as alike. */
static bool begins_as_one(const struct csv_grammar *grammar, const char *text,
                          size_t len)
{
    const struct csv_names *names = grammar->names;
    const char *end = text + len, *at = first_letter(grammar, text, end);
    for (unsigned i = 0; i < names->count; i++) {
        const char *name = names->all[i];
        size_t same = 0;
        while (same < (size_t)(end - at) && name[same] != '\0' &&
               (at[same] & 0x80) == 0 && ascii_lower(at[same]) == name[same])
            same++;
        bool foreign = at + same < end && (at[same] & 0x80) != 0;
        if (name[0] != '\0' && (name[same] == '\0' || foreign))
            return true;
    }
    return false;
}

static unsigned find_name(const struct csv_names *names, const char *folded)
{
    unsigned i = 0;
    while (i < names->count && strcmp(names->all[i], folded) != 0)
        i++;
    return i;
}

/* All names, or nearly all of many, each once, and some elsewhere: values may
 * be names of columns, too. */
bool csv_is_other_header(const struct csv_grammar *grammar, const char *text,
                         size_t len)
{
    const struct csv_names *names = grammar->names;
    struct buf folded = {0};
    unsigned known = 0, moved = 0, index = 0;
    if (names == NULL || grammar->as_is || !begins_as_one(grammar, text, len) ||
        utf8_valid(text, len) < len)
        return false;
    char *met = mem_zero(names->count + 1, 1);
    bool alike = true;
    for (size_t at = 0; alike && at <= len; at++, index++) {
        size_t end = csv_cell_end(grammar, text, len, at);
        fold_cell(&folded, text + at, end - at);
        if (folded.len > 0) {
            unsigned name = find_name(names, buf_text(&folded));
            alike = name < names->count && !met[name];
            met[name] = 1;
            known++;
            moved += name != index;
        }
        at = end;
    }
    free(met);
    buf_release(&folded);
    bool most =
        known == names->named || (known > 3 && 4 * known >= 3 * names->named);
    return alike && most && moved >= 2;
}

enum left_kind csv_left_kind(const struct csv_grammar *grammar,
                             const char *text, size_t len)
{
    if (grammar->as_is)
        return csv_is_blank(grammar, text, len) ? LEFT_BLANK : LEFT_KINDS;
    if (csv_is_comment(grammar, text, len))
        return LEFT_COMMENT;
    if (has_blank_cells(grammar, text, len))
        return LEFT_BLANK;
    if (has_dashes(grammar, text, len))
        return LEFT_RULE;
    if (has_column_numbers(grammar, text, len))
        return LEFT_NUMBERS;
    for (const struct csv_names *names = grammar->names; names != NULL;
         names = names->more)
        if (begins_alike(grammar, names, text, len) &&
            is_header(grammar, names, text, len))
            return LEFT_REPEATED;
    return LEFT_KINDS;
}
