/* page.h: code pages of one byte a letter, some letters with a mark after
 * them. For the families of charset/ and who reads such text backwards. */
#ifndef FASTSYNC_CHARSET_PAGE_H
#define FASTSYNC_CHARSET_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A letter in place of a control character. */
struct page_low {
    unsigned char byte;
    uint16_t rune;
};

struct page {
    const uint16_t *high;       /* of the bytes from 0x80; 0: none */
    const struct page_low *low; /* ends with byte 0 */
};

extern const struct page page_tcvn3, page_viscii, page_vps, page_1258;

/* What the byte is in the page; 0: nothing (and NUL). */
int32_t page_rune(const struct page *page, unsigned char byte);
/* One of the five marks of tones, which stand after their letters. */
bool page_is_mark(int32_t rune);
/* Appends the letter at `at`, with the mark after it, as one in NFC; answers
 * how many bytes it was. What is no letter is escaped (charset.h). */
size_t page_put(const struct page *page, struct buf *out, const char *at,
                const char *end);
/* The capital of a letter of Vietnamese; any other stays. */
int32_t page_capital(int32_t rune);

#endif
