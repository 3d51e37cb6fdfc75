/* aligned.c: what is measured is what is shown, so that a column is as wide as
 * its escapes are. */
#include "aligned.h"

#include "show.h"

/* *bytes is how much of the text fits. */
static size_t measure(const char *text, size_t max, size_t *bytes)
{
    const char *at = text;
    const char *end = text + strlen(text);
    size_t width = 0;
    while (at < end) {
        char shown[SHOW_MAX];
        const char *next = at;
        size_t len = show_next(&next, end, shown);
        size_t more = show_width(shown, len);
        if (width + more > max)
            break;
        width += more;
        at = next;
    }
    *bytes = (size_t)(at - text);
    return width;
}

size_t aligned_width(const char *text, size_t max)
{
    size_t bytes;
    return measure(text, max, &bytes);
}

void aligned_put(struct buf *out, const char *text, size_t width)
{
    size_t bytes;
    size_t used = measure(text, width, &bytes);
    if (text[bytes] != '\0') {
        /* It does not fit: the last column is for the sign that says so. */
        used = measure(text, width - 1, &bytes) + 1;
        show_add(out, text, bytes);
        buf_puts(out, "…");
    } else {
        show_add(out, text, bytes);
    }
    for (; used < width + ALIGNED_GAP; used++)
        buf_putc(out, ' ');
}

void aligned_end(struct buf *out)
{
    while (out->len > 0 && out->at[out->len - 1] == ' ')
        out->len--;
    buf_putc(out, '\n');
}
