/* grammar.c: what the bytes of a dialect mean, outside quotes. */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "csv.h"

struct csv_limits csv_limits = {
    .chunk = CHUNK_BYTES,
    .quote = 16 * 1024 * 1024,
    .row = 16 * 1024 * 1024,
};

void csv_may_begin(struct csv_grammar *grammar, char byte)
{
    unsigned char at = (unsigned char)byte;
    grammar->skips[at >> 6] |= UINT64_C(1) << (at & 63);
}

/* White space, also as UTF-8 begins it; dashes; comments. */
void csv_skips(struct csv_grammar *grammar)
{
    static const char bytes[] = "\t\n\v\f\r \xC2\xE1\xE2\xE3\xEF-=_+|#(";
    for (size_t i = 0; i + 1 < sizeof bytes; i++)
        csv_may_begin(grammar, bytes[i]);
    csv_may_begin(grammar, grammar->delimiter);
    csv_may_begin(grammar, grammar->quote);
}

struct csv_grammar csv_grammar(const struct dialect *dialect)
{
    char quote = dialect->quote, escape = dialect->escape;
    struct csv_grammar grammar = {
        .delimiter = dialect->delimiter,
        .quote = quote ? quote : '\n',
        .escape = escape && escape != quote ? escape : '\n',
        .doubled = quote && escape,
        .max_quoted = csv_limits.quote,
        .max_row = csv_limits.row,
    };
    csv_skips(&grammar);
    return grammar;
}

bool csv_is_gap(const struct csv_grammar *grammar, char byte)
{
    return (byte == ' ' || byte == '\t') && byte != grammar->delimiter;
}

/* `#1;An` is a row, `#,Mã,Tên` a header; `#x` is a comment where it is all
 * there is in a line of many columns, and a row where it may be all a row has.
 */
bool csv_is_comment(const struct csv_grammar *grammar, const char *text,
                    size_t len)
{
    size_t at = 1;
    if (len == 0 || text[0] != '#' || grammar->as_is)
        return false;
    while (at < len && csv_is_gap(grammar, text[at]))
        at++;
    if (at == len || text[at] == '#')
        return true;
    if (text[at] == grammar->delimiter)
        return false;
    return at > 1 ||
           (!grammar->narrow && memchr(text, grammar->delimiter, len) == NULL);
}

bool csv_is_blank(const struct csv_grammar *grammar, const char *text,
                  size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end) {
        const char *here = at;
        if (!utf8_is_space(utf8_next(&at, end)) || *here == grammar->delimiter)
            return false;
    }
    return true;
}

size_t csv_next_line(const char *text, size_t len, size_t from)
{
    for (size_t i = from; i < len; i++) {
        if (text[i] == '\n')
            return i + 1;
        if (text[i] == '\r')
            return i + 1 < len && text[i + 1] == '\n' ? i + 2 : i + 1;
    }
    return len;
}

bool csv_may_delimit(char byte)
{
    unsigned char value = (unsigned char)byte;
    return value < 0x80 && value != 0 && byte != '\n' && byte != '\r' &&
           byte != '_' && !isalnum(value);
}

size_t csv_wrapped(const struct csv_grammar *grammar, const char *text,
                   size_t len, size_t opened)
{
    size_t at = opened + 1;
    while (at < len && text[at] != '\n' && text[at] != '\r') {
        bool pair = at + 1 < len && text[at + 1] == grammar->quote;
        if (text[at] == grammar->quote && !pair)
            break;
        if (text[at] == grammar->escape) /* no spreadsheet writes that */
            return 0;
        at += text[at] == grammar->quote ? 2 : 1;
    }
    if (at >= len)
        return CSV_UNDECIDED;
    if (text[at] != grammar->quote)
        return 0;
    size_t next = at + 1;
    while (next < len && csv_is_gap(grammar, text[next]))
        next++;
    bool ends = next == len || text[next] == grammar->delimiter ||
                text[next] == '\n' || text[next] == '\r';
    return ends ? at + 1 : 0;
}
