/* older.h: text in a Vietnamese encoding from before Unicode, whose bytes were
 * read as Windows-1252: `C«ng ty` (TCVN3), `Coâng ty` (VNI). Any thread. */
#ifndef FASTSYNC_CHARSET_OLDER_H
#define FASTSYNC_CHARSET_OLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Its name, and the text as it was meant, appended to `meant`; NULL where the
 * text is in none of them. `only`: the text may be in that one alone, and less
 * evidence will do; NULL: in either, and then *doubtful tells that a part of it
 * may be right as it stands. Its end is a 0; it may change. */
const char *older_encoding(int32_t *text, size_t count, const char *only,
                           struct buf *meant, bool *doubtful);

#endif
