/* rows_dump.h: all that a decoder says of an input, as text, for tests that
 * compare: one line a row. Also checks what every row promises. */
#ifndef FASTSYNC_TESTS_ROWS_DUMP_H
#define FASTSYNC_TESTS_ROWS_DUMP_H

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "decode/input.h"
#include "demand.h"
#include "value_flags.h"

static void check_value(const struct input *input, const struct value *value)
{
    const char *start = value->text, *end = value->text + value->len;
    demand(value->type == VALUE_TEXT);
    demand(utf8_valid(value->text, value->len) == value->len);
    demand((flags_of(value->text, value->len) & ~value->flags) == 0);
    utf8_trim(&start, &end);
    if (input->trim)
        demand(start == value->text && (size_t)(end - start) == value->len);
    struct buf nfc = {0};
    utf8_nfc(&nfc, value->text, value->len);
    demand(nfc.len == value->len &&
           (nfc.len == 0 || memcmp(nfc.at, value->text, nfc.len) == 0));
    buf_release(&nfc);
}

static void dump_row(const struct input *input, const struct row *row,
                     struct buf *out)
{
    const struct origin *origin = &row->origin;
    size_t len = origin->decoded ? 0 : origin->len; /* bytes, not cells */
    demand(len == 0 || utf8_valid(origin->text, len) == len);
    demand(len == 0 || memchr(origin->text, '\0', len) == NULL);
    demand(row->count == input->columns.count);
    buf_addf(out, "%llu #%llu ", (unsigned long long)row->place.line,
             (unsigned long long)row->place.index);
    if (row->fault != NULL)
        buf_addf(out, "! %s", row->fault);
    for (unsigned i = 0; row->fault == NULL && i < row->width; i++) {
        const struct value *cell = &row->cells[i];
        buf_putc(out, '[');
        if (input->typed && cell->type != VALUE_TEXT) {
            value_json(out, cell);
        } else {
            check_value(input, cell);
            buf_add(out, cell->text, cell->len);
        }
        buf_putc(out, ']');
    }
    buf_puts(out, " <");
    if (len > 0)
        buf_add(out, origin->text, len);
    buf_puts(out, ">\n");
}

static bool leaves_out(const struct chunk *chunk)
{
    for (unsigned i = 0; i < LEFT_KINDS; i++)
        if (chunk->left.count[i] > 0)
            return true;
    return false;
}

/* Appends every row of an open input; lines and indices must go on from chunk
 * to chunk without a gap. */
static void dump_rows(struct input *input, struct buf *out)
{
    struct err err;
    struct row row;
    struct rows rows = {.input = input};
    struct chunk *chunk = chunk_new();
    uint64_t line = 0, index = 0;
    enum step step;
    input->format->rows->open(&rows);
    for (;;) {
        chunk_clear(chunk);
        step = input->format->fill(input, chunk, &err);
        if (step != STEP_ITEM)
            break;
        if (chunk->bytes.len == 0) { /* what was left out after the last row */
            demand(leaves_out(chunk));
            continue;
        }
        demand(chunk->first.index == index + 1);
        input->format->rows->begin(&rows, chunk);
        while (input->format->rows->next(&rows, &row)) {
            demand(row.place.line > line && row.place.index == index + 1);
            line = row.place.line;
            index = row.place.index;
            dump_row(input, &row, out);
        }
        demand(index + 1 >= chunk->first.index); /* blank lines alone */
    }
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err.text);
    input->format->rows->close(&rows);
    chunk_free(chunk);
}

/* Opens the bytes as the spec says and appends columns and rows, or why it
 * could not be opened. */
__attribute__((unused)) static void dump_bytes(const struct spec *spec,
                                               const char *bytes, size_t len,
                                               struct buf *out)
{
    struct err err;
    struct input *input =
        input_open_source(spec, source_memory(bytes, len), &err);
    if (input == NULL) {
        buf_addf(out, "%s\n", err.text);
        return;
    }
    input_describe(input, out);
    buf_putc(out, '\n');
    for (unsigned i = 0; i < input->columns.count; i++)
        buf_addf(out, "(%s)", input->columns.all[i].name);
    buf_putc(out, '\n');
    dump_rows(input, out);
    input_close(input);
}

#endif
