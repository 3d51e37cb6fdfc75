/* page.c: VISCII, VPS and windows-1258: each byte is a letter; in windows-1258
 * a tone is a mark of its own after its vowel, and the two become one.
 *
 * A letter is held back until the byte after it is there; a mark is not, so
 * that a mark after a mark stands alone. */
#include "page.h"

#include <string.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "charset.h"

static const char *const viscii_names[] = {"viscii",   "visciii",   "csviscii",
                                           "viscii11", "viscii111", NULL};
static const char *const vps_names[] = {"vps", "vpswin", "xvietvps", "xvietvn",
                                        NULL};
static const char *const windows_names[] = {
    "windows1258", "cp1258", "win1258", "1258", "windowsvietnamese", NULL};

static const struct {
    const char *const *names;
    const struct page *page;
} pages[] = {
    {viscii_names, &page_viscii},
    {vps_names, &page_vps},
    {windows_names, &page_1258},
};

int32_t page_rune(const struct page *page, unsigned char byte)
{
    if (byte >= 0x80)
        return page->high[byte - 0x80];
    for (const struct page_low *low = page->low; low->byte != 0; low++)
        if (low->byte == byte)
            return low->rune;
    return byte;
}

bool page_is_mark(int32_t rune)
{
    return rune == 0x300 || rune == 0x301 || rune == 0x303 || rune == 0x309 ||
           rune == 0x323;
}

int32_t page_capital(int32_t rune)
{
    if ((rune >= 'a' && rune <= 'z') || (rune >= 0xE0 && rune <= 0xFD))
        return rune - 0x20;
    if (rune == 0x1A1 || rune == 0x1B0)
        return rune - 1;
    if ((rune >= 0x100 && rune < 0x170) || (rune >= 0x1EA0 && rune < 0x1EFA))
        return rune & ~INT32_C(1);
    return rune;
}

/* Letter and mark as one letter, where there is such a one. */
static void put_marked(struct buf *out, int32_t rune, int32_t mark)
{
    char text[8];
    size_t len = utf8_write(text, rune);
    len += utf8_write(text + len, mark);
    utf8_nfc(out, text, len);
}

size_t page_put(const struct page *page, struct buf *out, const char *at,
                const char *end)
{
    int32_t rune = page_rune(page, (unsigned char)*at);
    int32_t next = at + 1 < end ? page_rune(page, (unsigned char)at[1]) : 0;
    if (rune == 0 && *at != '\0') {
        charset_escape(out, *at);
        return 1;
    }
    if (page_is_mark(next) && !page_is_mark(rune) && rune >= 'A') {
        put_marked(out, rune, next);
        return 2;
    }
    utf8_put(out, rune);
    return 1;
}

/* Decoders of these pages have no state but their page. */
static void *decoder_open(const char *name)
{
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (charset_named(name, pages[i].names))
            return (void *)pages[i].page;
    return NULL;
}

static size_t decoder_decode(void *opaque, const char *bytes, size_t len,
                             bool final, struct buf *out)
{
    const struct page *page = opaque;
    const char *at = bytes, *end = bytes + len;
    buf_reserve(out, len + len / 2 + 1);
    while (at < end) {
        /* A mark may come for the last one, unless it is a mark itself. */
        if (at + 1 == end && !final &&
            !page_is_mark(page_rune(page, (unsigned char)*at)))
            break;
        at += page_put(page, out, at, end);
    }
    return len - (size_t)(end - at);
}

const struct charset charset_page = {
    .open = decoder_open,
    .decode = decoder_decode,
};
