/* Any text as a workbook (fake_book.h), under any of the options that tables
 * have: read again it gives the same rows, and every row of the sheet is one of
 * the input's, a line of its header, or counted as what it is. The first two
 * bytes choose the options. */
#include "fuzz.h"

#include "../unit/fake_book.h"
#include "base/utf8.h"
#include "decode/table/part.h"

static void choose(const uint8_t *bytes, struct spec *spec)
{
    static const char *const headers[] = {NULL, "1", "1,2", "0"};
    static const char *const sheets[] = {NULL, "2", "*", "a"};
    const char *header = headers[bytes[0] & 3];
    const char *sheet = sheets[bytes[0] >> 2 & 3];
    spec_init(spec);
    if (header != NULL)
        fake_say(spec, "header", header);
    if (sheet != NULL)
        fake_say(spec, "sheet", sheet);
    if (bytes[0] & 16)
        fake_say(spec, "skip", "2");
    if (bytes[0] & 32)
        fake_say(spec, "stop", "b");
    if (bytes[0] & 64)
        fake_say(spec, "hidden", "skip");
    if (bytes[0] & 128)
        fake_say(spec, "merged", "fill");
    if (bytes[1] & 1)
        fake_say(spec, "ragged", "yes");
    if (bytes[1] & 2)
        fake_say(spec, "trim", "no");
    spec->as_is = (bytes[1] & 4) != 0;
}

/* The rows that the sheet gives, and its last line. */
static uint64_t count_given(struct fake_book *book, unsigned sheet,
                            uint64_t *last)
{
    struct err err;
    struct arena arena;
    struct grid_row row;
    uint64_t given = 0;
    arena_init(&arena);
    fake_begin(book, sheet, &err);
    for (*last = 0; fake_next(book, &arena, &row, &err) == STEP_ITEM; given++)
        *last = row.line;
    arena_release(&arena);
    return given;
}

static uint64_t count_taken(struct input *input)
{
    struct cursor cursor = {0};
    struct row row;
    struct err err;
    enum step step;
    uint64_t taken = 0;
    cursor_open(&cursor, input);
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
        taken++;
    demand(step == STEP_END);
    left_out_add(&cursor.left, &cursor.chunk->left);
    for (unsigned i = 0; i < LEFT_KINDS; i++)
        taken += cursor.left.count[i];
    cursor_close(&cursor);
    return taken;
}

static void count(const struct spec *spec, const char *text, size_t len)
{
    struct err err;
    struct input *input =
        input_open_source(spec, source_memory(text, len), &err);
    if (input == NULL)
        return;
    uint64_t given = 0, lines = 0, last, taken = count_taken(input);
    unsigned parts;
    const struct grid_part *all = grid_parts(input, &parts);
    for (unsigned i = 0; i < parts; i++) {
        given += count_given(grid_book(input), all[i].sheet, &last);
        lines += last;
        taken += all[i].header_count;
    }
    demand(given <= taken && taken <= lines);
    input_close(input);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const none[] = {NULL};
    struct spec spec;
    struct buf out = {0}, text = {0};
    if (len < 2 || memchr(bytes + 2, '\0', len - 2) != NULL ||
        utf8_valid((const char *)bytes + 2, len - 2) < len - 2)
        return 0;
    choose(bytes, &spec);
    buf_add(&text, bytes + 2, len - 2);
    fake_dump(buf_text(&text), &spec, none, &out);
    count(&spec, buf_text(&text), text.len);
    buf_release(&out);
    buf_release(&text);
    spec_release(&spec);
    return 0;
}
