/* fold.c: of UTF-16 every second byte, of UTF-32 every fourth, where the others
 * are NUL; anything else is ASCII where it counts. */
#include "fold.h"

#include <stdbool.h>
#include <strings.h>

#include "charset/charset.h"

/* A character of `step` bytes, whose lowest is at `low`. */
static char fold_one(const char *wide, size_t step, size_t low)
{
    bool ascii = true;
    for (size_t i = 0; i < step; i++)
        ascii = ascii && (i == low || wide[i] == '\0');
    return ascii ? wide[low] : '\x80';
}

void fold_head(struct buf *out, const char *head, size_t len)
{
    size_t mark = 0, step = 1, low = 0;
    const char *name = charset_mark(head, len, &mark);
    if (name == NULL)
        name = charset_pattern(head, len);
    if (name != NULL && strncasecmp(name, "UTF-16", 6) == 0) {
        step = 2;
        low = strcasecmp(name, "UTF-16BE") == 0 ? 1 : 0;
    }
    if (name != NULL && strncasecmp(name, "UTF-32", 6) == 0) {
        step = 4;
        low = strcasecmp(name, "UTF-32BE") == 0 ? 3 : 0;
    }
    if (step == 1)
        buf_add(out, head + mark, len - mark);
    else
        for (size_t i = mark; i + step <= len; i += step)
            buf_putc(out, fold_one(head + i, step, low));
}
