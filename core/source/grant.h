/* grant.h: what a script is denied until a person grants it, and how that is
 * done: the one place that knows the words of it.
 *
 * Files are looked at in reach.h, hosts in net/web/url.h, variables where
 * os.getenv is; all of them say by grant_how what would let them pass. */
#ifndef FASTSYNC_SOURCE_GRANT_H
#define FASTSYNC_SOURCE_GRANT_H

#include <stdbool.h>
#include <stddef.h>

enum grant { GRANT_READ, GRANT_NET, GRANT_ENV };
enum { GRANT_HOW = 400 };

/* Is the name one of the lines? NULL has none. */
bool grant_listed(const char *lines, const char *name);
/* "add --allow-net HOST (allow_net in a configuration file)", the name as a
 * shell takes it; `to` has room for GRANT_HOW bytes, and is answered. */
const char *grant_how(char *to, enum grant grant, const char *name);

#endif
