/* Rejects files. Rows of any CSV, and cells of any type, are written as rejects
 * and read back by the same words: they must be what they were; and written
 * once more, the file must be the same to the byte. Any bytes as such a file
 * must give the same rows in one piece and in small ones. FUZZ_SHOW=1 prints
 * the files. */
#include "fuzz.h"

#include "../unit/rows_dump.h"
#include "base/nfc.h"
#include "decode/cursor.h"
#include "decode/nested.h"
#include "decode/rejected.h"
#include "dialects.h"
#include "rejects/line.h"

/* What was read of an input: its rows as text, the rejects file of all of
 * them. */
struct taken {
    struct buf cells; /* a line a row; of those that count */
    struct buf file;
    unsigned columns;
    uint64_t rows, sound;
    bool opened, failed, rejects_file, named;
};

static void release(struct taken *taken)
{
    buf_release(&taken->cells);
    buf_release(&taken->file);
}

/* An escape at the input's very end escapes nothing, and is left out of what is
 * written. */
static bool ends_in_escape(const struct input *input, const struct row *row)
{
    const struct value *last = row->cells + row->width - 1;
    return !row->origin.decoded && input->dialect.escape == '\\' &&
           row->width > 0 && last->len > 0 && last->text[last->len - 1] == '\\';
}

/* Rows that are whole, and hold nothing that must be corrected first. */
static bool is_sound(const struct input *input, const struct row *row)
{
    return row->fault == NULL && row->width == input->columns.count &&
           !ends_in_escape(input, row) &&
           (row->origin.decoded ||
            !holds(row->origin.text, row->origin.len, REJECTED_MARK));
}

static void add_reject(struct taken *taken, const struct input *input,
                       const struct row *row)
{
    static const struct fault faults[] = {{"Email", "too long"},
                                          {"", "=1+1\r\n;\"\x1b"}};
    const struct reject reject = {
        .place = {.line = taken->rows, .index = taken->rows},
        .origin = row->origin,
        .key = taken->rows % 2 == 0 ? "-KH1;\"" : NULL,
        .carried = row->carried,
        .faults = faults,
        .count = 1 + taken->rows % 2};
    rejects_line(&taken->file, input, &reject);
}

static void add_cells(struct taken *taken, const struct row *row)
{
    for (unsigned i = 0; i < row->width; i++) {
        const struct value *cell = &row->cells[i];
        buf_addf(&taken->cells, "%c", 'a' + cell->type);
        value_json(&taken->cells, cell);
    }
    buf_putc(&taken->cells, '\n');
}

/* Reads an open input; where rows are not sound they are left out of the
 * file, but for those that `all` asks for. */
static void take_rows(struct taken *taken, struct input *input, bool all)
{
    struct err err;
    struct row row;
    struct cursor cursor = {0};
    enum step step;
    taken->opened = true;
    taken->columns = input->columns.count;
    taken->rejects_file = input->rejects_file;
    taken->named = input->named;
    rejects_header(&taken->file, input);
    cursor_open(&cursor, input);
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM) {
        bool sound = is_sound(input, &row);
        if (!sound && !all)
            continue;
        taken->rows++;
        taken->sound += sound;
        add_reject(taken, input, &row);
        if (sound)
            add_cells(taken, &row);
    }
    taken->failed = step == STEP_FAIL;
    cursor_close(&cursor);
}

static void take_bytes(struct taken *taken, const struct spec *spec,
                       const char *text, size_t len, bool all)
{
    struct err err;
    *taken = (struct taken){0};
    struct input *input =
        input_open_source(spec, source_memory(text, len), &err);
    if (input == NULL && getenv("FUZZ_SHOW") != NULL)
        fprintf(stderr, "%s\n", err.text);
    if (input == NULL)
        return;
    take_rows(taken, input, all);
    input_close(input);
}

/* What was written is read: the same rows, the same file. */
static void check_again(struct taken *first, const struct spec *spec)
{
    struct taken second, third;
    take_bytes(&second, spec, first->file.at, first->file.len, true);
    if (getenv("FUZZ_SHOW") != NULL)
        fprintf(stderr, "%.*s\nwas\n%.*snow\n%.*s\n", (int)first->file.len,
                first->file.at, (int)first->cells.len, buf_text(&first->cells),
                (int)second.cells.len, buf_text(&second.cells));
    if (first->sound > 0)
        demand(second.opened && !second.failed && second.rejects_file);
    if (second.opened && first->sound > 0) {
        demand(second.columns == first->columns);
        demand(second.rows == first->rows && second.sound == first->sound);
        demand_same(&second.cells, &first->cells);
        take_bytes(&third, spec, second.file.at, second.file.len, true);
        demand_same(&third.file, &second.file);
        release(&third);
    }
    release(&second);
}

static void as_rows(struct bytes from)
{
    struct spec spec;
    struct taken first;
    if (from.left < 3)
        return;
    choose(from.at, &spec);
    take_bytes(&first, &spec, (const char *)from.at + 2, from.left - 2, false);
    if (first.opened && first.named && !first.failed)
        check_again(&first, &spec);
    release(&first);
    spec_release(&spec);
}

/* Cells of every type, as another decoder than CSV's makes them. */

enum { CELLS = 4 };

static struct value sound_text(struct arena *arena, struct bytes from)
{
    struct buf mended = {0}, nfc = {0};
    utf8_mend(&mended, (const char *)from.at, from.left);
    utf8_nfc(&nfc, buf_text(&mended), mended.len);
    const char *start = buf_text(&nfc), *end = start + nfc.len;
    utf8_trim(&start, &end);
    bool good = !holds(start, (size_t)(end - start), REJECTED_MARK) &&
                memchr(start, '\0', (size_t)(end - start)) == NULL;
    size_t len = good ? (size_t)(end - start) : 0;
    char *copy = arena_alloc(arena, len + 1);
    memcpy(copy, start, len);
    buf_release(&mended);
    buf_release(&nfc);
    return value_text(copy, len);
}

static bool is_number(const struct value *value)
{
    return value->type == VALUE_INT || value->type == VALUE_DECIMAL;
}

static struct value make_cell(struct arena *arena, unsigned kind,
                              struct bytes from)
{
    struct value text = sound_text(arena, from), read;
    bool json = nested_read(text.text, text.len, arena, &read);
    switch (kind % 6) {
    case 0:
        return (struct value){.type = VALUE_NIL};
    case 1:
        return (struct value){.type = VALUE_BOOL, .truth = from.left % 2 == 1};
    case 2: {
        double number = 0;
        memcpy(&number, from.at, from.left < 8 ? from.left : 8);
        bool finite = number - number == 0;
        return (struct value){.type = VALUE_NUMBER,
                              .number = finite ? number : 0.1};
    }
    case 3:
        return json && is_number(&read) ? read : text;
    default:
        return text;
    }
}

static void as_cells(struct bytes from)
{
    static struct column columns[CELLS] = {
        {"Mã", 3}, {"=T;\"ên", 7}, {"_key", 4}, {"a\nb", 3}};
    static char path[] = "kh.made";
    static const struct dialect dialects[] = {
        {',', '"', '"'}, {';', '"', '"'}, {'\t', '"', '"'}};
    unsigned dialect = take(&from);
    struct input input = {.path = path,
                          .dialect = dialects[dialect % 3],
                          .columns = {.all = columns, .count = CELLS},
                          .typed = true,
                          .nested = true,
                          .trim = true};
    struct value cells[CELLS];
    struct taken first = {.columns = CELLS};
    struct arena arena;
    struct spec spec;
    arena_init(&arena);
    spec_init(&spec);
    spec.path = mem_text("fuzz");
    rejects_header(&first.file, &input);
    while (from.left > 0 && first.rows < 8) {
        for (unsigned i = 0; i < CELLS; i++) {
            unsigned kind = take(&from);
            cells[i] = make_cell(&arena, kind, take_until(&from, 0x1E));
        }
        const struct row row = {
            .cells = cells,
            .count = CELLS,
            .width = CELLS,
            .origin = {.cells = cells, .len = CELLS, .decoded = true}};
        first.rows++;
        first.sound++;
        add_reject(&first, &input, &row);
        add_cells(&first, &row);
    }
    check_again(&first, &spec);
    release(&first);
    spec_release(&spec);
    arena_release(&arena);
}

/* Whatever people, and others, have made of such a file. */
static void as_file(struct bytes from)
{
    static const char *const headers[] = {
        "", "\xEF\xBB\xBFMã;Tên;_key;_line;_field;_reason\n",
        "\xEF\xBB\xBF_,B,_types,_key,_line,_field,_reason\r\n",
        "A;_line;_field;_reason\n"};
    struct spec spec;
    struct buf text = {0}, whole = {0}, pieces = {0};
    unsigned header = take(&from), size = take(&from);
    spec_init(&spec);
    spec.path = mem_text("fuzz");
    buf_puts(&text, headers[header % 4]);
    buf_add(&text, (const char *)from.at, from.left);
    csv_limits.chunk = CHUNK_BYTES;
    dump_bytes(&spec, text.at, text.len, &whole);
    csv_limits.chunk = 1 + size % 64;
    dump_bytes(&spec, text.at, text.len, &pieces);
    csv_limits.chunk = CHUNK_BYTES;
    demand_same(&whole, &pieces);
    buf_release(&text);
    buf_release(&whole);
    buf_release(&pieces);
    spec_release(&spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct bytes from = {bytes, len};
    switch (take(&from) % 3) {
    case 0:
        as_rows(from);
        break;
    case 1:
        as_cells(from);
        break;
    default:
        as_file(from);
    }
    return 0;
}
