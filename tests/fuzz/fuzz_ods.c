/* Any bytes as an OpenDocument spreadsheet: a whole file, flat or zipped, or
 * what stands in a sheet of one. Read at once by one reader of rows, and in
 * pieces of a few bytes by several that take turns, the rows are the same. */
#include "fuzz.h"

#include "decode/cursor.h"
#include "decode/workbook/ods/stream.h"

static const char head[] =
    "<office:document office:mimetype=\"application/"
    "vnd.oasis.opendocument.spreadsheet\" "
    "xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\">"
    "<office:body><office:spreadsheet><table:table table:name=\"A\">";
static const char foot[] = "</table:table></office:spreadsheet></office:body>"
                           "</office:document>";

enum { MAPPERS = 3, ROWS = 5000 };

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

static void add_row(struct buf *out, const struct row *row)
{
    buf_addf(out, "%u!%llu %s", row->place.sheet,
             (unsigned long long)row->place.line, row->fault ? row->fault : "");
    for (unsigned i = 0; row->fault == NULL && i < row->width; i++) {
        const struct value *cell = &row->cells[i];
        if (cell->type == VALUE_TEXT)
            demand(utf8_valid(cell->text, cell->len) == cell->len);
        value_json(out, cell);
    }
    buf_putc(out, '\n');
}

/* What is damaged is noticed sooner or later, as the pieces are. */
static void fail(struct buf *out, const struct err *err)
{
    demand(err->code == EXIT_INPUT || err->code == EXIT_USAGE);
    demand_shown(err->text);
    buf_clear(out);
    buf_putc(out, '!');
}

static void read_turns(struct input *input, unsigned mappers, struct buf *out)
{
    struct err err;
    struct row row;
    struct cursor cursors[MAPPERS] = {{0}};
    struct chunk *chunk = chunk_new();
    enum step step = STEP_ITEM;
    unsigned rows = 0;
    for (unsigned turn = 0; rows < ROWS; turn++) {
        struct cursor *cursor = &cursors[turn % mappers];
        chunk_clear(chunk);
        chunk->input = input;
        step = down_fill(input, chunk, &err);
        if (step != STEP_ITEM)
            break;
        cursor_over(cursor, chunk);
        for (; cursor_next(cursor, &row, &err) == STEP_ITEM; rows++)
            add_row(out, &row);
    }
    if (step == STEP_FAIL)
        fail(out, &err);
    for (unsigned i = 0; i < mappers; i++)
        cursor_close(&cursors[i]);
    chunk_free(chunk);
}

static void read_all(const struct spec *spec, const struct buf *text,
                     size_t piece, unsigned mappers, struct buf *out)
{
    struct err err;
    ods_piece = piece;
    struct input *input =
        input_open_source(spec, source_memory(text->at, text->len), &err);
    if (input == NULL) {
        fail(out, &err);
        return;
    }
    input_describe(input, out);
    read_turns(input, mappers, out);
    input_close(input);
}

/* What the first byte chooses. */
static void say(struct spec *spec, unsigned bits)
{
    static const char *const said[][2] = {{"sheet", "*"},
                                          {"hidden", "skip"},
                                          {"merged", "fill"},
                                          {"header", "1"}};
    struct err err;
    demand(spec_override(spec, "format", "ods", &err));
    for (unsigned i = 0; i < sizeof said / sizeof *said; i++)
        if (bits & 1u << i)
            demand(spec_override(spec, said[i][0], said[i][1], &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct bytes from = {bytes, len};
    struct buf text = {0}, whole = {0}, pieces = {0};
    struct spec spec;
    unsigned bits = take(&from);
    spec_init(&spec);
    say(&spec, bits);
    if (bits & 16)
        buf_add(&text, head, sizeof head - 1);
    buf_add(&text, from.at, from.left);
    if (bits & 16)
        buf_add(&text, foot, sizeof foot - 1);
    read_all(&spec, &text, 64 * 1024, 1, &whole);
    read_all(&spec, &text, 1 + len % 37, MAPPERS, &pieces);
    demand_same(&whole, &pieces);
    spec_release(&spec);
    buf_release(&text);
    buf_release(&whole);
    buf_release(&pieces);
    return 0;
}
