/* ours.c: our own rejects files, told by the columns that we added: they must
 * end the first row, whole and in their order. What stands in a cell, or in
 * the middle of a header, is no sign of anything. */
#include <string.h>

#include "csv.h"
#include "decode/rejected.h"

static bool take_text(const char **at, const char *end, const char *text,
                      char quote)
{
    size_t len = strlen(text);
    bool quoted = *at < end && **at == quote;
    const char *from = *at + quoted;
    if ((size_t)(end - from) < len + quoted || memcmp(from, text, len) != 0 ||
        (quoted && from[len] != quote))
        return false;
    *at = from + len + quoted;
    return true;
}

/* The delimiter when a rejects file's own columns stand at `at`; moves past
 * them. `before`: the byte in front of them, 0 where there is none. */
static bool take_ours(const char **at, const char *end, bool whole, char quote,
                      char before, char *delimiter)
{
    char found = 0;
    for (int i = 0; i < REJECTED_COLUMNS; i++) {
        if (!take_text(at, end, rejected_columns[i], quote))
            return false;
        if (i + 1 == REJECTED_COLUMNS)
            break;
        if (*at >= end || (i > 0 && **at != found))
            return false;
        found = *(*at)++;
    }
    *delimiter = found;
    return csv_may_delimit(found) && before == found &&
           (*at == end ? whole : **at == '\n' || **at == '\r');
}

/* Do the first `len` bytes make one row, all of it? A quote in a name is
 * doubled or has the usual escape in front. */
static bool is_one_row(const char *head, size_t len, char delimiter, char quote)
{
    const char escapes[] = {quote, '\\'};
    for (size_t i = 0; i < sizeof escapes; i++) {
        struct dialect dialect = {delimiter, quote, escapes[i]};
        struct csv_grammar grammar = csv_grammar(&dialect);
        struct csv_cut cut;
        grammar.as_is = true; /* `# Code` is a name */
        csv_cut(&grammar, head, len, true, &cut);
        if (cut.rows == 1 && cut.end == len)
            return true;
    }
    return false;
}

bool csv_is_rejects(const char *head, size_t len, bool whole, int quote,
                    char *delimiter)
{
    char mark = quote > 0 ? (char)quote : '"';
    char quotes = quote == 0 ? '\0' : mark; /* what divides no cells */
    const char *end = head + len;
    for (const char *at = head; at < end; at++) {
        at = memchr(at, '_', (size_t)(end - at));
        if (at == NULL)
            return false;
        const char *next = at > head && at[-1] == mark ? at - 1 : at;
        char found, before = next > head ? next[-1] : '\0';
        if (!take_ours(&next, end, whole, mark, before, &found))
            continue;
        if (!is_one_row(head, (size_t)(next - head), found, quotes))
            continue;
        *delimiter = found;
        return true;
    }
    return false;
}

/* The head as UTF-8: spreadsheets may save a file as "Unicode text". */
static void add_head(struct buf *out, const char *marked, const char *head,
                     size_t len)
{
    struct transcoder transcoder;
    if (marked == NULL || charset_is_utf8(marked) ||
        !transcoder_open(&transcoder, marked)) {
        buf_add(out, head, len);
        return;
    }
    transcoder_decode(&transcoder, head, len, false, out);
    transcoder_close(&transcoder);
    buf_reserve(out, 1);
}

bool csv_is_ours(const char *head, size_t len, int quote)
{
    size_t mark;
    char delimiter;
    struct buf copy = {0};
    const char *marked = charset_mark(head, len, &mark);
    buf_reserve(&copy, len + 1); /* csv_cut looks ahead */
    add_head(&copy, marked, head + mark, len - mark);
    bool ours =
        csv_is_rejects(copy.at, copy.len, len < SOURCE_PEEK, quote, &delimiter);
    buf_release(&copy);
    return ours;
}

bool csv_claims(const char *head, size_t len)
{
    return csv_is_ours(head, len, -1);
}
