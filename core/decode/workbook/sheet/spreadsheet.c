/* spreadsheet.c: what a spreadsheet does to a text when it opens a file, as far
 * as the text tells: what Excel takes for a number or a date depends on its
 * language as well, so that rather too much is taken for one than too little.
 */
#include "spreadsheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/unseen.h"
#include "base/utf8.h"

enum { SHORT = 64 };  /* what is longer is no number and no date */
enum { DIGITS = 11 }; /* more of them are shown as 1.1E+11, and saved so */

/* What nobody sees, control characters as well, may be left out by a program
 * that reads the cell. */
static const char *first_seen(const char *text, const char *end)
{
    const char *at = text;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (!utf8_is_space(rune) && unseen_find(rune) == NULL)
            return text;
        text = at;
    }
    return end;
}

/* Also in full width: U+FF1D, U+FF0B, U+FF0D, U+FF20. */
static bool runs(const char *text, size_t len)
{
    static const char *const wide[] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B",
                                       "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    const char *seen = first_seen(text, text + len);
    len -= (size_t)(seen - text);
    text = seen;
    if (len > 0 && memchr("=+-@", text[0], 4) != NULL)
        return true;
    for (size_t i = 0; len >= 3 && i < sizeof wide / sizeof *wide; i++)
        if (memcmp(text, wide[i], 3) == 0)
            return true;
    return false;
}

/* Digits, and what stands among them in numbers, times and dates. */
static bool is_numeric(const char *text, size_t len)
{
    bool digit = false;
    for (size_t i = 0; i < len; i++) {
        if (ascii_digit(text[i]))
            digit = true;
        else if (text[i] == '\0' || !strchr(" .,:/-+eE%()$", text[i]))
            return false;
    }
    return digit && len <= SHORT;
}

/* The one kind of number that comes back as it was. */
static bool is_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!ascii_digit(text[i]))
            return false;
    return len <= DIGITS && (len == 1 || text[0] != '0');
}

/* A month or half of a day among digits: 2-Jan, MAR1, 5 May 2020, 10 AM. */
static bool is_named_date(const char *text, size_t len)
{
    static const char *const names[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    enum { LETTERS = 9 }; /* september */
    char letters[LETTERS];
    size_t count = 0;
    bool digit = false, blank = false;
    for (size_t i = 0; i < len && len < SHORT; i++) {
        char byte = text[i];
        if (ascii_digit(byte)) {
            digit = true;
        } else if (byte == ' ') {
            blank = true;
        } else if (byte < '-' || byte > ':') { /* none of - / . : */
            if (byte == ',')
                continue;
            if (count == LETTERS)
                return false;
            letters[count++] = byte;
        }
    }
    if (!digit || count == 0)
        return false;
    for (size_t i = 0; count >= 3 && i < sizeof names / sizeof *names; i++)
        if (count <= strlen(names[i]) &&
            strncasecmp(letters, names[i], count) == 0)
            return true;
    return blank && (count == 1 || count == 2) &&
           (letters[0] == 'a' || letters[0] == 'A' || letters[0] == 'p' ||
            letters[0] == 'P') &&
           (count == 1 || letters[1] == 'm' || letters[1] == 'M');
}

static bool is_truth(const char *text, size_t len)
{
    return (len == 4 && strncasecmp(text, "true", 4) == 0) ||
           (len == 5 && strncasecmp(text, "false", 5) == 0);
}

/* What numbers, dates and truths begin with: most texts do not. */
static bool may_change(const char *text, size_t len)
{
    return len > 0 && len < SHORT && text[0] != '\0' &&
           strchr("0123456789.,($jfmasondtJFMASONDT", text[0]) != NULL;
}

bool spreadsheet_changes(const char *text, size_t len)
{
    const char *start = text, *end = text + len;
    if (len > 0 && (text[0] == '\t' || text[0] == '\r'))
        return true;
    utf8_trim(&start, &end);
    size_t rest = (size_t)(end - start);
    if (runs(start, rest) || !may_change(start, rest))
        return runs(start, rest);
    return (is_numeric(start, rest) && !is_plain(start, rest)) ||
           is_named_date(start, rest) || is_truth(start, rest);
}

/* False where the text is no number. A comma may be a point. */
static bool read_number(const char *text, size_t len, double *number)
{
    char copy[SHORT + 1], *end;
    if (len == 0 || len > SHORT || !is_numeric(text, len))
        return false;
    for (size_t i = 0; i < len; i++)
        copy[i] = text[i];
    copy[len] = '\0';
    for (char *at = strchr(copy, ','); at != NULL; at = strchr(at, ','))
        *at = '.';
    *number = strtod(copy, &end);
    return *end == '\0';
}

/* 1.1004E+13 is the old number with as many digits as it shows. */
static bool is_shortened(double old, const char *now, size_t len, double number)
{
    char text[SHORT];
    size_t digits = 0;
    if (memchr(now, 'E', len) == NULL && memchr(now, 'e', len) == NULL)
        return false;
    for (size_t i = 0; i < len && now[i] != 'E' && now[i] != 'e'; i++)
        digits += ascii_digit(now[i]);
    if (digits == 0)
        return false;
    snprintf(text, sizeof text, "%.*E", (int)digits - 1, old);
    return strtod(text, NULL) == number;
}

static bool is_date(const char *text, size_t len)
{
    if (is_named_date(text, len))
        return true;
    unsigned parts = 0;
    for (size_t i = 0; i < len; i++)
        parts += memchr("-/.: ", text[i], 5) != NULL;
    return parts > 0 && is_numeric(text, len);
}

bool spreadsheet_made(const char *old, size_t old_len, const char *now,
                      size_t now_len)
{
    double before, after;
    if (old_len == now_len && memcmp(old, now, now_len) == 0)
        return false;
    if (read_number(old, old_len, &before) && read_number(now, now_len, &after))
        return before == after || is_shortened(before, now, now_len, after);
    return (is_date(old, old_len) && is_date(now, now_len)) ||
           (is_truth(old, old_len) && is_truth(now, now_len) && old[0] != '\0');
}
