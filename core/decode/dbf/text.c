/* text.c: texts of the table's code page as values. */
#include <stdarg.h>
#include <string.h>

#include "base/ascii.h"
#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "record.h"

static const struct value nothing = {
    .text = "", .type = VALUE_TEXT, .flags = VALUE_TIGHT};

const char *dbf_say(struct dbf_record *record, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vformat(record->arena, format, args);
    va_end(args);
    return text;
}

/* Why it is no text, or NULL. */
static const char *no_text(struct dbf_record *record, const char *text,
                           size_t len)
{
    unsigned char byte;
    size_t valid = utf8_valid(text, len);
    if (valid == len)
        return memchr(text, '\0', len) == NULL ? NULL : "a NUL byte is in it";
    byte = (unsigned char)text[valid];
    /* What a decoder puts for a byte that it does not know (charset.h). */
    if (byte == 0xFF && record->transcoder.charset != NULL && len - valid > 2)
        byte = (unsigned char)((unsigned)ascii_hex(text[valid + 1]) << 4 |
                               (unsigned)ascii_hex(text[valid + 2]));
    return dbf_say(record, "invalid %s (byte 0x%02X)%s", record->encoding, byte,
                   record->guessed ? ": say its encoding" : "");
}

static const char *keep(struct dbf_record *record, size_t from)
{
    const struct buf *scratch = &record->scratch;
    size_t len = scratch->len - from;
    return memcpy(arena_alloc(record->arena, len + 1), scratch->at + from, len);
}

/* It is rare: letters that are no usual ones, or what is none. */
static struct value odd_text(struct dbf_record *record, const char *text,
                             size_t len, const char **why)
{
    *why = no_text(record, text, len);
    if (*why != NULL)
        return nothing;
    if (!utf8_is_nfc(text, len)) {
        buf_clear(&record->scratch);
        utf8_nfc(&record->scratch, text, len);
        len = record->scratch.len;
        text = keep(record, 0);
    }
    struct value value = value_text(text, len);
    value.flags = VALUE_TIGHT | value_flags(text, len);
    return value;
}

struct value dbf_text(struct dbf_record *record, const char *text, size_t len,
                      const char **why)
{
    unsigned seen = scan_text(text, len);
    if (record->transcoder.charset != NULL &&
        ((seen & SCAN_WIDE) != 0 || !record->plain)) {
        buf_clear(&record->scratch);
        transcoder_decode(&record->transcoder, text, len, true,
                          &record->scratch);
        len = record->scratch.len;
        text = keep(record, 0);
        seen = scan_text(text, len);
    }
    if (record->trim && len > 0) {
        const char *end = text + len;
        utf8_trim(&text, &end);
        len = (size_t)(end - text);
    }
    if (len == 0)
        return nothing;
    if ((seen & (SCAN_ODD | SCAN_SPECIAL)) != 0)
        return odd_text(record, text, len, why);
    struct value value = value_text(text, len);
    value.flags = (uint8_t)(VALUE_TIGHT | (seen & VALUE_WIDE));
    return value;
}
