/* marks.c: marks in front of cells, put there and taken off. A row is walked
 * cell by cell as its dialect says, and stays as it is but for them: what
 * people wrote, with its quotes and blanks, is not written anew. */
#include "marks.h"

#include <string.h>

#include "base/utf8.h"
#include "decode/workbook/sheet/spreadsheet.h"

char marks_byte(const struct dialect *dialect)
{
    static const char marks[] = {'\'', '^', '~', '`'};
    const char taken[] = {dialect->delimiter, dialect->quote, dialect->escape};
    size_t i = 0;
    while (i + 1 < sizeof marks && memchr(taken, marks[i], sizeof taken))
        i++;
    return marks[i];
}

/* White space is looked through, as a reader may take it off first. */
static bool begins_with(const char *text, size_t len, char mark)
{
    const char *start = text, *end = text + len;
    utf8_trim(&start, &end);
    return (start < end && *start == mark) || (len > 0 && *text == mark);
}

/* Bytes that what needs a mark begins with: marks, white space, formulas,
 * numbers, months and truths, what nobody sees, and what is wider; all control
 * characters as well. Most texts begin with others. */
static const unsigned char firsts[256] = {
    ['\''] = 1, ['^'] = 1,  ['~'] = 1,  ['`'] = 1,  [' '] = 1,  ['='] = 1,
    ['+'] = 1,  ['-'] = 1,  ['@'] = 1,  ['0'] = 1,  ['1'] = 1,  ['2'] = 1,
    ['3'] = 1,  ['4'] = 1,  ['5'] = 1,  ['6'] = 1,  ['7'] = 1,  ['8'] = 1,
    ['9'] = 1,  ['.'] = 1,  [','] = 1,  ['('] = 1,  ['$'] = 1,  ['j'] = 1,
    ['f'] = 1,  ['m'] = 1,  ['a'] = 1,  ['s'] = 1,  ['o'] = 1,  ['n'] = 1,
    ['d'] = 1,  ['t'] = 1,  ['J'] = 1,  ['F'] = 1,  ['M'] = 1,  ['A'] = 1,
    ['S'] = 1,  ['O'] = 1,  ['N'] = 1,  ['D'] = 1,  ['T'] = 1,  [0xC2] = 1,
    [0xE1] = 1, [0xE2] = 1, [0xE3] = 1, [0xEE] = 1, [0xEF] = 1, [0xF0] = 1,
    [0xF3] = 1, [0xF4] = 1, [0xCD] = 1, [0xD8] = 1, [0x7F] = 1,
};

static inline bool may_need(const char *text, size_t len)
{
    unsigned char first = len > 0 ? (unsigned char)text[0] : 'x';
    return first < 0x20 || firsts[first];
}

static bool needs_mark(const char *text, size_t len, char mark)
{
    if (!may_need(text, len))
        return false;
    return begins_with(text, len, mark) || spreadsheet_changes(text, len);
}

void marks_put(struct buf *out, const struct dialect *dialect, const char *text,
               size_t len)
{
    char mark = marks_byte(dialect);
    if (!needs_mark(text, len, mark)) {
        dialect_put(out, dialect, text, len);
        return;
    }
    struct buf marked = {0};
    buf_putc(&marked, mark);
    buf_add(&marked, text, len);
    dialect_put(out, dialect, marked.at, marked.len);
    buf_release(&marked);
}

/* A cell of a row. */
struct cell {
    size_t from, upto; /* what it holds, without its quotes */
    size_t next;       /* its delimiter, or the row's end */
    size_t wrapped;    /* where `="…"` begins that holds a delimiter, and */
    size_t unwrapped;  /* ends; both 0: it is none */
};

/* After the closing quote of what begins at `at`: *upto is that quote. */
static size_t skip_quoted(const struct dialect *d, const char *row, size_t len,
                          size_t at, size_t *upto)
{
    for (; at < len; at++) {
        if (d->escape != '\0' && d->escape != d->quote &&
            row[at] == d->escape && at + 1 < len) {
            at++;
        } else if (row[at] == d->quote) {
            if (d->escape == '\0' || at + 1 >= len || row[at + 1] != d->quote)
                break;
            at++;
        }
    }
    *upto = at < len ? at : len;
    return at < len ? at + 1 : len;
}

static size_t next_delimiter(const struct dialect *d, const char *row,
                             size_t len, size_t at)
{
    bool escapes = d->escape != '\0' && d->escape != d->quote;
    if (!escapes && at < len) {
        const char *found = memchr(row + at, d->delimiter, len - at);
        return found != NULL ? (size_t)(found - row) : len;
    }
    while (at < len && row[at] != d->delimiter)
        at += row[at] == d->escape && at + 1 < len ? 2 : 1;
    return at < len ? at : len;
}

/* After `="…"` at `at`, in which a spreadsheet's reader finds no delimiter;
 * `at` where something else is, or something follows. */
static size_t skip_wrapped(const struct dialect *d, const char *row, size_t len,
                           size_t at)
{
    size_t next = at + 2;
    if (d->quote == '\0' || next >= len || row[at] != '=' ||
        row[at + 1] != d->quote)
        return at;
    for (; next < len && row[next] != '\n' && row[next] != '\r'; next++) {
        if (d->escape != d->quote && row[next] == d->escape)
            return at;
        if (row[next] != d->quote)
            continue;
        if (next + 1 >= len || row[next + 1] != d->quote)
            break;
        next++;
    }
    if (next >= len || row[next] != d->quote)
        return at;
    size_t end = next + 1;
    while (end < len && (row[end] == ' ' || row[end] == '\t') &&
           row[end] != d->delimiter)
        end++;
    return end == len || row[end] == d->delimiter ? next + 1 : at;
}

static struct cell cell_at(const struct dialect *d, const char *row, size_t len,
                           size_t at)
{
    struct cell cell = {.from = at};
    while (at < len && (row[at] == ' ' || row[at] == '\t') &&
           row[at] != d->delimiter)
        at++;
    bool quoted = d->quote != '\0' && at < len && row[at] == d->quote;
    if (quoted) {
        cell.from = at + 1;
        at = skip_quoted(d, row, len, at + 1, &cell.upto);
    } else {
        size_t after = skip_wrapped(d, row, len, at);
        if (after > at && memchr(row + at, d->delimiter, after - at) != NULL) {
            cell.wrapped = at;
            cell.unwrapped = after;
        }
        at = after;
    }
    cell.next = next_delimiter(d, row, len, at);
    if (!quoted)
        cell.upto = cell.next;
    return cell;
}

/* Behind a mark `="…"` is no longer known as one cell where it holds a
 * delimiter: so it stands in quotes. */
void marks_add(struct buf *out, const struct dialect *dialect, const char *row,
               size_t len)
{
    char mark = marks_byte(dialect);
    size_t done = 0; /* bytes of the row that are written */
    for (size_t at = 0; at < len;) {
        struct cell cell = cell_at(dialect, row, len, at);
        if (cell.unwrapped > 0) {
            buf_add(out, row + done, cell.wrapped - done);
            marks_put(out, dialect, row + cell.wrapped,
                      cell.unwrapped - cell.wrapped);
            done = cell.unwrapped;
        } else if (needs_mark(row + cell.from, cell.upto - cell.from, mark)) {
            buf_add(out, row + done, cell.from - done);
            buf_putc(out, mark);
            done = cell.from;
        }
        at = cell.next + (cell.next < len);
    }
    buf_add(out, row + done, len - done);
}

void marks_drop(struct buf *out, const struct dialect *dialect, const char *row,
                size_t len)
{
    char mark = marks_byte(dialect);
    for (size_t at = 0; at < len;) {
        struct cell cell = cell_at(dialect, row, len, at);
        const char *start = row + cell.from, *end = row + cell.upto;
        utf8_trim(&start, &end);
        size_t gap = (size_t)(start - (row + cell.from));
        bool marked = start < end && *start == mark;
        buf_add(out, row + at, cell.from + gap - at);
        at = cell.next + (cell.next < len);
        size_t from = cell.from + gap + marked;
        buf_add(out, row + from, at - from);
    }
}
