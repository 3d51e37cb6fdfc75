/* quotes.h: how a value stands in its line of a configuration file.
 *
 * A value that begins with a quote, " or ', ends with the same one: what is
 * between them is taken as it stands, blanks and ";" included, and nothing but
 * a comment follows. Pure. */
#ifndef FASTSYNC_CONFIG_QUOTES_H
#define FASTSYNC_CONFIG_QUOTES_H

enum value_form {
    VALUE_BARE,
    VALUE_QUOTED, /* it stood in quotes, which are no part of it */
    VALUE_CUT,    /* a comment followed it, or what was taken for one */
    VALUE_OPEN,   /* it begins with a quote and does not end with it */
};

/* `line` is "name = value", with all that follows; `*value` is the value as
 * libinih has taken it, and then what it is. The line is written into. */
enum value_form quotes_read(char *line, const char **value);

#endif
