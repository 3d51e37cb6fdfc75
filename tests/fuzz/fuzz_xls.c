/* Any bytes as an XLS workbook. Every sheet is read twice, and must give the
 * same rows; rows grow, and what they hold is what a value may be. The same
 * bytes are read as an input, too. */
#include "fuzz.h"

#include "decode/cursor.h"
#include "decode/workbook/xls/reader.h"

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

static void check_text(const char *text, size_t len)
{
    demand(utf8_valid(text, len) == len);
}

static void add_row(const struct grid_row *row, struct buf *out)
{
    demand(row->width <= 256 && row->doubt_count <= 256);
    buf_addf(out, "%llu %d", (unsigned long long)row->line, row->hidden);
    for (unsigned i = 0; i < row->width; i++) {
        const struct value *cell = &row->cells[i];
        demand(cell->type == VALUE_TEXT || cell->type == VALUE_INT ||
               cell->type == VALUE_DECIMAL || cell->type == VALUE_BOOL);
        if (cell->type == VALUE_TEXT || cell->type == VALUE_DECIMAL)
            check_text(cell->text, cell->len);
        value_json(out, cell);
    }
    for (unsigned i = 0; i < row->doubt_count; i++) {
        demand(row->doubts[i].column < 256);
        buf_puts(out, row->doubts[i].text);
    }
    if (row->fault != NULL)
        demand_shown(row->fault);
    buf_putc(out, '\n');
}

static void read_sheet(struct xls_reader *reader, unsigned sheet,
                       struct buf *out)
{
    const struct grid_area *areas;
    struct grid_row row;
    struct arena arena;
    struct err err;
    unsigned count;
    uint64_t line = 0;
    enum step step = STEP_FAIL;
    arena_init(&arena);
    if (xls_reader_kind.begin(reader, sheet, &err)) {
        while ((step = xls_reader_kind.next(reader, &arena, &row, &err)) ==
               STEP_ITEM) {
            demand(row.line > line && row.line <= 65536);
            line = row.line;
            add_row(&row, out);
            arena_reset(&arena);
        }
        demand(xls_reader_kind.areas(reader, sheet, &areas, &count, &err));
        for (unsigned i = 0; i < count; i++)
            demand(areas[i].top <= areas[i].bottom &&
                   areas[i].left <= areas[i].right);
    }
    if (step == STEP_FAIL) {
        demand_shown(err.text);
        buf_puts(out, err.text);
    }
    arena_release(&arena);
}

static void read_book(const char *bytes, size_t len)
{
    struct buf once = {0}, twice = {0};
    struct xls_book book;
    struct err err;
    struct source *source = source_memory(bytes, len);
    if (xls_book_open(&book, source, len % 2 ? "windows-1258" : NULL, &err)) {
        struct xls_reader *reader = xls_reader_new(&book);
        for (unsigned i = 0; i < book.sheet_count && i < 8; i++) {
            buf_clear(&once);
            buf_clear(&twice);
            read_sheet(reader, i, &once);
            read_sheet(reader, i, &twice);
            demand_same(&once, &twice);
        }
        xls_reader_free(reader);
    } else {
        demand_shown(err.text);
    }
    source_close(source);
    buf_release(&once);
    buf_release(&twice);
}

static void read_input(const char *bytes, size_t len)
{
    struct spec spec;
    struct row row;
    struct err err;
    struct cursor cursor = {0};
    spec_init(&spec);
    spec.format = format_find("xls");
    struct input *input =
        input_open_source(&spec, source_memory(bytes, len), &err);
    if (input != NULL) {
        cursor_open(&cursor, input);
        while (cursor_next(&cursor, &row, &err) == STEP_ITEM)
            demand(row.count == input->columns.count);
        cursor_close(&cursor);
        input_close(input);
    }
    spec_release(&spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    read_book((const char *)bytes, len);
    read_input((const char *)bytes, len);
    return 0;
}
