/* name.c: what a character may be in a name is in a table, for ASCII; beyond
 * it, ranges that every edition of XML 1.0 allows. */
#include "name.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum { NO, MORE, FIRST };

/* clang-format off */
static const unsigned char kinds[128] = {
    [':'] = FIRST, ['_'] = FIRST, ['-'] = MORE, ['.'] = MORE,
    ['0'] = MORE, MORE, MORE, MORE, MORE, MORE, MORE, MORE, MORE, MORE,
    ['A'] = FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST,
    FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST,
    FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST,
    ['a'] = FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST,
    FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST,
    FIRST, FIRST, FIRST, FIRST, FIRST, FIRST, FIRST,
};
/* clang-format on */

static int kind_of_wide(int32_t rune)
{
    static const struct {
        int32_t from, to;
        int kind;
    } ranges[] = {
        {0xC0, 0xD6, FIRST},   {0xD8, 0xF6, FIRST},     {0xF8, 0x131, FIRST},
        {0x141, 0x148, FIRST}, {0x14A, 0x17E, FIRST},   {0x180, 0x1C3, FIRST},
        {0x300, 0x345, MORE},  {0x1E00, 0x1E9B, FIRST}, {0x1EA0, 0x1EF9, FIRST},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (rune >= ranges[i].from && rune <= ranges[i].to)
            return ranges[i].kind;
    return NO;
}

char *name_end(char *at, const char *end)
{
    int least = FIRST;
    while (at < end) {
        const char *next = at + 1;
        unsigned char byte = (unsigned char)*at;
        int kind = NO;
        if (byte < 0x80) {
            kind = kinds[byte];
        } else {
            next = at;
            kind = kind_of_wide(utf8_next(&next, end));
            if (kind == NO)
                return NULL;
        }
        if (kind < least)
            return least == FIRST ? NULL : at;
        least = MORE;
        at += next - at;
    }
    return at;
}

bool name_is_xml(const char *name, size_t len)
{
    return len == 3 && strncasecmp(name, "xml", 3) == 0;
}

/* ` word="…"` at *at. */
static bool take(const char **at, const char *end, const char *word,
                 const char **value, size_t *len)
{
    const char *p = *at;
    size_t size = strlen(word);
    while (p < end && *p == ' ')
        p++;
    if (p == *at || (size_t)(end - p) < size + 3 || memcmp(p, word, size) != 0)
        return false;
    p += size;
    if (p[0] != '=' || (p[1] != '"' && p[1] != '\''))
        return false;
    const char *close = memchr(p + 2, p[1], (size_t)(end - p - 2));
    if (close == NULL)
        return false;
    *value = p + 2;
    *len = (size_t)(close - *value);
    *at = close + 1;
    return true;
}

static bool is_encoding(const char *name, size_t len)
{
    if (len == 0 || !ascii_letter(name[0]))
        return false;
    for (size_t i = 1; i < len; i++)
        if (!ascii_letter(name[i]) && !ascii_digit(name[i]) && name[i] != '.' &&
            name[i] != '_' && name[i] != '-')
            return false;
    return true;
}

static bool is_text(const char *text, size_t len, const char *wanted)
{
    return len == strlen(wanted) && memcmp(text, wanted, len) == 0;
}

bool name_is_head(const char *text, size_t len)
{
    const char *at = text + 3, *end = text + len, *value;
    size_t size;
    if (len < 3 || memcmp(text, "xml", 3) != 0 ||
        !take(&at, end, "version", &value, &size) ||
        !is_text(value, size, "1.0"))
        return false;
    if (take(&at, end, "encoding", &value, &size) && !is_encoding(value, size))
        return false;
    if (take(&at, end, "standalone", &value, &size) &&
        !is_text(value, size, "yes") && !is_text(value, size, "no"))
        return false;
    while (at < end && *at == ' ')
        at++;
    return at == end;
}
