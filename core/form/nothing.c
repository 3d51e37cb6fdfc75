/* nothing.c: words that stand for no value, told by their first byte and their
 * length before they are compared. */
#include "nothing.h"

#include <string.h>
#include <strings.h>

/* A value that one of these is wrong for: a customer may be called Na, so NA is
 * not here. */
static const char *const words[] = {
    "null",
    "(null)",
    "[null]",
    "<null>",
    "{null}",
    "\\n",
    "n/a",
    "(n/a)",
    "<n/a>",
    "[n/a]",
    "n.a.",
    "#n/a",
    "#n/a!",
    "#null!",
    "#ref!",
    "#value!",
    "#name?",
    "#name!",
    "#div/0!",
    "#num!",
    "#spill!",
    "#calc!",
    "#field!",
    "#error!",
    "#blocked!",
    "#connect!",
    "#getting_data",
    "#unknown!",
    "#busy!",
    "nan",
    "-nan",
    "—",
    "–",
    "…",
    "none",
    "(none)",
    "<none>",
    "[none]",
    "nil",
    "(nil)",
    "<nil>",
    "nat",
    "<na>",
    "undefined",
    "(undefined)",
    "[undefined]",
    "<undefined>",
    "(blank)",
    "(empty)",
    "[blank]",
    "[empty]",
    "<blank>",
    "<empty>",
    "dbnull",
    "nullptr",
    "system.dbnull",
    "[object object]",
    "err:502",
    "err:508",
    "#n/d",
    "#ref",
    "#value",
};

#define ALL    UINT32_C(0xFFFFFFFF)
#define LEN(n) (UINT32_C(1) << (n))

#define ALL8(n)                                                                \
    [n] = ALL, [(n) + 1] = ALL, [(n) + 2] = ALL, [(n) + 3] = ALL,              \
    [(n) + 4] = ALL, [(n) + 5] = ALL, [(n) + 6] = ALL, [(n) + 7] = ALL

/* Held against the words by a test. Marks may repeat; white space begins with a
 * byte up to the blank, with 0xC2, or with one of 0xE1 and above; 0xC3 may
 * begin a false Đ. */
const uint32_t nothing_lengths[256] = {
    ALL8(0),
    ALL8(8),
    ALL8(16),
    ALL8(24),
    [' '] = ALL,
    [0xC2] = ALL,
    [0xC3] = ALL,
    [0xE1] = ALL,
    [0xE2] = ALL,
    [0xE3] = ALL,
    [0xE4] = ALL,
    [0xE5] = ALL,
    [0xE6] = ALL,
    [0xE7] = ALL,
    ALL8(0xE8),
    ALL8(0xF0),
    ALL8(0xF8),
    ['!'] = ALL,
    ['#'] = ALL,
    ['('] = ALL,
    ['*'] = ALL,
    [','] = ALL,
    ['-'] = ALL,
    ['.'] = ALL,
    ['/'] = ALL,
    [':'] = ALL,
    [';'] = ALL,
    ['<'] = ALL,
    ['='] = ALL,
    ['?'] = ALL,
    ['['] = ALL,
    ['\\'] = ALL,
    ['_'] = ALL,
    ['{'] = ALL,
    ['|'] = ALL,
    ['~'] = ALL,
    ['d'] = LEN(6),
    ['D'] = LEN(6),
    ['e'] = LEN(7),
    ['E'] = LEN(7),
    ['n'] = LEN(3) | LEN(4) | LEN(7),
    ['N'] = LEN(3) | LEN(4) | LEN(7),
    ['s'] = LEN(13),
    ['S'] = LEN(13),
    ['u'] = LEN(9),
    ['U'] = LEN(9),
};

/* Marks that people and programs put where there is nothing; `#####` is a
 * column of a spreadsheet that was too narrow. */
static bool is_marks(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (strchr("-_.?*#/,;:=~|!\\", text[i]) == NULL || text[i] == '\0')
            return false;
    return len > 0;
}

/* Nan and Nil are names of people; nan, NaN, NIL are not. */
static bool is_name(const char *text, size_t len)
{
    return len == 3 &&
           (strncmp(text, "Nan", len) == 0 || strncmp(text, "Nil", len) == 0);
}

bool is_nothing(const char *text, size_t len)
{
    uint32_t lengths = len == 0 ? 0 : nothing_lengths[(unsigned char)text[0]];
    if ((lengths >> (len & 31) & 1) == 0)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && strncasecmp(words[i], text, len) == 0)
            return !is_name(text, len);
    return is_marks(text, len);
}
