/* copy.h: copies of short texts. Most are shorter than the price of a call, and
 * their lengths are hard to guess for a processor: so the fewer questions are
 * asked of the length, the better. Pure; any thread. */
#ifndef FASTSYNC_COPY_H
#define FASTSYNC_COPY_H

#include <stddef.h>
#include <string.h>

enum { COPY_STEP = 32 };

/* In whole steps: up to 31 bytes after the text are read, and written after the
 * copy. */
static inline void copy_steps(char *to, const char *text, size_t len)
{
    for (size_t at = 0; at < len; at += COPY_STEP)
        memcpy(to + at, text + at, COPY_STEP);
}

/* Reads and writes exactly `len` bytes. The two halves may overlap. */
static inline void copy_exact(char *to, const char *text, size_t len)
{
    if (len >= 16) {
        size_t at = 0;
        for (; at + 16 <= len; at += 16)
            memcpy(to + at, text + at, 16);
        memcpy(to + len - 16, text + len - 16, 16);
    } else if (len >= 8) {
        memcpy(to, text, 8);
        memcpy(to + len - 8, text + len - 8, 8);
    } else if (len >= 4) {
        memcpy(to, text, 4);
        memcpy(to + len - 4, text + len - 4, 4);
    } else if (len > 0) {
        to[0] = text[0];
        to[len / 2] = text[len / 2];
        to[len - 1] = text[len - 1];
    }
}

#endif
