/* buf.c: grows by half again, so that appending is linear. */
#include "buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "mem.h"

void buf_grow(struct buf *buf, size_t more)
{
    /* A sum that wraps round would make a small block for a large text. */
    if (more > SIZE_MAX / 2 - buf->len)
        more = SIZE_MAX / 2; /* mem_resize ends the process */
    size_t cap = buf->cap + buf->cap / 2;
    if (cap < buf->len + more)
        cap = buf->len + more;
    if (cap < 256)
        cap = 256;
    buf->at = mem_resize(buf->at, cap + BUF_SLACK);
    buf->cap = cap;
}

void buf_release(struct buf *buf)
{
    free(buf->at);
    *buf = (struct buf){0};
}

void buf_wipe(struct buf *buf)
{
    if (buf->at != NULL)
        mem_wipe(buf->at, buf->cap);
    buf_release(buf);
}

char *buf_detach(struct buf *buf, size_t *len)
{
    buf_text(buf);
    char *at = buf->at;
    if (len != NULL)
        *len = buf->len;
    *buf = (struct buf){0};
    return at;
}

const char *buf_text(struct buf *buf)
{
    /* The NUL stands past the length: it is no part of the content, and what
     * is appended next overwrites it. */
    *buf_reserve(buf, 1) = '\0';
    return buf->at;
}

/* Printed once where the room is enough that most texts need, and again into
 * the room made for it where it was not. A list of arguments can be gone
 * through only once, hence the copy. */
void buf_vaddf(struct buf *buf, const char *format, va_list args)
{
    enum { USUAL = 64 };
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(buf_reserve(buf, USUAL), USUAL, format, again);
    va_end(again);
    if (len <= 0)
        return;
    if (len >= USUAL)
        vsnprintf(buf_reserve(buf, (size_t)len + 1), (size_t)len + 1, format,
                  args);
    buf->len += (size_t)len;
}

void buf_number(struct buf *buf, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    buf_add(buf, digits + at, sizeof digits - at);
}

void buf_addf(struct buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buf_vaddf(buf, format, args);
    va_end(args);
}

void buf_add_xml(struct buf *buf, const char *text, size_t len)
{
    static const char *const escapes[256] = {['<'] = "&lt;",
                                             ['>'] = "&gt;",
                                             ['&'] = "&amp;",
                                             ['"'] = "&quot;",
                                             ['\r'] = "&#13;"};
    size_t begin = 0;
    for (size_t i = 0; i < len; i++) {
        const char *escape = escapes[(unsigned char)text[i]];
        if (escape == NULL)
            continue;
        buf_add(buf, text + begin, i - begin);
        buf_puts(buf, escape);
        begin = i + 1;
    }
    if (begin < len)
        buf_add(buf, text + begin, len - begin);
}
