/* text.c: a BIFF8 text may be cut anywhere by a CONTINUE record, whose first
 * byte then says anew how wide the rest is. */
#include "text.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "bytes.h"

enum { WIDE = 0x01, SPOKEN = 0x04, RUNS = 0x08, MISSING = 0xFFFD };

/* Numbers as Windows counts, and what stands for the Macintosh's. */
static const struct {
    uint16_t page;
    const char *name;
} pages[] = {
    {367, "US-ASCII"},      {437, "CP437"},          {720, "CP1256"},
    {737, "CP737"},         {775, "CP775"},          {850, "CP850"},
    {852, "CP852"},         {855, "CP855"},          {857, "CP857"},
    {858, "CP850"},         {860, "CP860"},          {861, "CP861"},
    {862, "CP862"},         {863, "CP863"},          {864, "CP864"},
    {865, "CP865"},         {866, "CP866"},          {869, "CP869"},
    {874, "CP874"},         {932, "CP932"},          {936, "GBK"},
    {949, "CP949"},         {950, "CP950"},          {1200, "UTF-16LE"},
    {1250, "windows-1250"}, {1251, "windows-1251"},  {1252, "windows-1252"},
    {1253, "windows-1253"}, {1254, "windows-1254"},  {1255, "windows-1255"},
    {1256, "windows-1256"}, {1257, "windows-1257"},  {1258, "windows-1258"},
    {1361, "JOHAB"},        {10000, "MACINTOSH"},    {10007, "MAC-CYRILLIC"},
    {32768, "MACINTOSH"},   {32769, "windows-1252"}, {65001, "UTF-8"},
};

const char *xls_page_name(unsigned page)
{
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
        if (pages[i].page == page)
            return pages[i].name;
    return NULL;
}

bool xls_text_open(struct xls_text *text, const char *encoding)
{
    struct transcoder opened = {0};
    if (!charset_is_utf8(encoding) && !transcoder_open(&opened, encoding))
        return false;
    transcoder_close(&text->transcoder);
    text->transcoder = opened;
    text->encoding = encoding;
    return true;
}

void xls_text_close(struct xls_text *text)
{
    transcoder_close(&text->transcoder);
    text->transcoder = (struct transcoder){0};
}

static char *put_rune(char *to, uint32_t rune)
{
    if (rune < 0x80) {
        *to++ = (char)rune;
        return to;
    }
    if (rune < 0x800) {
        *to++ = (char)(0xC0 | rune >> 6);
    } else {
        if (rune < 0x10000) {
            *to++ = (char)(0xE0 | rune >> 12);
        } else {
            *to++ = (char)(0xF0 | rune >> 18);
            *to++ = (char)(0x80 | (rune >> 12 & 0x3F));
        }
        *to++ = (char)(0x80 | (rune >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (rune & 0x3F));
    return to;
}

/* One unit of UTF-16. `high` is one that waits for its second half, or 0; what
 * has no other half is U+FFFD. */
static char *put_unit(char *to, uint32_t *high, uint32_t unit)
{
    bool first = unit >= 0xD800 && unit < 0xDC00;
    bool second = unit >= 0xDC00 && unit < 0xE000;
    uint32_t waited = *high;
    *high = first ? unit : 0;
    if (second && waited != 0)
        return put_rune(to,
                        0x10000 + ((waited - 0xD800) << 10) + (unit - 0xDC00));
    if (waited != 0)
        to = put_rune(to, MISSING);
    if (first)
        return to;
    return put_rune(to, second ? MISSING : unit);
}

/* The characters of one record: as many as are there, of `count`. */
static unsigned take_units(struct xls_bytes *bytes, bool wide, unsigned count,
                           uint32_t *high, struct buf *out)
{
    enum { LONGEST = 3 };
    unsigned each = wide ? 2 : 1;
    size_t left = (size_t)(bytes->end - bytes->at) / each;
    unsigned now = left < count ? (unsigned)left : count;
    const unsigned char *at = bytes->at;
    char *start = buf_reserve(out, LONGEST * ((size_t)now + 1)), *to = start;
    if (*high == 0 && !wide)
        for (unsigned i = 0; i < now; i++)
            to = put_rune(to, at[i]);
    else
        for (unsigned i = 0; i < now; i++)
            to = put_unit(to, high, wide ? xls_u16(at + 2 * i) : at[i]);
    out->len += (size_t)(to - start);
    bytes->at += (size_t)now * each;
    return now;
}

/* What is left of a record after its last whole character is nothing. */
static bool take_wide(struct xls_bytes *bytes, bool wide, unsigned count,
                      struct buf *out)
{
    uint32_t high = 0;
    unsigned char flags;
    while ((count -= take_units(bytes, wide, count, &high, out)) > 0) {
        if (!xls_bytes_go_on(bytes) || !xls_bytes_take(bytes, &flags, 1))
            return false;
        wide = (flags & WIDE) != 0;
    }
    if (high != 0)
        utf8_put(out, MISSING);
    return true;
}

/* An empty text may lack all that follows its length. */
static bool take_unicode(struct xls_bytes *bytes, unsigned count,
                         struct buf *out)
{
    unsigned char flags = 0, runs[2] = {0}, spoken[4] = {0};
    if (count == 0 && bytes->at == bytes->end)
        return true;
    if (!xls_bytes_take(bytes, &flags, 1) ||
        ((flags & RUNS) != 0 && !xls_bytes_take(bytes, runs, sizeof runs)) ||
        ((flags & SPOKEN) != 0 &&
         !xls_bytes_take(bytes, spoken, sizeof spoken)) ||
        !take_wide(bytes, (flags & WIDE) != 0, count, out))
        return false;
    return xls_bytes_take(bytes, NULL,
                          (size_t)xls_u16(runs) * 4 + xls_u32(spoken));
}

/* A byte that is no character, told apart from 0. Where the transcoder met it,
 * it stands as charset.h says: 0xFF and two digits. */
static unsigned unread_byte(const char **at, const char *end)
{
    const char *was = *at;
    if ((unsigned char)*was != 0xFF || end - was < 3) {
        *at = was + 1;
        return 0x100 | (unsigned char)*was;
    }
    *at = was + 3;
    unsigned high = (unsigned)ascii_hex(was[1]) & 0xF;
    unsigned low = (unsigned)ascii_hex(was[2]) & 0xF;
    return 0x100 | high << 4 | low;
}

/* What is no UTF-8 from `from` on becomes U+FFFD. */
static void mend(struct buf *out, size_t from, unsigned *unread)
{
    struct buf mended = {0};
    const char *at = out->at + from, *end = out->at + out->len;
    while (at < end) {
        size_t valid = utf8_valid(at, (size_t)(end - at));
        buf_add(&mended, at, valid);
        at += valid;
        if (at == end)
            break;
        unsigned byte = unread_byte(&at, end);
        if (*unread == 0)
            *unread = byte;
        utf8_put(&mended, MISSING);
    }
    out->len = from;
    buf_add(out, mended.at, mended.len);
    buf_release(&mended);
}

static bool ascii(const unsigned char *at, size_t len)
{
    unsigned char all = 0;
    for (size_t i = 0; i < len; i++)
        all |= at[i];
    return all < 0x80;
}

/* Before BIFF8 no text is so long that it goes on in another record. */
static bool take_bytes(struct xls_text *text, struct xls_bytes *bytes,
                       unsigned count, struct buf *out, unsigned *unread)
{
    const unsigned char *at = bytes->at;
    size_t from = out->len;
    if ((size_t)(bytes->end - at) < count)
        return false;
    bytes->at += count;
    if (text->transcoder.decoder == NULL || ascii(at, count)) {
        buf_add(out, at, count);
    } else {
        transcoder_decode(&text->transcoder, (const char *)at, count, true,
                          out);
    }
    if (out->len > from &&
        utf8_valid(out->at + from, out->len - from) != out->len - from)
        mend(out, from, unread);
    return true;
}

bool xls_text_take(struct xls_text *text, struct xls_bytes *bytes,
                   unsigned count, struct buf *out, unsigned *unread)
{
    *unread = 0;
    return text->wide ? take_unicode(bytes, count, out)
                      : take_bytes(text, bytes, count, out, unread);
}
