/* unwrap.c: what a spreadsheet puts around digits so that they stay text:
 * `="00123"`, and an apostrophe before them. A formula that is more than such a
 * text stays as it is. */
#include "unwrap.h"

#include <string.h>

#include "base/ascii.h"

/* The text within `="…"`: its quotes are doubled, or it is a formula. */
static bool unwrap_formula(struct value *cell, struct arena *arena)
{
    const char *from = cell->text + 2;
    size_t len = cell->len - 3, out = 0, quotes = 0;
    for (size_t i = 0; i < len; i++, quotes++) {
        const char *quote = memchr(from + i, '"', len - i);
        if (quote == NULL)
            break;
        i = (size_t)(quote - from) + 1;
        if (i == len || from[i] != '"')
            return false;
    }
    cell->text = from;
    cell->len = (uint32_t)len;
    if (quotes == 0)
        return true;
    char *to = arena_alloc(arena, len);
    for (size_t i = 0; i < len; i++) {
        to[out++] = from[i];
        i += from[i] == '"';
    }
    cell->text = to;
    cell->len = (uint32_t)out;
    return true;
}

static bool is_wordy(char byte)
{
    return ascii_digit(byte) || ascii_letter(byte) || (byte & 0x80) != 0;
}

/* Does an apostrophe end a word, as the second one of two around words? */
static bool has_second(const char *text, size_t len)
{
    for (size_t i = 2; i < len; i++)
        if (text[i] == '\'' && is_wordy(text[i - 1]) &&
            (i + 1 == len || !is_wordy(text[i + 1])))
            return true;
    return false;
}

/* `'s-Hertogenbosch`, `'t Hart` and 'what is' between two keep it. */
static bool keeps_apostrophe(const struct value *cell)
{
    const char *text = cell->text;
    if (cell->len > 1 && text[cell->len - 1] == '\'')
        return true;
    if (has_second(text, cell->len))
        return true;
    return cell->len > 3 && text[1] >= 'a' && text[1] <= 'z' &&
           (text[2] == '-' || text[2] == ' ');
}

bool table_unwrap(struct value *cell, struct arena *arena)
{
    const char *text = cell->text;
    size_t len = cell->len;
    if (len >= 3 && text[0] == '=' && text[1] == '"' && text[len - 1] == '"')
        return unwrap_formula(cell, arena);
    if (len == 0 || text[0] != '\'' || keeps_apostrophe(cell))
        return false;
    do {
        cell->text++;
        cell->len--;
    } while (cell->len > 0 && cell->text[0] == '\'');
    return true;
}
