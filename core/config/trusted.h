/* trusted.h: the folders' files that the user has trusted: a list of their
 * paths and SHA-256, $XDG_STATE_HOME/fastsync/trusted, a line each, as
 * sha256sum writes them. A file that has changed is another one.
 *
 * The path is the one it was read by, its folder without links: a link to a
 * trusted file, in another folder, is not that file, as what it names would be
 * looked for there. One thread. */
#ifndef FASTSYNC_CONFIG_TRUSTED_H
#define FASTSYNC_CONFIG_TRUSTED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "content.h"

enum trust { TRUST_NEVER, TRUST_CHANGED, TRUST_GIVEN };

/* A list that cannot be read trusts nothing, and is warned of. */
enum trust trusted_look(const char *path, const struct content *content);
/* Of the same path the later entry replaces the one before. */
bool trusted_add(const char *path, const struct content *content,
                 struct err *err);
/* `*found`: it was in the list. */
bool trusted_forget(const char *path, bool *found, struct err *err);
/* Calls `tell` for each entry, in the order they came. */
bool trusted_each(void (*tell)(const char *path, enum trust trust),
                  struct err *err);

#endif
