/* mail.c: what a mail address is: something, an @, and a name with a dot.
 *
 * Which addresses exist no program knows; this finds what can be none: a
 * telephone number, two addresses without a mark between them, a blank, a
 * letter that keyboards put there. Several are divided by ";" or ",". */
#include "charset/letters.h"
#include "questions.h"

#include <string.h>

#include "validate.h"

#include "base/ascii.h"

/* The part before the @: dots divide, and stand at no end. */
static bool is_local(const char *at, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool dot = at[i] == '.';
        if (dot && (i == 0 || i + 1 == len || at[i + 1] == '.'))
            return false;
        if (!dot && !ascii_letter(at[i]) && !ascii_digit(at[i]) &&
            (at[i] == '\0' || strchr("_+-%'&=*~^{}|#$!", at[i]) == NULL))
            return false;
    }
    return len > 0;
}

/* Names of letters, digits and "-", with dots between them; the last one is no
 * number. */
static bool is_domain(const char *at, size_t len)
{
    size_t start = 0, dots = 0;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && at[i] != '.') {
            if (!ascii_letter(at[i]) && !ascii_digit(at[i]) && at[i] != '-' &&
                at[i] != '_')
                return false;
            continue;
        }
        if (i == start)
            return false;
        if (i == len)
            return dots > 0 && i - start >= 2 && ascii_letter(at[i - 1]);
        dots++;
        start = i + 1;
    }
    return false;
}

static bool is_address(const char *text, size_t len)
{
    const char *at = memchr(text, '@', len);
    if (at == NULL)
        return false;
    size_t local = (size_t)(at - text);
    return is_local(text, local) && is_domain(at + 1, len - local - 1);
}

/* Ends in blanks are no part of an address; a line end divides none. */
static void without_blanks(const char **text, size_t *len)
{
    while (*len > 0 && **text == ' ') {
        ++*text;
        --*len;
    }
    while (*len > 0 && (*text)[*len - 1] == ' ')
        --*len;
}

/* The next address, up to its mark; its length, and how much was read. */
static size_t next_address(const char *at, size_t left, size_t *read)
{
    size_t len = 0;
    while (len < left && at[len] != ';' && at[len] != ',')
        len++;
    *read = len < left ? len + 1 : len;
    return len;
}

bool look_mail(struct looked *looked)
{
    const char *at = looked->value->text;
    size_t left = looked->value->len, found = 0, read;
    if (looked->field->kind->road != ROAD_MAIL)
        return true;
    for (; left > 0; at += read, left -= read) {
        const char *address = at;
        size_t len = next_address(at, left, &read);
        without_blanks(&address, &len);
        if (len == 0)
            continue;
        found++;
        if (is_address(address, len))
            continue;
        struct value part = value_text(address, len);
        looked_warn(looked, WARNING_MAIL,
                    "%s is no mail address (several are divided by ;)",
                    field_shown(&part, looked->faults->arena));
        return true;
    }
    if (found == 0)
        looked_warn(looked, WARNING_MAIL, "there is no mail address in it");
    return true;
}
