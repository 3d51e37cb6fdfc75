/* mappers.h: all rows of an input as text, read by so many mappers that take
 * turns with the chunks: however it is cut and whoever maps it, it is the same
 * rows. */
#ifndef FASTSYNC_TESTS_FUZZ_MAPPERS_H
#define FASTSYNC_TESTS_FUZZ_MAPPERS_H

#include "decode/cursor.h"
#include "fuzz.h"

enum { MAPPERS_MOST = 8 };

static void demand_text(const struct value *value)
{
    if (value->type == VALUE_TEXT && value->len > 0)
        demand(utf8_valid(value->text, value->len) == value->len);
}

static void put_row(struct buf *out, const struct row *row)
{
    buf_addf(out, "%llu #%llu %s ", (unsigned long long)row->place.line,
             (unsigned long long)row->place.index,
             row->fault ? row->fault : "");
    if (row->fault != NULL)
        demand_shown(row->fault);
    for (unsigned i = 0; row->fault == NULL && i < row->width; i++) {
        demand_text(&row->cells[i]);
        value_json(out, &row->cells[i]);
    }
    for (unsigned i = 0; row->origin.decoded && i < row->origin.len; i++)
        demand_text(&row->origin.cells[i]);
    buf_putc(out, '\n');
}

/* What is damaged is noticed sooner or later, as the pieces are: no row counts
 * then. */
static void put_failure(struct buf *out, const struct err *err)
{
    demand(err->code == EXIT_INPUT || err->code == EXIT_USAGE);
    demand_shown(err->text);
    buf_clear(out);
    buf_puts(out, err->text);
}

static void read_in_turns(struct input *input, unsigned mappers,
                          struct buf *out)
{
    struct err err;
    struct row row;
    struct cursor cursors[MAPPERS_MOST] = {{0}};
    struct chunk *chunk = chunk_new();
    enum step step;
    for (unsigned turn = 0;; turn++) {
        struct cursor *cursor = &cursors[turn % mappers];
        chunk_clear(chunk);
        chunk->input = input;
        step = down_fill(input, chunk, &err);
        if (step != STEP_ITEM)
            break;
        cursor_over(cursor, chunk);
        while (cursor_next(cursor, &row, &err) == STEP_ITEM)
            put_row(out, &row);
    }
    if (step == STEP_FAIL)
        put_failure(out, &err);
    for (unsigned i = 0; i < mappers; i++)
        cursor_close(&cursors[i]);
    chunk_free(chunk);
}

/* `out`: what is said of it, and its rows. */
static void read_by(const struct spec *spec, const void *text, size_t len,
                    unsigned mappers, struct buf *out)
{
    struct err err;
    struct input *input =
        input_open_source(spec, source_memory(text, len), &err);
    if (input == NULL) {
        put_failure(out, &err);
        return;
    }
    input_describe(input, out);
    buf_putc(out, '\n');
    read_in_turns(input, mappers, out);
    input_close(input);
}

/* Whole by one, and in pieces of a few bytes by 1, 2 and 8. */
static void demand_same_rows(const struct spec *spec, const void *text,
                             size_t len, size_t *piece, size_t few)
{
    static const unsigned mappers[] = {1, 2, 8};
    struct buf whole = {0};
    size_t usual = *piece;
    read_by(spec, text, len, 1, &whole);
    for (size_t i = 0; i < sizeof mappers / sizeof *mappers; i++) {
        struct buf turns = {0};
        *piece = few + i;
        read_by(spec, text, len, mappers[i], &turns);
        demand_same(&whole, &turns);
        buf_release(&turns);
    }
    *piece = usual;
    buf_release(&whole);
}

#endif
