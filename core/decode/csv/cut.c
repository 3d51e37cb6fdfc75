/* cut.c: where rows end, seeing quotes and line ends alone.
 *
 * Masks find those bytes, 64 at a time; each is then looked at in its place.
 * Outside quotes a line end ends a row, and a quote opens a cell when only
 * blanks divide it from a delimiter or the row's start. Inside, line ends are
 * counted, and a quote that is not doubled closes. Whether a row is too long
 * or a quote never closed depends on its own bytes only, never on how much of
 * the input happens to be in view: so chunks of any size give the same rows.
 */
#include <string.h>

#include "base/scan.h"
#include "csv.h"

const char *const csv_damages[] = {
    [CSV_SOUND] = "",
    [CSV_UNCLOSED] = "a quote is never closed",
    [CSV_FAR] = "a quote is not closed in time",
    [CSV_ASTRAY] = "a quote is closed where no cell can end",
    [CSV_TEXT_AFTER] = "text follows a closing quote",
    [CSV_LONG] = "a row is too long",
};

/* Where a look over the bytes stands. */
struct look {
    const struct csv_grammar *grammar;
    const char *text;
    size_t len;
    bool final;
    bool quoted;     /* within quotes */
    size_t row;      /* where the row began */
    size_t opened;   /* the last quote that opened */
    size_t closed;   /* after the last quote that closed in this row, or 0 */
    size_t skip;     /* bytes before this are done with */
    size_t escaped;  /* after the last escape */
    uint64_t inside; /* line ends in this row so far */
    struct csv_cut *cut;
};

static bool trouble(struct look *look, enum csv_trouble kind, size_t found)
{
    look->cut->trouble = kind;
    look->cut->opened = look->opened;
    look->cut->found = found;
    return false;
}

/* A quote that spoils what follows it: no more than CSV_SPOILT bytes, however
 * late that is found. */
static bool stray(struct look *look, enum csv_trouble kind, size_t found)
{
    size_t most = look->opened + CSV_SPOILT;
    if (found > most && kind == CSV_TEXT_AFTER)
        kind = CSV_ASTRAY;
    return trouble(look, kind, found < most ? found : most);
}

/* Where a row that goes on outside quotes becomes too long. */
static size_t longest(const struct look *look)
{
    size_t max = look->row + look->grammar->max_row;
    return max > look->closed ? max : look->closed;
}

/* A line end at `at` that is not merely the CR of a CRLF. */
static bool counts(const struct look *look, size_t at)
{
    return look->text[at] == '\n' ||
           (look->text[at] == '\r' &&
            !(at + 1 < look->len && look->text[at + 1] == '\n'));
}

/* The row's text ends at `end`, the next row begins at `next`. */
static bool end_row(struct look *look, size_t end, size_t next)
{
    const char *row = look->text + look->row;
    /* The mapper's half ends it before the CR, too. */
    if (end > look->row && end < next && row[end - look->row - 1] == '\r')
        end--;
    bool none = false;
    if (csv_may_skip(look->grammar, *row)) {
        size_t len = end - look->row;
        none = csv_left_kind(look->grammar, row, len) != LEFT_KINDS;
        if (!none && csv_is_other_header(look->grammar, row, len))
            return trouble(look, CSV_OTHER, look->row);
    }
    look->cut->last[look->cut->ended++ % CSV_LAST] = look->row;
    look->cut->end = next;
    look->cut->lines += look->inside + 1;
    look->cut->rows += !none;
    look->row = next;
    look->closed = 0;
    look->inside = 0;
    return true;
}

static bool at_line_end(struct look *look, size_t at)
{
    if (look->text[at] == '\r') {
        if (at + 1 == look->len && !look->final) {
            look->len = at; /* whether LF follows is not in view */
            return false;
        }
        if (at + 1 < look->len && look->text[at + 1] == '\n')
            return true;
    }
    if (at > longest(look))
        return trouble(look, CSV_LONG, at);
    return end_row(look, at, at + 1);
}

/* Does a quote at `at` stand at the start of a cell? */
static bool opens(const struct look *look, size_t at)
{
    const struct csv_grammar *grammar = look->grammar;
    while (at > look->row && csv_is_gap(grammar, look->text[at - 1]))
        at--;
    return at == look->row || (look->text[at - 1] == grammar->delimiter &&
                               at - 1 != look->escaped);
}

static bool at_quote(struct look *look, size_t at)
{
    if (at > longest(look))
        return trouble(look, CSV_LONG, at);
    if (opens(look, at)) {
        look->quoted = true;
        look->opened = at;
    } else if (look->text[at - 1] == '=' && opens(look, at - 1)) {
        size_t after = csv_wrapped(look->grammar, look->text, look->len, at);
        if (after == CSV_UNDECIDED)
            return look->final; /* nor is the row's end in view */
        look->skip = after > look->skip ? after : look->skip;
    }
    return true;
}

static bool at_escape(struct look *look, size_t at)
{
    if (!look->quoted && at > longest(look))
        return trouble(look, CSV_LONG, at);
    look->escaped = at + 1;
    look->skip = at + 2;
    if (at + 1 < look->len && counts(look, at + 1))
        look->inside++;
    return true;
}

/* Does a quoted cell that is longer than damage may be hold lines that look
 * like rows? Then a stray quote has opened it, and another one closed it. */
static bool swallows(const struct look *look, size_t end)
{
    enum { ENOUGH = 3 };
    const struct csv_grammar *grammar = look->grammar;
    unsigned found = 0, width = 0;
    if (grammar->width == 0 || end - look->opened <= CSV_SPOILT)
        return false;
    for (size_t at = look->opened + 1; at < end && found < ENOUGH; at++) {
        if (look->text[at] == grammar->delimiter) {
            width++;
        } else if (look->text[at] == '\n' || look->text[at] == '\r') {
            found += width + 1 == grammar->width;
            width = 0;
        }
    }
    return found == ENOUGH;
}

/* A quote within quotes: doubled, or the closing one with what follows it. */
static bool at_close(struct look *look, size_t at)
{
    const struct csv_grammar *grammar = look->grammar;
    size_t next = at + 1;
    if (next == look->len && !look->final)
        return false;
    if (next < look->len && grammar->doubled &&
        look->text[next] == grammar->quote) {
        look->skip = next + 1;
        return true;
    }
    if (swallows(look, at))
        return stray(look, CSV_ASTRAY, at);
    look->quoted = false;
    look->closed = next;
    while (next < look->len && csv_is_gap(grammar, look->text[next]))
        next++;
    if (next > longest(look))
        return trouble(look, CSV_LONG, next);
    if (next == look->len)
        return look->final;
    char follows = look->text[next];
    if (follows != grammar->delimiter && follows != '\n' && follows != '\r')
        return stray(look, CSV_TEXT_AFTER, next);
    return true;
}

static bool within_quotes(struct look *look, size_t at)
{
    size_t limit = look->opened + look->grammar->max_quoted;
    char byte = look->text[at];
    if (at > limit)
        return stray(look, CSV_FAR, limit);
    if (byte == look->grammar->quote)
        return at_close(look, at);
    if (byte != '\n' && byte != '\r')
        return at_escape(look, at);
    look->inside += counts(look, at);
    return true;
}

static inline bool look_at(struct look *look, size_t at)
{
    if (at < look->skip)
        return true;
    if (look->quoted)
        return within_quotes(look, at);
    char byte = look->text[at];
    if (byte == '\n' || byte == '\r')
        return at_line_end(look, at);
    return byte == look->grammar->quote ? at_quote(look, at)
                                        : at_escape(look, at);
}

/* What is left after the last line end. */
static void look_back(struct look *look)
{
    size_t limit = look->opened + look->grammar->max_quoted;
    if (look->quoted && look->len > limit + 1)
        stray(look, CSV_FAR, limit);
    else if (look->quoted && look->final)
        stray(look, CSV_UNCLOSED, look->len);
    else if (!look->quoted && look->len > longest(look))
        trouble(look, CSV_LONG, look->len);
    else if (look->final && look->row < look->len)
        end_row(look, look->len, look->len);
}

static bool look_over(struct look *look)
{
    uint64_t masks[MASKS_BLOCKS];
    size_t len = look->len;
    for (size_t base = 0, i = 0; base < len; base += SCAN_BLOCK, i++) {
        size_t left = (len - base + SCAN_BLOCK - 1) / SCAN_BLOCK;
        if (i % MASKS_BLOCKS == 0)
            masks_way->ends(look->text + base, look->grammar->marks, masks,
                            left < MASKS_BLOCKS ? left : MASKS_BLOCKS);
        uint64_t events = masks[i % MASKS_BLOCKS];
        if (len - base < SCAN_BLOCK)
            events &= (UINT64_C(1) << (len - base)) - 1;
        for (; events != 0; events &= events - 1)
            if (!look_at(look, base + scan_first(events)))
                return false;
    }
    return true;
}

void csv_cut(const struct csv_grammar *grammar, const char *text, size_t len,
             bool final, struct csv_cut *cut)
{
    *cut = (struct csv_cut){0};
    struct look look = {
        .grammar = grammar,
        .text = text,
        .len = len,
        .final = final,
        .escaped = SIZE_MAX,
        .cut = cut,
    };
    look_over(&look);
    if (cut->trouble == CSV_SOUND)
        look_back(&look);
}
