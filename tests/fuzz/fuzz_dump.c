/* Any bytes as an SQL dump: read in one piece and in pieces of a few bytes, it
 * gives the same rows, the same faults and the same failure; by one, two and
 * eight mappers as well. */
#include "mappers.h"

#include "decode/sql/asked.h"

struct pieces {
    struct source source;
    const char *bytes;
    size_t at, piece;
};

static bool piece_read_at(struct source *source, uint64_t offset, void *into,
                          size_t len, size_t *got, struct err *err)
{
    const struct pieces *pieces = (struct pieces *)source;
    size_t left = offset < source->size ? (size_t)(source->size - offset) : 0;
    (void)err;
    len = len < pieces->piece ? len : pieces->piece;
    *got = left < len ? left : len;
    if (*got > 0)
        memcpy(into, pieces->bytes + offset, *got);
    return true;
}

static bool piece_read(struct source *source, void *into, size_t len,
                       size_t *got, struct err *err)
{
    struct pieces *pieces = (struct pieces *)source;
    piece_read_at(source, pieces->at, into, len, got, err);
    pieces->at += *got;
    return true;
}

static bool piece_seek(struct source *source, uint64_t offset, struct err *err)
{
    (void)err;
    ((struct pieces *)source)->at = (size_t)offset;
    return true;
}

static void piece_close(struct source *source)
{
    (void)source;
}

static const struct source_kind piece_kind = {.read = piece_read,
                                              .read_at = piece_read_at,
                                              .seek = piece_seek,
                                              .close = piece_close};

static struct source *in_pieces(const char *bytes, size_t len, size_t piece)
{
    struct pieces *pieces = mem_zero(1, sizeof *pieces);
    pieces->source.kind = &piece_kind;
    pieces->source.path = mem_text("memory");
    pieces->source.size = len;
    pieces->bytes = bytes;
    pieces->piece = piece;
    return &pieces->source;
}

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

static void add_row(const struct row *row, struct buf *out)
{
    buf_addf(out, "%llu", (unsigned long long)row->place.index);
    for (unsigned i = 0; i < row->count; i++) {
        const struct value *cell = &row->cells[i];
        if (cell->type == VALUE_TEXT || cell->type == VALUE_DECIMAL)
            demand(utf8_valid(cell->text, cell->len) == cell->len);
        value_json(out, cell);
    }
    if (row->fault != NULL) {
        demand_shown(row->fault);
        buf_puts(out, row->fault);
    }
    buf_putc(out, '\n');
}

static void read_all(struct source *source, struct buf *out)
{
    struct spec spec;
    struct row row;
    struct err err;
    struct cursor cursor = {0};
    spec_init(&spec);
    spec.format = format_find("dump");
    struct input *input = input_open_source(&spec, source, &err);
    if (input != NULL) {
        enum step step;
        cursor_open(&cursor, input);
        while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
            add_row(&row, out);
        cursor_close(&cursor);
        input_close(input);
        if (step == STEP_FAIL)
            buf_puts(out, err.text);
    } else {
        demand_shown(err.text);
        buf_puts(out, err.text);
    }
    spec_release(&spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct buf whole = {0}, pieces = {0};
    read_all(source_memory((const char *)bytes, len), &whole);
    read_all(in_pieces((const char *)bytes, len, 1 + len % 7), &pieces);
    demand_same(&whole, &pieces);
    buf_release(&whole);
    buf_release(&pieces);
    struct spec spec;
    spec_init(&spec);
    spec.format = format_find("dump");
    demand_same_rows(&spec, bytes, len, &sql_piece, 1 + len % 300);
    spec_release(&spec);
    return 0;
}
