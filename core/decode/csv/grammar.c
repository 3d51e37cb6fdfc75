/* grammar.c: what the bytes of a dialect mean, outside quotes. */
#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "csv.h"

struct csv_grammar csv_grammar(const struct dialect *dialect)
{
    char quote = dialect->quote, escape = dialect->escape;
    return (struct csv_grammar){
        .delimiter = dialect->delimiter,
        .quote = quote ? quote : '\n',
        .escape = escape && escape != quote ? escape : '\n',
        .doubled = quote && escape,
    };
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
