/* Any bytes as CSV, in any dialect: read in one piece and read a few bytes at
 * a time, they must give the same rows, and every row must keep its promises
 * (rows_dump.h); and so must several mappers that take turns with the pieces,
 * with columns that are filled down. The first bytes choose dialect and sizes.
 */
#include "fuzz.h"

#include "../unit/rows_dump.h"
#include "decode/cursor.h"
#include "dialects.h"

/* The next row that any of them has, as text. */
static void add_row(struct buf *out, const struct row *row)
{
    buf_addf(out, "%llu #%llu %s ", (unsigned long long)row->place.line,
             (unsigned long long)row->place.index,
             row->fault ? row->fault : "");
    for (unsigned i = 0; row->fault == NULL && i < row->width; i++)
        value_json(out, &row->cells[i]);
    if (!row->origin.decoded)
        buf_add(out, row->origin.text, row->origin.len);
    buf_putc(out, '\n');
}

static void end_rows(struct buf *out, enum step step, const struct err *err)
{
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err->text);
}

/* The reader and the one mapper in one. */
static void read_alone(struct input *input, struct buf *out)
{
    struct err err;
    struct row row;
    struct cursor cursor = {0};
    enum step step;
    cursor_open(&cursor, input);
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
        add_row(out, &row);
    end_rows(out, step, &err);
    cursor_close(&cursor);
}

enum { MAPPERS = 3 };

static void read_in_turns(struct input *input, struct buf *out)
{
    struct err err;
    struct row row;
    struct cursor cursors[MAPPERS] = {{0}};
    struct chunk *chunk = chunk_new();
    enum step step;
    for (unsigned turn = 0;; turn++) {
        struct cursor *cursor = &cursors[turn % MAPPERS];
        chunk_clear(chunk);
        chunk->input = input;
        step = down_fill(input, chunk, &err);
        if (step != STEP_ITEM)
            break;
        cursor_over(cursor, chunk);
        while (cursor_next(cursor, &row, &err) == STEP_ITEM)
            add_row(out, &row);
    }
    end_rows(out, step, &err);
    for (unsigned i = 0; i < MAPPERS; i++)
        cursor_close(&cursors[i]);
    chunk_free(chunk);
}

static void read_bytes(const struct spec *spec, const char *text, size_t len,
                       void (*read)(struct input *input, struct buf *out),
                       struct buf *out)
{
    struct err err;
    struct input *input =
        input_open_source(spec, source_memory(text, len), &err);
    if (input == NULL) {
        buf_addf(out, "%s\n", err.text);
        return;
    }
    read(input, out);
    input_close(input);
}

static void fill_down(struct spec *spec)
{
    static const struct option_value first = {
        .type = OPTION_NUMBER, .text = "1", .len = 1};
    struct err err;
    demand(spec_say(spec, "fill_down", &first, &err));
}

static void compare(const struct spec *spec, const char *text, size_t len,
                    size_t size)
{
    struct buf alone = {0}, turns = {0};
    csv_limits.chunk = CHUNK_BYTES;
    read_bytes(spec, text, len, read_alone, &alone);
    csv_limits.chunk = size;
    read_bytes(spec, text, len, read_in_turns, &turns);
    demand_same(&alone, &turns);
    buf_release(&alone);
    buf_release(&turns);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct spec spec;
    struct buf whole = {0}, pieces = {0};
    if (len < 3)
        return 0;
    choose(bytes, &spec);
    const char *text = (const char *)bytes + 3;
    csv_limits.quote = bytes[2] & 128 ? 20 : 64 * 1024;
    csv_limits.row = bytes[2] & 64 ? 60 : 1024 * 1024;
    csv_limits.chunk = CHUNK_BYTES;
    dump_bytes(&spec, text, len - 3, &whole);
    csv_limits.chunk = 1 + bytes[2] % 32;
    dump_bytes(&spec, text, len - 3, &pieces);
    demand_same(&whole, &pieces);
    if (bytes[2] & 32)
        fill_down(&spec);
    compare(&spec, text, len - 3, 1 + bytes[2] % 32);
    buf_release(&whole);
    buf_release(&pieces);
    spec_release(&spec);
    return 0;
}
