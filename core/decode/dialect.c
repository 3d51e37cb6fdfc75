/* dialect.c: a cell as its dialect writes it, so that reading it gives the
 * same text again. */
#include "dialect.h"

#include <string.h>

const struct dialect dialect_usual = {
    .delimiter = ',', .quote = '"', .escape = '"'};

static void put_plain(struct buf *out, const struct dialect *dialect,
                      const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool ends =
            text[i] == '\n' || text[i] == '\r' || text[i] == dialect->delimiter;
        buf_putc(out, ends ? ' ' : text[i]);
    }
}

static bool needs_quotes(const struct dialect *dialect, const char *text,
                         size_t len)
{
    const char special[] = {'\n', '\r', dialect->delimiter, dialect->quote,
                            dialect->escape ? dialect->escape : dialect->quote};
    if (len > 0 && (text[0] == ' ' || text[len - 1] == ' '))
        return true;
    for (size_t i = 0; i < len; i++)
        if (memchr(special, text[i], sizeof special) != NULL)
            return true;
    return false;
}

void dialect_put(struct buf *out, const struct dialect *dialect,
                 const char *text, size_t len)
{
    if (dialect->quote == '\0' || !needs_quotes(dialect, text, len)) {
        put_plain(out, dialect, text, len);
        return;
    }
    char escape = dialect->escape ? dialect->escape : dialect->quote;
    buf_putc(out, dialect->quote);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == dialect->quote || text[i] == escape)
            buf_putc(out, escape);
        buf_putc(out, text[i]);
    }
    buf_putc(out, dialect->quote);
}
