/* fold.c: of UTF-16 every second byte, of UTF-32 every fourth; anything else is
 * ASCII where it counts. What is wider than a byte is a letter, whatever its
 * lower half would be.
 */
#include "fold.h"

#include <strings.h>

#include "charset/charset.h"

enum { LETTER = 0xFF };

/* Bytes a unit; *low: where in it is that of ASCII. */
static size_t unit_of(const char *name, size_t *low)
{
    size_t width = 1;
    if (name != NULL && strncasecmp(name, "UTF-16", 6) == 0)
        width = 2;
    if (name != NULL && strncasecmp(name, "UTF-32", 6) == 0)
        width = 4;
    *low = width > 1 && strcasecmp(name + 6, "BE") == 0 ? width - 1 : 0;
    return width;
}

void fold_head(struct buf *out, const char *head, size_t len)
{
    size_t mark = 0, low;
    const char *name = charset_mark(head, len, &mark);
    if (name == NULL)
        name = charset_pattern(head, len);
    size_t width = unit_of(name, &low);
    if (width == 1)
        buf_add(out, head + mark, len - mark);
    else
        for (size_t i = mark; i + width <= len; i += width)
            buf_putc(out, head[low > 0 ? i + low - 1 : i + 1] == '\0'
                              ? head[i + low]
                              : (char)LETTER);
}
