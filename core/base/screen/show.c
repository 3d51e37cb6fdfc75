/* show.c: ASCII is told by a glance at its bytes, and most of what is wider is
 * passed over as soon as it has been decoded. */
#include "show.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

/* Line and paragraph ends, marks, embeddings, overrides and isolates; U+206A to
 * U+206F are those of old. */
static bool is_hidden(int32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune < 0xA0) || rune == 0x061C ||
           rune == 0x200E || rune == 0x200F ||
           (rune >= 0x2028 && rune <= 0x202E) ||
           (rune >= 0x2066 && rune <= 0x206F);
}

static bool is_ink(char byte)
{
    return byte >= 0x20 && byte < 0x7F;
}

size_t show_plain(const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end) {
        const char *here = at;
        if (is_ink(*at))
            at++;
        else if (is_hidden(utf8_next(&at, end)))
            return (size_t)(here - text);
    }
    return len;
}

/* `rune` < 0: the byte is no part of a character. */
static size_t escape(char to[SHOW_MAX], int32_t rune, char byte)
{
    char text[SHOW_MAX + 1];
    int len = rune < 0 ? snprintf(text, sizeof text, "\\x%02X",
                                  (unsigned)(unsigned char)byte)
                       : snprintf(text, sizeof text, "\\u{%X}", (unsigned)rune);
    memcpy(to, text, (size_t)len);
    return (size_t)len;
}

size_t show_next(const char **at, const char *end, char to[SHOW_MAX])
{
    const char *from = *at;
    int32_t rune = utf8_next(at, end);
    if (rune < 0) /* what cannot be read is shown byte by byte */
        *at = from + 1;
    if (is_hidden(rune))
        return escape(to, rune, *from);
    memcpy(to, from, (size_t)(*at - from));
    return (size_t)(*at - from);
}

/* A mark that combines has none. */
size_t show_width(const char *shown, size_t len)
{
    if ((unsigned char)*shown < 0x80)
        return len;
    int width = utf8proc_charwidth(utf8_next(&shown, shown + len));
    return width > 0 ? (size_t)width : 0;
}

void show_add(struct buf *out, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end) {
        size_t plain = show_plain(at, (size_t)(end - at));
        buf_add(out, at, plain);
        at += plain;
        if (at < end)
            out->len += show_next(&at, end, buf_reserve(out, SHOW_MAX));
    }
}

const char *show_in(struct buf *room, const char *text, size_t *len)
{
    if (show_plain(text, *len) == *len)
        return text;
    show_add(room, text, *len);
    *len = room->len;
    return room->at;
}

__attribute__((format(printf, 2, 0))) static void add_format(struct buf *out,
                                                             const char *format,
                                                             va_list args)
{
    struct buf text = {0};
    buf_vaddf(&text, format, args);
    show_add(out, text.at, text.len);
    buf_release(&text);
}

void show_addf(struct buf *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_format(out, format, args);
    va_end(args);
}

void show_linef(struct buf *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_format(out, format, args);
    va_end(args);
    buf_putc(out, '\n');
}

char *show_keep(struct arena *arena, const char *before, const char *text,
                size_t len, const char *after)
{
    struct buf room = {0};
    const char *shown = show_in(&room, text, &len);
    size_t lead = strlen(before), size = strlen(after) + 1;
    char *kept = arena_alloc(arena, lead + len + size);
    memcpy(kept, before, lead);
    if (len > 0)
        memcpy(kept + lead, shown, len);
    memcpy(kept + lead + len, after, size);
    buf_release(&room);
    return kept;
}

/* Outside of strings JSON has ASCII alone, and its own line ends are not within
 * them, so what must be escaped stands in a string. */
void show_json(struct buf *out, const char *json, size_t len)
{
    const char *at = json, *end = json + len;
    while (at < end) {
        size_t plain = show_plain(at, (size_t)(end - at));
        buf_add(out, at, plain);
        at += plain;
        if (at == end)
            return;
        const char *from = at;
        int32_t rune = utf8_next(&at, end);
        if (rune == '\n')
            buf_putc(out, '\n');
        else if (rune >= 0)
            buf_addf(out, "\\u%04x", (unsigned)rune);
        else
            buf_addf(out, "\\\\x%02X", (unsigned)(unsigned char)*from);
        if (rune < 0)
            at = from + 1;
    }
}
