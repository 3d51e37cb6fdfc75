/* parse.h: the text of a setting made its value, a kind after the other. */
#ifndef FASTSYNC_CONFIG_PARSE_H
#define FASTSYNC_CONFIG_PARSE_H

#include <stdbool.h>

#include "base/err.h"
#include "settings.h"

/* Sets `to`, the setting's member. False: EXIT_USAGE, with `where` in front;
 * the member keeps what it had. */
bool setting_parse(const struct setting *setting, void *to, const char *value,
                   const char *where, struct err *err);
/* Is the member a text, which config owns? */
bool setting_is_text(const struct setting *setting);
/* Does each saying add to the others, whoever says it? */
bool setting_adds(const struct setting *setting);
/* Does its value end in the path of a secret (login.h)? */
bool setting_is_login(const struct setting *setting);
/* Wipes and frees one. */
void setting_drop(char **text);

#endif
