/* quotes.c: libinih knows no quotes, and ends a value at a " ;" wherever it
 * stands; so the line is looked at once more. */
#include "quotes.h"

#include <string.h>

static const char blanks[] = " \t\r\n";

/* The value in quotes, ended where its closing quote was; NULL: open. */
static char *unquote(char *at)
{
    char *end = strchr(at + 1, *at);
    if (end == NULL)
        return NULL;
    char after = end[1 + strspn(end + 1, blanks)];
    if (after != '\0' && after != ';' && after != '#')
        return NULL;
    *end = '\0';
    return at + 1;
}

/* What stands behind a value in its line is a comment. */
static enum value_form look_behind(const char *at, const char *value)
{
    size_t len = strlen(value);
    if (strncmp(at, value, len) != 0)
        return VALUE_BARE;
    at += len;
    return at[strspn(at, blanks)] == '\0' ? VALUE_BARE : VALUE_CUT;
}

enum value_form quotes_read(char *line, const char **value)
{
    char *at = line + strcspn(line, "=:");
    at += *at != '\0';
    at += strspn(at, blanks);
    if (*at != '"' && *at != '\'')
        return look_behind(at, *value);
    char *inside = unquote(at);
    if (inside == NULL)
        return VALUE_OPEN;
    *value = inside;
    return VALUE_QUOTED;
}
