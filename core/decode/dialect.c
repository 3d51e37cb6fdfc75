/* dialect.c: a cell as its dialect writes it, so that reading it gives the
 * same text again. */
#include "dialect.h"

#include <string.h>

const struct dialect dialect_usual = {
    .delimiter = ',', .quote = '"', .escape = '"'};

/* A blank stands for what would end a cell; where that is one, a line. */
static void put_plain(struct buf *out, const struct dialect *dialect,
                      const char *text, size_t len)
{
    char instead = dialect->delimiter == ' ' ? '_' : ' ';
    for (size_t i = 0; i < len; i++) {
        bool ends =
            text[i] == '\n' || text[i] == '\r' || text[i] == dialect->delimiter;
        buf_putc(out, ends ? instead : text[i]);
    }
}

static bool holds(const char *text, size_t len, char c)
{
    return memchr(text, c, len) != NULL;
}

static bool needs_quotes(const struct dialect *dialect, const char *text,
                         size_t len)
{
    char escape = dialect->escape;
    if (len == 0)
        return false;
    return text[0] == ' ' || text[len - 1] == ' ' ||
           holds(text, len, dialect->delimiter) ||
           holds(text, len, dialect->quote) || holds(text, len, '\n') ||
           holds(text, len, '\r') ||
           (escape != '\0' && escape != dialect->quote &&
            holds(text, len, escape));
}

/* The first quote or escape, or `end`. */
static const char *next_special(const char *at, const char *end, char quote,
                                char escape)
{
    const char *found = memchr(at, quote, (size_t)(end - at));
    end = found != NULL ? found : end;
    if (escape != quote)
        found = memchr(at, escape, (size_t)(end - at));
    return found != NULL ? found : end;
}

/* Between the quotes; what needs no escape goes at once. */
static void put_quoted(struct buf *out, char quote, char escape,
                       const char *text, size_t len)
{
    const char *at = text, *end = text + len, *special;
    while ((special = next_special(at, end, quote, escape)) < end) {
        buf_add(out, at, (size_t)(special - at));
        buf_putc(out, escape);
        buf_putc(out, *special);
        at = special + 1;
    }
    buf_add(out, at, (size_t)(end - at));
}

void dialect_put(struct buf *out, const struct dialect *dialect,
                 const char *text, size_t len)
{
    char quote = dialect->quote;
    if (quote == '\0') {
        put_plain(out, dialect, text, len);
    } else if (!needs_quotes(dialect, text, len)) {
        buf_add(out, text, len);
    } else {
        buf_putc(out, quote);
        put_quoted(out, quote, dialect->escape ? dialect->escape : quote, text,
                   len);
        buf_putc(out, quote);
    }
}
