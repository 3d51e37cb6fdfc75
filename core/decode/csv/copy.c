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

/* Bytes that were written by their number may be no text. */
static void check_text(struct csv_rows *rows, const char *text, size_t len)
{
    size_t valid = utf8_valid(text, len);
    if (valid < len || memchr(text, '\0', len) != NULL)
        rows->escaped = "an escape makes a byte of it that is no UTF-8, or NUL";
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

void csv_uncopy(struct csv_rows *rows, struct value *cell, bool quoted)
{
    (void)quoted; /* nothing is */
    const char *at = cell->text, *end = at + cell->len;
    size_t len = 0;
    char *text = arena_alloc(rows->arena, cell->len);
    if (cell->len == 2 && memcmp(at, "\\N", 2) == 0)
        at = end;
    bool odd = rows->start < rows->bad_upto; /* told by the masks already */
    while (at < end) {
        bool escape = *at == '\\' && end - at > 1;
        at += escape;
        text[len++] = escape ? read_escape(&at, end) : *at++;
    }
    if (len > 0 && !odd)
        check_text(rows, text, len);
    if (rows->escaped != NULL || odd) {
        cell->len = 0; /* the row is not taken */
        return;
    }
    put(rows, cell, text, len);
}
