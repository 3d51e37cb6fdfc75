/* json_write.c: JSON, written. Texts are mostly plain, so eight bytes at a time
 * are copied and looked at together, and only where one of them is special does
 * the byte-wise road begin. */
#include "json.h"

/* Control characters that have a letter of their own; the others are written
 * as \u00XX. */
static const char escape_letters[32] = {
    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};

static void escape_byte(struct buf *out, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    char *to = buf_reserve(out, 6);
    char letter = c < 0x20 ? escape_letters[c] : (char)c;
    to[0] = '\\';
    to[1] = letter != '\0' ? letter : 'u';
    out->len += 2;
    if (letter != '\0')
        return;
    to[2] = '0';
    to[3] = '0';
    to[4] = digits[c >> 4];
    to[5] = digits[c & 15];
    out->len += 4;
}

void json_escape(struct buf *out, const char *text, size_t len)
{
    while (len > 0) {
        size_t run = json_plain(text, len);
        buf_add(out, text, run);
        if (run == len)
            return;
        escape_byte(out, (unsigned char)text[run]);
        text += run + 1;
        len -= run + 1;
    }
}

void json_string(struct buf *out, const char *text, size_t len)
{
    buf_reserve(out, len + 2);
    buf_putc(out, '"');
    json_escape(out, text, len);
    buf_putc(out, '"');
}

void json_cstring(struct buf *out, const char *text)
{
    if (text == NULL)
        buf_puts(out, "null");
    else
        json_string(out, text, strlen(text));
}
