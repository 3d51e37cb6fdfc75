/* fold.c: of UTF-16 every second byte, of UTF-32 every fourth; anything else is
 * ASCII where it counts.
 */
#include "fold.h"

#include <strings.h>

#include "charset/charset.h"

void fold_head(struct buf *out, const char *head, size_t len)
{
    size_t mark = 0, step = 1;
    const char *name = charset_mark(head, len, &mark);
    if (name == NULL)
        name = charset_pattern(head, len);
    if (name != NULL && strncasecmp(name, "UTF-16", 6) == 0) {
        step = 2;
        mark += strcasecmp(name, "UTF-16BE") == 0;
    }
    if (name != NULL && strncasecmp(name, "UTF-32", 6) == 0) {
        step = 4;
        mark += strcasecmp(name, "UTF-32BE") == 0 ? 3 : 0;
    }
    if (step == 1)
        buf_add(out, head + mark, len - mark);
    else
        for (size_t i = mark; i < len; i += step)
            buf_putc(out, head[i]);
}
