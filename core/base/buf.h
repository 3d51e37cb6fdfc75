/* buf.h: a growing run of bytes.
 *
 * Zero-initialised is valid and empty. After `cap` there are always
 * BUF_SLACK more bytes that may be written over, so that short copies can go
 * in fixed steps; they are never part of the content. The content is not
 * terminated; buf_text adds a NUL after it. One owner, one thread. */
#ifndef FASTSYNC_BUF_H
#define FASTSYNC_BUF_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BUF_SLACK = 64 };

struct buf {
    char *at;
    size_t len;
    size_t cap; /* BUF_SLACK more are allocated */
};

void buf_grow(struct buf *buf, size_t more); /* the slow half of reserve */
void buf_release(struct buf *buf);
void buf_wipe(struct buf *buf); /* the same, of one that held a secret */
/* Hands the memory over to the caller, who frees it; `buf` is empty again. */
char *buf_detach(struct buf *buf, size_t *len);
/* The content with a NUL after it; borrowed, until the next change. */
const char *buf_text(struct buf *buf);
/* Appends a text for XML or HTML to read: `<`, `&` and the like escaped, and
 * '\r', which would be heard as '\n'. */
void buf_add_xml(struct buf *buf, const char *text, size_t len);
/* Appends the number's digits. */
void buf_number(struct buf *buf, uint64_t number);
void buf_addf(struct buf *buf, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
    __attribute__((cold, format(printf, 2, 0)));

static inline void buf_clear(struct buf *buf)
{
    buf->len = 0;
}

/* Room for `more` bytes at buf->at + buf->len. */
static inline char *buf_reserve(struct buf *buf, size_t more)
{
    if (more > buf->cap - buf->len)
        buf_grow(buf, more);
    return buf->at + buf->len;
}

static inline void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    if (len == 0)
        return;
    memcpy(buf_reserve(buf, len), bytes, len);
    buf->len += len;
}

static inline void buf_putc(struct buf *buf, char c)
{
    *buf_reserve(buf, 1) = c;
    buf->len++;
}

static inline void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

#endif
