/* json_dump.h: all rows of a JSON input as text, a line each, or why there are
 * no more, for tests that compare; read in chunks of any size, by any number of
 * mappers that take turns. Checks what every cell promises. */
#ifndef FASTSYNC_TESTS_JSON_DUMP_H
#define FASTSYNC_TESTS_JSON_DUMP_H

#include <string.h>

#include "base/mem.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "decode/cursor.h"
#include "decode/tree/json/input.h"
#include "demand.h"
#include "value_flags.h"

struct json_way {
    size_t chunk; /* bytes; 0: the usual */
    unsigned mappers;
};

enum { JSON_MAPPERS = 8 };

static void check_json_text(const struct value *text)
{
    struct buf nfc = {0};
    demand(utf8_valid(text->text, text->len) == text->len);
    demand((flags_of(text->text, text->len) & ~text->flags) == 0);
    utf8_nfc(&nfc, text->text, text->len);
    demand(nfc.len == text->len);
    demand(nfc.len == 0 || memcmp(nfc.at, text->text, nfc.len) == 0);
    buf_release(&nfc);
}

static void check_json_value(const struct value *value, unsigned depth)
{
    demand(depth <= VALUE_DEPTH);
    if (value->type == VALUE_TEXT)
        check_json_text(value);
    for (uint32_t i = 0; value->type == VALUE_LIST && i < value->len; i++)
        check_json_value(&value->list[i], depth + 1);
    for (uint32_t i = 0; value->type == VALUE_MAP && i < value->len; i++) {
        check_json_text(&value->members[i].name);
        check_json_value(&value->members[i].value, depth + 1);
    }
}

static void dump_json_row(const struct input *input, const struct row *row,
                          struct buf *out)
{
    demand(row->count == input->columns.count);
    place_put(out, &row->place, NULL);
    buf_puts(out, row->fault ? " ! " : " ");
    buf_puts(out, row->fault ? row->fault : "");
    for (unsigned i = 0; row->fault == NULL && i < row->width; i++) {
        check_json_value(&row->cells[i], 0);
        buf_putc(out, '[');
        value_json(out, &row->cells[i]);
        buf_putc(out, ']');
    }
    for (unsigned i = 0; row->fault != NULL && i < row->origin.len; i++) {
        buf_putc(out, '<');
        value_json(out, &row->origin.cells[i]);
        buf_putc(out, '>');
    }
    buf_putc(out, '\n');
}

static void dump_json_chunk(struct cursor *cursor, struct chunk *chunk,
                            struct left_out *left, struct buf *out)
{
    struct row row;
    struct err err;
    cursor_over(cursor, chunk);
    while (cursor_next(cursor, &row, &err) == STEP_ITEM)
        dump_json_row(chunk->input, &row, out);
    left_out_add(left, &chunk->left);
    if (chunk->failed)
        buf_addf(out, "failed: %s\n", chunk->failure.text);
}

/* Every row of an open input. */
static void dump_json(struct input *input, unsigned mappers, struct buf *out)
{
    struct cursor cursors[JSON_MAPPERS] = {{0}};
    struct left_out left = {{0}, {0}, {0}};
    struct chunk *chunk = chunk_new();
    struct err err;
    enum step step;
    for (unsigned turn = 0;; turn++) {
        chunk_clear(chunk);
        chunk->input = input;
        step = down_fill(input, chunk, &err);
        if (step != STEP_ITEM)
            break;
        dump_json_chunk(&cursors[turn % mappers], chunk, &left, out);
        if (chunk->failed)
            break;
    }
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err.text);
    left_out_put(&left, NULL, out);
    for (unsigned i = 0; i < mappers; i++)
        cursor_close(&cursors[i]);
    chunk_free(chunk);
}

/* Columns and rows of these bytes, or why they cannot be opened. */
static void dump_json_bytes(const struct spec *spec, const char *bytes,
                            size_t len, struct json_way way, struct buf *out)
{
    struct err err;
    const size_t usual = json_limits.chunk;
    if (way.chunk > 0)
        json_limits.chunk = way.chunk;
    struct input *input =
        input_open_source(spec, source_memory(bytes, len), &err);
    if (input == NULL)
        buf_addf(out, "%s\n", err.text);
    for (unsigned i = 0; input != NULL && i < input->columns.count; i++)
        buf_addf(out, "(%s)", input->columns.all[i].name);
    buf_putc(out, '\n');
    if (input != NULL)
        dump_json(input, way.mappers, out);
    input_close(input);
    json_limits.chunk = usual;
}

#endif
