/* nothing.h: what programs write where there is no value. Pure; any thread. */
#ifndef FASTSYNC_FORM_NOTHING_H
#define FASTSYNC_FORM_NOTHING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* NULL, (null), \N, #N/A, #REF!, N/A, nan, undefined; marks alone: -, --, ???;
 * in any letter case. `text` is trimmed. */
bool is_nothing(const char *text, size_t len);
/* By a text's first byte: the lengths for which it may be nothing, or
 * white space alone; the last bit is for 31 bytes and more. */
extern const uint32_t nothing_lengths[256];

#endif
