/* lines.h: the lines of an INI file, one setting after the other.
 *
 * libinih takes lines apart; it is handed them one at a time, so that every
 * message can name file and line, and so that an indented line is a setting
 * and not the continuation of the one above; quotes it does not know, so those
 * are looked for in the line itself. What secrets pass through is wiped. */
#ifndef FASTSYNC_CONFIG_LINES_H
#define FASTSYNC_CONFIG_LINES_H

#include <stdbool.h>

#include "base/err.h"
#include "content.h"
#include "quotes.h"

/* "name = value"; all is borrowed until the call ends. */
struct line {
    const char *path;
    unsigned number;
    const char *section; /* "default" before any */
    const char *name, *value;
    enum value_form form;
};

/* Calls `take` for each; the first that answers false, with err, ends it. What
 * is no such line is EXIT_USAGE. */
bool lines_each(const struct content *content, const char *path,
                bool (*take)(void *owner, const struct line *line,
                             struct err *err),
                void *owner, struct err *err);
/* "path:number: text"; answers false. */
bool lines_fail(const struct line *line, const char *text, struct err *err);

#endif
