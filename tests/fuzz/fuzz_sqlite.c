/* Any bytes as an SQLite database, of which any table is read: rows hold what a
 * value may be, and end. */
#include "fuzz.h"

#include "decode/cursor.h"

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

static void check_row(const struct row *row)
{
    struct buf json = {0};
    for (unsigned i = 0; i < row->count; i++) {
        const struct value *cell = &row->cells[i];
        if (cell->type == VALUE_TEXT || cell->type == VALUE_DECIMAL)
            demand(utf8_valid(cell->text, cell->len) == cell->len);
        value_json(&json, cell);
    }
    if (row->fault != NULL)
        demand_shown(row->fault);
    buf_release(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const names[] = {"Customers", "Suppliers", "Shippers"};
    struct spec spec;
    struct row row;
    struct err err;
    struct cursor cursor = {0};
    const char *name = names[len % 3];
    struct option_value table = option_text_value(name, strlen(name));
    spec_init(&spec);
    spec.format = format_find("sqlite");
    demand(spec_say(&spec, "table", &table, &err));
    struct input *input =
        input_open_source(&spec, source_memory((const char *)bytes, len), &err);
    if (input != NULL) {
        cursor_open(&cursor, input);
        while (cursor_next(&cursor, &row, &err) == STEP_ITEM)
            check_row(&row);
        cursor_close(&cursor);
        input_close(input);
    } else {
        demand_shown(err.text);
    }
    spec_release(&spec);
    return 0;
}
