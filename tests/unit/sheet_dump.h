/* sheet_dump.h: all rows of a workbook as lines: its place, its cells or its
 * fault, what is doubtful. */
#ifndef FASTSYNC_TESTS_SHEET_DUMP_H
#define FASTSYNC_TESTS_SHEET_DUMP_H

#include "decode/cursor.h"
#include "decode/input.h"

static void sheet_dump_row(const struct input *input, const struct row *row,
                           struct buf *out)
{
    place_put(out, &row->place, input_sheet(input, row->place.sheet));
    if (row->fault != NULL)
        buf_addf(out, " ! %s", row->fault);
    for (unsigned i = 0; row->fault == NULL && i < row->count; i++) {
        buf_putc(out, i == 0 ? ' ' : '|');
        if (row->cells[i].type == VALUE_TEXT)
            buf_add(out, row->cells[i].text, row->cells[i].len);
        else
            value_json(out, &row->cells[i]);
    }
    for (unsigned i = 0; row->warnings != NULL && i < row->warnings->count; i++)
        buf_addf(out, " ? %s %s", row->warnings->all[i].value,
                 row->warnings->all[i].text);
    buf_putc(out, '\n');
}

/* Of an open input; ends with what was left out, or why it could not be read
 * to its end. */
static void sheet_dump_rows(struct input *input, struct buf *out)
{
    struct cursor cursor = {0};
    struct row row;
    struct err err;
    enum step step;
    cursor_open(&cursor, input);
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
        sheet_dump_row(input, &row, out);
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err.text);
    left_out_add(&cursor.left, &cursor.chunk->left);
    left_out_put(&cursor.left, input->sheets, out);
    cursor_close(&cursor);
}

/* Of the bytes; or why they cannot be opened. */
static void sheet_dump(const struct spec *spec, const char *bytes, size_t len,
                       struct buf *out)
{
    struct err err;
    struct input *input =
        input_open_source(spec, source_memory(bytes, len), &err);
    if (input == NULL) {
        buf_addf(out, "%d %s", (int)err.code, err.text);
        return;
    }
    sheet_dump_rows(input, out);
    input_close(input);
}

#endif
