/* sha256.h: SHA-256 (FIPS 180-4): for what somebody might want to pass off as
 * something else, where xxHash (hash.h) is no proof. Pure; any thread. */
#ifndef FASTSYNC_SHA256_H
#define FASTSYNC_SHA256_H

#include <stddef.h>

enum { SHA256_TEXT = 65 }; /* 64 hexadecimal digits and a NUL */

void sha256_text(const void *bytes, size_t len, char text[SHA256_TEXT]);

#endif
