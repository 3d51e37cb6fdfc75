/* lost.h: the letter ư of TCVN3 is a soft hyphen in Windows-1252, which
 * programs leave out: `t nh©n` for `tư nhân`. Pure; any thread. */
#ifndef FASTSYNC_CHARSET_LOST_H
#define FASTSYNC_CHARSET_LOST_H

#include <stdbool.h>
#include <stddef.h>

/* Is one lost in this text, as it was meant? */
bool lost_any(const char *text, size_t len);

#endif
