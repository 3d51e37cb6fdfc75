/* undecoded.c: 0xFF stands nowhere in UTF-8: so what it begins, in a text that
 * was decoded, is a byte that was not. */
#include "undecoded.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "decode/rejected.h"

enum { LEAD = 0xFF, SIZE = 3 };

static bool is_decoded(const struct input *input)
{
    return strcmp(input->encoding, "UTF-8") != 0;
}

static bool is_byte(const char *at, const char *end)
{
    return end - at >= SIZE && (unsigned char)*at == LEAD;
}

const char *undecoded_say(const struct input *input, const char *error,
                          const char *wrong, const char *end,
                          char said[UNDECODED_SAID])
{
    if (!is_decoded(input) || !is_byte(wrong, end))
        return error;
    snprintf(said, UNDECODED_SAID, "invalid %.40s (byte 0x%.2s)",
             input->encoding, wrong + 1);
    return said;
}

void undecoded_mend(const struct input *input, struct buf *out,
                    const char *text, size_t len)
{
    const char *end = text + len;
    while (is_decoded(input) && text < end) {
        const char *at = memchr(text, LEAD, (size_t)(end - text));
        if (at == NULL || !is_byte(at, end))
            break;
        utf8_mend(out, text, (size_t)(at - text));
        buf_puts(out, REJECTED_MARK);
        text = at + SIZE;
    }
    utf8_mend(out, text, (size_t)(end - text));
}
