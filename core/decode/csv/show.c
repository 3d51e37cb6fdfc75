/* show.c: a row that cannot be used, as people see it: what is wrong in it
 * counted out in lines and columns; and its text made valid, with as many cells
 * as the header has, so that the rejects file can be read again. */
#include "show.h"

#include <stdarg.h>
#include <string.h>

#include "base/utf8.h"
#include "decode/rejected.h"

const char *show_say(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vformat(arena, format, args);
    va_end(args);
    return text;
}

static int hex(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* In text that came through a decoder, 0xFF and two digits stand for a byte
 * (charset.h). */
struct sign show_sign(const char *at, const char *end, bool decoded)
{
    struct sign sign = {.at = at, .byte = (unsigned char)*at};
    const char *after = at;
    sign.bad = *at == '\0' || utf8_next(&after, end) < 0;
    sign.len = sign.bad ? (*at == '\0' ? 1 : (size_t)(after - at))
                        : (size_t)(after - at);
    if (decoded && sign.byte == 0xFF && end - at >= 3 && hex(at[1]) >= 0 &&
        hex(at[2]) >= 0) {
        sign.byte = (unsigned char)(hex(at[1]) * 16 + hex(at[2]));
        sign.len = 3;
    }
    return sign;
}

bool show_decoded(const struct input *input)
{
    return strcmp(input->encoding, "UTF-8") != 0;
}

struct spot show_spot(const struct input *input, const char *text,
                      size_t offset, uint64_t line)
{
    struct spot spot = {line, 1};
    const char *at = text, *end = text + offset;
    while (at < end) {
        struct sign sign = show_sign(at, end, show_decoded(input));
        at += sign.len;
        bool ends = *sign.at == '\n' || (*sign.at == '\r' && *at != '\n');
        spot.line += ends;
        spot.column = ends ? 1 : spot.column + 1;
    }
    return spot;
}

static void put_spot(struct buf *out, const struct input *input,
                     const struct damaged *damaged, size_t offset)
{
    struct spot spot = show_spot(input, damaged->text, offset, damaged->line);
    buf_addf(out, "line %llu, column %llu", (unsigned long long)spot.line,
             (unsigned long long)spot.column);
}

/* Damage is nearly always a quote: one that is not closed, or one within a cell
 * that is not doubled. Whether a row or the header has it, people are told the
 * same. */
void show_damage(struct buf *out, const struct input *input,
                 const struct damaged *damaged)
{
    buf_puts(out, "quote opened at ");
    put_spot(out, input, damaged, damaged->cut->opened);
    if (damaged->kind == CSV_FAR) {
        buf_addf(out, " is not closed within %zu bytes (max_cell)",
                 damaged->max_quoted);
    } else if (damaged->kind == CSV_ASTRAY) {
        buf_puts(out, " is not closed where a cell ends: what follows it "
                      "looks like other rows");
    } else if (damaged->kind == CSV_TEXT_AFTER) {
        buf_puts(out, " is followed by text after its closing quote at ");
        put_spot(out, input, damaged, damaged->cut->found);
    } else {
        buf_puts(out, damaged->more ? " is not closed within 64 KiB"
                                    : " is never closed");
    }
}

/* Appends text with everything replaced that is none; one mark for NULs that
 * stand together. */
void show_clean(const struct input *input, struct buf *out, const char *text,
                size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end) {
        struct sign sign = show_sign(at, end, show_decoded(input));
        bool again = *at == '\0' && at > text && at[-1] == '\0';
        if (sign.bad && !again)
            buf_puts(out, REJECTED_MARK);
        else if (!sign.bad)
            buf_add(out, at, sign.len);
        at += sign.len;
    }
}

/* Appends text as one cell, quoted in the input's own way. A dialect that
 * cannot quote a byte gets a blank or an apostrophe instead. */
void show_quoted(const struct input *input, struct buf *out, const char *text,
                 size_t len)
{
    const struct dialect *dialect = &input->dialect;
    struct buf clean = {0};
    show_clean(input, &clean, text, len);
    if (dialect->quote)
        buf_putc(out, dialect->quote);
    for (size_t i = 0; i < clean.len; i++) {
        char byte = clean.at[i];
        bool special = byte == dialect->quote ||
                       (dialect->escape && byte == dialect->escape);
        if (!dialect->quote && byte == dialect->delimiter)
            byte = ' ';
        else if (special && dialect->escape)
            buf_putc(out, dialect->escape);
        else if (special)
            byte = '\'';
        buf_putc(out, byte);
    }
    if (dialect->quote)
        buf_putc(out, dialect->quote);
    buf_release(&clean);
}

/* The input's columns as its rows show them: `_types` is one in a rejects file
 * that has it. */
unsigned show_columns(const struct input *input)
{
    return input->columns.count + input->typed;
}

/* Makes what is in the scratch the row's source, with `missing` in each cell
 * that is not there. */
void show_missing(const struct input *input, struct csv_rows *rows,
                  unsigned width, const char *missing, struct row *row)
{
    struct buf *out = &rows->scratch;
    for (; width < show_columns(input); width++) {
        buf_putc(out, input->dialect.delimiter);
        buf_puts(out, missing);
    }
    char *text = arena_alloc(rows->arena, out->len);
    if (out->len > 0)
        memcpy(text, out->at, out->len);
    row->origin = origin_text(text, out->len);
}
