/* quotes.h: how a value stands in its line of a configuration file.
 *
 * A value that begins with a quote, " or ', ends with the same one: what is
 * between them is taken as it stands, blanks and ";" included, and nothing but
 * a comment follows. Pure. */
#ifndef FASTSYNC_CONFIG_QUOTES_H
#define FASTSYNC_CONFIG_QUOTES_H

#include <stdbool.h>

enum value_form {
    VALUE_BARE,
    VALUE_QUOTED, /* it stood in quotes, which are no part of it */
    VALUE_CUT,    /* a comment followed it, or what was taken for one */
    VALUE_OPEN,   /* it begins with a quote and does not end with it */
};

/* `line` is "name = value", with all that follows; `*value` is the value as
 * libinih has taken it, and then what it is. The line is written into. */
enum value_form quotes_read(char *line, const char **value);
/* Do quotes, also those of a word processor, stand around a text that is not
 * that of a file? At an end of it? */
bool quotes_around(const char *text);
bool quotes_at_end(const char *text);

#endif
