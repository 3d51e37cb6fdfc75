/* value.h: the text of a setting made its value, a kind after the other. */
#ifndef FASTSYNC_CONFIG_VALUE_H
#define FASTSYNC_CONFIG_VALUE_H

#include <stdbool.h>

#include "base/err.h"
#include "settings.h"

/* Sets `to`, the setting's member. False: EXIT_USAGE, with `where` in front;
 * the member keeps what it had. */
bool value_set(const struct setting *setting, void *to, const char *value,
               const char *where, struct err *err);
/* Is the member a text, which config owns? */
bool value_is_text(const struct setting *setting);
/* Wipes and frees one. */
void value_drop_text(char **text);

#endif
