/* unescape.h: characters as HTML writes them. Pure; any thread. */
#ifndef FASTSYNC_TEXT_UNESCAPE_H
#define FASTSYNC_TEXT_UNESCAPE_H

#include <stdint.h>

/* The character that a reference of HTML stands for, `amp;` or `#244;` at `at`,
 * *after it; 0: there is none, or none of a character that a text may have. */
int32_t text_reference(const char *at, const char *end, const char **after);

#endif
