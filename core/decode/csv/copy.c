/* copy.c: cells as PostgreSQL's COPY writes them: `\N` is nothing, `\t \n \r
 * \b \f \v` are control characters, `\101` and `\x41` bytes, and a backslash
 * before any other character says that it is meant. A line of `\.` ends the
 * rows (stop.c). */
#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"
#include "rows.h"

/* The value of a digit of that base, or -1. */
static int digit_of(char byte, int base)
{
    int digit = byte >= '0' && byte <= '9'   ? byte - '0'
                : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                             : -1;
    return digit < base ? digit : -1;
}

/* A byte by its number: `most` digits of it, at the least one; *at moves past
 * them. */
static bool read_byte(const char **at, const char *end, int base, int most,
                      char *byte)
{
    int number = 0, digits = 0;
    for (; digits < most && *at < end && digit_of(**at, base) >= 0; digits++)
        number = number * base + digit_of(*(*at)++, base);
    *byte = (char)number;
    return digits > 0;
}

/* What the backslash before *at says; *at moves past it. */
static char read_escape(const char **at, const char *end)
{
    static const char letters[] = "bfnrtv", bytes[] = "\b\f\n\r\t\v";
    const char *next = *at + 1;
    char byte;
    if (**at == 'x' && read_byte(&next, end, 16, 2, &byte)) {
        *at = next;
        return byte;
    }
    if (read_byte(at, end, 8, 3, &byte))
        return byte;
    const char *letter = memchr(letters, **at, sizeof letters - 1);
    byte = letter != NULL ? bytes[letter - letters] : **at;
    ++*at;
    return byte;
}

static bool is_text(const char *text, size_t len)
{
    return len == 0 || (utf8_valid(text, len) == len &&
                        memchr(text, '\0', len) == NULL);
}

static void put(struct csv_rows *rows, struct value *cell, char *text,
                size_t len)
{
    if (!utf8_is_nfc(text, len)) {
        buf_clear(&rows->scratch);
        utf8_nfc(&rows->scratch, text, len);
        len = rows->scratch.len;
        text = memcpy(arena_alloc(rows->arena, len), rows->scratch.at, len);
    }
    cell->text = text;
    cell->len = (uint32_t)len;
    cell->flags = value_flags(text, len);
}

/* What stands there may be no text already: that is told by who looks at bytes.
 * What bytes that were written by their number make of it, here. */
void csv_uncopy(struct csv_rows *rows, struct value *cell, bool quoted)
{
    (void)quoted; /* nothing is */
    const char *at = cell->text, *end = at + cell->len;
    char *text = arena_alloc(rows->arena, cell->len);
    size_t len = 0;
    bool nothing = cell->len == 2 && memcmp(at, "\\N", 2) == 0;
    bool sound = is_text(at, cell->len);
    while (sound && !nothing && at < end) {
        bool escape = *at == '\\' && end - at > 1;
        at += escape;
        text[len++] = escape ? read_escape(&at, end) : *at++;
    }
    if (!is_text(text, len)) {
        rows->escaped = "an escape makes a byte of it that is no UTF-8, or NUL";
        len = 0;
    }
    put(rows, cell, text, len);
}
