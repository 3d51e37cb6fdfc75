/* biff.h: workbooks made record by record, and compound files round them, for
 * tests; and what the reader makes of them, as text: one line a row. */
#ifndef FASTSYNC_TESTS_BIFF_H
#define FASTSYNC_TESTS_BIFF_H

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "decode/workbook/xls/reader.h"

static void put_low(struct buf *out, uint64_t number, unsigned bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        buf_putc(out, (char)(number & 0xFF));
}

/* The bytes of a record by a shape: b, h, i, d: 1, 2, 4 bytes, a double; s: a
 * text; z: the text after its length of one byte; w: of two and, as in BIFF8,
 * its flags. */
static void put_shape(struct buf *out, const char *shape, va_list args)
{
    for (; *shape != '\0'; shape++) {
        const char *text;
        double number;
        uint64_t bits;
        switch (*shape) {
        case 'b':
            put_low(out, va_arg(args, unsigned), 1);
            break;
        case 'h':
            put_low(out, va_arg(args, unsigned), 2);
            break;
        case 'i':
            put_low(out, va_arg(args, unsigned), 4);
            break;
        case 'd':
            number = va_arg(args, double);
            memcpy(&bits, &number, sizeof bits);
            put_low(out, bits, 8);
            break;
        default:
            text = va_arg(args, const char *);
            if (*shape != 's')
                put_low(out, strlen(text), *shape == 'w' ? 2 : 1);
            if (*shape == 'w')
                put_low(out, 0, 1);
            buf_puts(out, text);
        }
    }
}

static void rec(struct buf *out, unsigned type, const char *shape, ...)
{
    struct buf bytes = {0};
    va_list args;
    va_start(args, shape);
    put_shape(&bytes, shape, args);
    va_end(args);
    put_low(out, type, 2);
    put_low(out, bytes.len, 2);
    buf_add(out, bytes.at, bytes.len);
    buf_release(&bytes);
}

enum { END = 0x0A };

static void begin_sheet(struct buf *out, unsigned version)
{
    if (version == 2)
        rec(out, 0x0009, "hh", 2u, 0x10u);
    else if (version < 5)
        rec(out, version == 3 ? 0x0209 : 0x0409, "hhh", version << 8, 0x10u,
            0u);
    else
        rec(out, 0x0809, "hhhh", version == 8 ? 0x600u : 0x500u, 0x10u, 0u, 0u);
}

static void put_row(struct buf *out, const struct grid_row *row)
{
    buf_addf(out, "%llu:", (unsigned long long)row->line);
    for (unsigned i = 0; i < row->width; i++) {
        buf_putc(out, '[');
        if (row->cells[i].type == VALUE_TEXT)
            buf_add(out, row->cells[i].text, row->cells[i].len);
        else
            value_json(out, &row->cells[i]);
        buf_putc(out, ']');
    }
    for (unsigned i = 0; i < row->doubt_count; i++)
        buf_addf(out, " {%u %.*s: %s}", row->doubts[i].column,
                 (int)row->doubts[i].value.len, row->doubts[i].value.text,
                 row->doubts[i].text);
    buf_addf(out, "%s%s%s\n", row->hidden ? " hidden" : "",
             row->fault ? " ! " : "", row->fault ? row->fault : "");
}

static void put_sheet(struct xls_reader *reader, unsigned at, struct buf *out)
{
    const struct xls_sheet *sheet = &xls_reader_book(reader)->sheets[at];
    struct grid_row row;
    struct arena arena;
    struct err err;
    enum step step = STEP_FAIL;
    if (sheet->name != NULL)
        buf_addf(out, "%s%s%s\n", sheet->name, sheet->hidden ? " hidden" : "",
                 sheet->no_table ? " no table" : "");
    if (sheet->no_table)
        return;
    arena_init(&arena);
    if (xls_reader_kind.begin(reader, at, &err))
        while ((step = xls_reader_kind.next(reader, &arena, &row, &err)) ==
               STEP_ITEM)
            put_row(out, &row);
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err.text);
    arena_release(&arena);
}

/* All sheets of a file, or why it cannot be opened; the caller frees. */
static char *read_as(const char *bytes, size_t len, const char *encoding)
{
    struct buf out = {0};
    struct xls_book book;
    struct err err;
    struct source *source = source_memory(bytes, len);
    if (xls_book_open(&book, source, encoding, &err)) {
        struct xls_reader *reader = xls_reader_new(&book);
        for (unsigned i = 0; i < book.sheet_count; i++)
            put_sheet(reader, i, &out);
        xls_reader_free(reader);
    } else {
        buf_addf(&out, "failed: %s\n", err.text);
    }
    source_close(source);
    buf_text(&out);
    return buf_detach(&out, &len);
}

#endif
