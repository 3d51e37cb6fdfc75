/* aligned.c: utf8proc knows how wide a character is drawn. */
#include "aligned.h"

#include <stdint.h>
#include <utf8proc.h>

#include "utf8.h"

/* A control character is drawn as a blank (aligned_flatten), and so has a
 * width; a mark that combines has none. */
static size_t rune_width(int32_t rune)
{
    int width = rune < 0x20 ? 1 : utf8proc_charwidth(rune);
    return width > 0 ? (size_t)width : 0;
}

/* *bytes is how much of the text fits. */
static size_t measure(const char *text, size_t max, size_t *bytes)
{
    const char *at = text;
    const char *end = text + strlen(text);
    size_t width = 0;
    while (at < end) {
        const char *next = at;
        size_t more = rune_width(utf8_next(&next, end));
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
        buf_add(out, text, bytes);
        buf_puts(out, "…");
    } else {
        buf_add(out, text, bytes);
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

void aligned_flatten(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < 0x20)
            text[i] = ' ';
}
