/* table.c: stored customers as a table for people: the fields that hold
 * anything, in form order, as many as a terminal's width takes. */
#include "table.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/screen/aligned.h"
#include "base/screen/show.h"
#include "form/form.h"

enum { CELL_WIDTH = 28, TABLE_WIDTH = 100 };

/* All texts are in the arena; a row has a cell for each field of the form. */
struct table {
    struct arena arena;
    const struct form *form;
    const char *(*rows)[FORM_MAX_FIELDS];
    unsigned count;
};

/* Of the first record's form; others have other columns. */
static void take_record(void *out, const char *const *cells)
{
    struct table *table = out;
    struct json_reader reader;
    if (table->form == NULL)
        table->form = form_find(cells[0]);
    if (table->form == NULL || strcmp(table->form->name, cells[0]) != 0)
        return;
    const char **row = table->rows[table->count++];
    json_open(&reader, cells[3], strlen(cells[3]));
    json_next(&reader);
    while (json_next(&reader) == JSON_KEY) {
        int i = form_field(table->form, reader.text, reader.len);
        enum json_event event = json_next(&reader);
        if (i >= 0 && (event == JSON_STRING || event == JSON_NUMBER))
            row[i] = show_keep(&table->arena, "", reader.text, reader.len, "");
    }
    json_close(&reader);
}

static size_t column_width(const struct table *table, unsigned field)
{
    size_t widest = 0;
    for (unsigned i = 0; i < table->count; i++) {
        const char *text = table->rows[i][field];
        size_t width = text ? aligned_width(text, CELL_WIDTH) : 0;
        widest = width > widest ? width : widest;
    }
    size_t name = table->form->fields[field].name_len;
    return widest == 0 ? 0 : name > widest ? name : widest;
}

static void put_table(const struct table *table, struct buf *out)
{
    size_t widths[FORM_MAX_FIELDS] = {0};
    /* A column that does not fit is left out, and a narrower one after it may
     * still stand. */
    size_t total = 0;
    for (unsigned i = 0; i < table->form->count; i++) {
        size_t width = column_width(table, i);
        if (width > 0 && total + width + ALIGNED_GAP <= TABLE_WIDTH) {
            widths[i] = width;
            total += width + ALIGNED_GAP;
            aligned_put(out, table->form->fields[i].name, width);
        }
    }
    aligned_end(out);
    for (unsigned row = 0; row < table->count; row++) {
        for (unsigned i = 0; i < table->form->count; i++) {
            const char *text = table->rows[row][i];
            if (widths[i] > 0)
                aligned_put(out, text != NULL ? text : "", widths[i]);
        }
        aligned_end(out);
    }
}

void fast_table(struct store *store, unsigned max, struct buf *out)
{
    struct table table = {0};
    arena_init(&table.arena);
    table.rows = mem_zero(max > 0 ? max : 1, sizeof *table.rows);
    store_records(store, max, take_record, &table);
    if (table.count > 0)
        put_table(&table, out);
    free((void *)table.rows);
    arena_release(&table.arena);
}
