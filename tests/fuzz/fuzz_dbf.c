/* Any bytes as a DBF table with its memo file: as they stand, or as a head, a
 * record and memos that they choose, so that most of them are nearly a table.
 * Read in large chunks by one mapper, in small ones, and by eight in turn, the
 * rows must be the same. */
#include "fuzz.h"

#include "decode/cursor.h"
#include "decode/dbf/table.h"
#include "decode/fill_down.h"

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    use_own_folder();
    return 0;
}

static void put_low(struct buf *out, unsigned number, unsigned bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        buf_putc(out, (char)(number & 0xFF));
}

enum { FIELDS = 8, PADS = 20 };

struct shape {
    unsigned count;
    char types[FIELDS];
    unsigned lens[FIELDS];
    unsigned size;
};

/* Mostly a type with the length that it must have. */
static void choose_field(struct bytes *from, struct shape *shape)
{
    static const char types[] = "CNFLDTIBYMVQGO+@0";
    static const unsigned char lens[] = {12, 8, 10, 1, 8, 8, 4, 8, 8,
                                         4,  6, 4,  4, 8, 4, 8, 1};
    unsigned at = take_below(from, sizeof types - 1), other = take(from);
    shape->types[shape->count] = types[at];
    shape->lens[shape->count] = other % 16 == 0 ? other : lens[at];
    if (types[at] == 'M' && other % 2 == 0)
        shape->lens[shape->count] = 10;
    shape->size += shape->lens[shape->count++];
}

static void put_head(struct bytes *from, const struct shape *shape,
                     struct buf *out)
{
    static const unsigned char versions[] = {0x03, 0x83, 0x8B, 0x30, 0x31,
                                             0x32, 0xF5, 0x04, 0x8C};
    unsigned version = versions[take_below(from, sizeof versions)];
    bool seven = version == 0x04 || version == 0x8C;
    unsigned wrong = take(from);
    put_low(out, version | 12 << 8 | 1 << 16 | 1 << 24, 4);
    put_low(out, take(from) % 16, 4);
    put_low(out, (seven ? 68 : 32) + shape->count * (seven ? 48 : 32) + 1, 2);
    put_low(out, shape->size + (wrong % 16 == 0), 2);
    for (unsigned i = 12; i < (seven ? 68 : 32); i++)
        buf_putc(out, i == 29 ? (char)take(from) : '\0');
    for (unsigned i = 0; i < shape->count; i++) {
        size_t start = out->len;
        buf_addf(out, "F%u", i);
        while (out->len < start + (seven ? 32 : 11))
            buf_putc(out, '\0');
        buf_putc(out, shape->types[i]);
        put_low(out, 0, seven ? 0 : 4);
        put_low(out, shape->lens[i], 1);
        put_low(out, seven ? 0 : (take(from) & 6) << 8, 2);
        while (out->len < start + (seven ? 48 : 32))
            buf_putc(out, '\0');
    }
    buf_putc(out, '\r');
}

/* Digits where a number is wanted, else whatever comes. */
static void put_records(struct bytes *from, const struct shape *shape,
                        struct buf *out)
{
    static const char usual[] = " 0123456789.-";
    unsigned count = take(from) % 24;
    for (unsigned i = 0; i < count; i++) {
        buf_putc(out, "  *\x1A"[take(from) % 16 == 1   ? 2
                                : take(from) % 64 == 1 ? 3
                                                       : 0]);
        for (unsigned at = 0; at < shape->count; at++)
            for (unsigned k = 0; k < shape->lens[at]; k++)
                buf_putc(out, strchr("CVQB0", shape->types[at]) != NULL
                                  ? (char)take(from)
                                  : usual[take_below(from, sizeof usual - 1)]);
    }
    if (from->left % 2 == 0)
        buf_putc(out, 0x1A);
}

static void make(struct bytes *from, struct buf *table, struct buf *memos)
{
    struct shape shape = {.size = 1};
    unsigned count = 1 + take(from) % FIELDS;
    while (shape.count < count)
        choose_field(from, &shape);
    put_head(from, &shape, table);
    put_records(from, &shape, table);
    for (unsigned i = 0; i < PADS; i++)
        buf_putc(memos, i % 4 == 3 ? (char)(take(from) & 15) : '\0');
    while (from->left > 0)
        buf_putc(memos, (char)take(from));
}

static void add_row(struct buf *out, const struct row *row)
{
    buf_addf(out, "%llu #%llu %s ", (unsigned long long)row->place.line,
             (unsigned long long)row->place.index,
             row->fault ? row->fault : "");
    if (row->fault != NULL)
        demand_shown(row->fault);
    for (unsigned i = 0; row->fault == NULL && i < row->width; i++) {
        const struct value *cell = &row->cells[i];
        if (cell->type == VALUE_TEXT || cell->type == VALUE_DECIMAL)
            demand(utf8_valid(cell->text, cell->len) == cell->len);
        value_json(out, cell);
    }
    buf_putc(out, '\n');
}

enum { MAPPERS = 8 };

static void read_rows(struct input *input, unsigned mappers, struct buf *out)
{
    struct err err;
    struct row row;
    struct cursor cursors[MAPPERS] = {{0}};
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
            add_row(out, &row);
    }
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err.text);
    for (unsigned i = 0; i < mappers; i++)
        cursor_close(&cursors[i]);
    chunk_free(chunk);
}

static void read_table(const struct spec *spec, unsigned mappers, size_t chunk,
                       struct buf *out)
{
    struct err err;
    dbf_limits.chunk = chunk;
    struct input *input = input_open(spec, &err);
    if (input == NULL) {
        demand_shown(err.text);
        buf_puts(out, err.text);
        return;
    }
    input_describe(input, out);
    read_rows(input, mappers, out);
    input_close(input);
}

static void say(struct spec *spec, const char *name, const char *text)
{
    struct err err;
    demand(spec_override(spec, name, text, &err));
}

static void choose(struct spec *spec, unsigned first)
{
    say(spec, "format", "dbf");
    if ((first & 4) != 0)
        say(spec, "deleted", "include");
    if ((first & 8) != 0)
        say(spec, "encoding", "windows-1258");
    if ((first & 16) != 0)
        say(spec, "max_cell", "64");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const names[] = {"T.DBT", "t.Fpt"};
    struct bytes from = {bytes, len};
    struct buf table = {0}, memos = {0}, whole = {0}, pieces = {0};
    struct spec spec;
    unsigned first = take(&from);
    if ((first & 1) != 0)
        buf_add(&table, (const char *)from.at, from.left);
    else
        make(&from, &table, &memos);
    write_bytes("t.dbf", table.at, table.len);
    unlink(names[(first & 2) == 0]);
    write_bytes(names[(first & 2) != 0], memos.at, memos.len);
    spec_init(&spec);
    spec.path = mem_text("t.dbf");
    choose(&spec, first);
    read_table(&spec, 1, CHUNK_BYTES, &whole);
    for (unsigned mappers = 1; mappers <= MAPPERS; mappers *= 2) {
        buf_clear(&pieces);
        read_table(&spec, mappers, 16 + first, &pieces);
        demand_same(&whole, &pieces);
    }
    spec_release(&spec);
    buf_release(&table);
    buf_release(&memos);
    buf_release(&whole);
    buf_release(&pieces);
    return 0;
}
