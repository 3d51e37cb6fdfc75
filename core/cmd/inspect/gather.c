/* gather.c: row by row through the one reader; what concerns a row as a whole
 * is looked at here, its cells in cells.c and profile.c. */
#include "gather.h"

#include <stdlib.h>
#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"
#include "cells.h"
#include "decode/cursor.h"
#include "decode/rejected.h"
#include "decode/table/unwrap.h"
#include "rows.h"
#include "wrong.h"

/* What reading takes, and nobody wants afterwards. */
struct walk {
    struct gather *gather;
    struct cells cells;
    struct buf text; /* a value's that is no text */
};

/* So that all registers together stay in a few MiB. */
static unsigned distinct_bits(unsigned columns)
{
    unsigned bits = DISTINCT_BITS_MAX;
    while (bits > DISTINCT_BITS_MIN && ((uint64_t)columns << bits) > 8 << 20)
        bits--;
    return bits;
}

/* A name that several columns have means none of them; what it says of their
 * cells holds for all. */
static struct heading heading_at(const struct gather *gather, unsigned at)
{
    const struct columns *columns = &gather->input->columns;
    const struct repeat *repeat = columns->repeats;
    struct heading heading = {0};
    uint32_t len = columns->all[at].len;
    if (!gather->input->named)
        return heading;
    bool repeats = repeat != NULL && repeat[repeat[at].first].same > 1;
    if (repeats)
        len = repeat[at].stem;
    heading = (gather->facts.header_count > 1 ? heading_of_parts : heading_of)(
        columns->all[at].name, len);
    if (repeats)
        heading.field = NULL;
    return heading;
}

static void init_columns(struct gather *gather)
{
    const struct columns *columns = &gather->input->columns;
    unsigned bits = distinct_bits(columns->count);
    gather->count = columns->count;
    gather->columns =
        mem_zero((size_t)columns->count + 1, sizeof *gather->columns);
    for (unsigned i = 0; i < columns->count; i++) {
        gather->columns[i].heading = heading_at(gather, i);
        profile_init(&gather->columns[i].profile, bits);
    }
}

static void watch(struct gather *gather, unsigned column)
{
    for (unsigned i = 0; i < gather->key_count; i++)
        if (gather->key_columns[i] == column)
            return;
    if (gather->key_count < GATHER_KEYS)
        gather->key_columns[gather->key_count++] = column;
}

static bool is_code(const struct gather_column *column)
{
    const char *field = column->heading.field;
    return field != NULL && strcmp(field, "CustomerCode") == 0;
}

/* The one whose name says so; else those that are codes, and the first. */
static void find_keys(struct gather *gather)
{
    gather->key = GATHER_NO_KEY;
    for (unsigned i = 0; i < gather->count; i++)
        if (is_code(&gather->columns[i]))
            watch(gather, i);
    if (gather->key_count > 0)
        return;
    for (unsigned i = 0; i < gather->count; i++)
        if (gather->columns[i].heading.look == LOOK_CODE)
            watch(gather, i);
    if (gather->count > 0)
        watch(gather, 0);
}

/* A value as text; numbers have their digits, lists and maps are JSON. */
static struct value text_of(struct walk *walk, const struct value *cell)
{
    if (cell->type == VALUE_TEXT || cell->type == VALUE_DECIMAL) {
        struct value text = *cell;
        text.flags = cell->type == VALUE_TEXT ? cell->flags : VALUE_TIGHT;
        text.type = VALUE_TEXT;
        return text;
    }
    buf_clear(&walk->text);
    if (cell->type != VALUE_NIL && cell->type != VALUE_EMPTY)
        value_json(&walk->text, cell);
    buf_reserve(&walk->text, 1);
    return value_text(walk->text.at, walk->text.len);
}

static void add_key(struct gather *gather, unsigned column,
                    const struct value *text, const struct place *place)
{
    for (unsigned i = 0; i < gather->key_count; i++)
        if (gather->key_columns[i] == column)
            keys_add(&gather->keys[i], &gather->arena, text->text, text->len,
                     place);
}

static void add_cell(struct walk *walk, unsigned column,
                     const struct value *cell, const struct place *place)
{
    struct gather *gather = walk->gather;
    struct profile *profile = &gather->columns[column].profile;
    struct value text = text_of(walk, cell);
    cells_trim(&walk->cells, column, place, &text);
    if (text.len == 0) {
        profile_blank(profile, place);
        return;
    }
    profile->typed += cell->type != VALUE_TEXT;
    enum cell_kind kind = profile_add(profile, &gather->arena, place, text.text,
                                      text.len, (text.flags & VALUE_WIDE) != 0);
    wrong_number(&gather->signs, column, place, kind, &text);
    cells_look(&walk->cells, column, place, &text);
    if (gather->key_count > 0)
        add_key(gather, column, &text, place);
}

/* Something of it is no text in the input's encoding. */
static bool is_unreadable(const struct row *row)
{
    if (row->origin.decoded || row->origin.len == 0)
        return false;
    const char *at = row->origin.text, *end = at + row->origin.len;
    size_t size = strlen(REJECTED_MARK);
    while ((at = memchr(at, REJECTED_MARK[0], (size_t)(end - at))) != NULL) {
        if ((size_t)(end - at) >= size && memcmp(at, REJECTED_MARK, size) == 0)
            return true;
        at++;
    }
    return false;
}

static void add_fault(struct gather *gather, const struct row *row)
{
    struct signs *signs = &gather->signs;
    if (gather->faults++ == 0) {
        gather->first_fault = row->place;
        gather->fault =
            sign_excerpt(&gather->arena, row->fault, strlen(row->fault), 400);
    }
    if (row->width > gather->count)
        signs_add(signs, SIGN_LONG, gather->count, &row->place, "", 0, NULL);
    else if (is_unreadable(row))
        signs_add(signs, SIGN_ENCODINGS, gather->count, &row->place, "", 0,
                  NULL);
}

/* The decoder's; of a column where it names one. */
static void add_warnings(struct gather *gather, const struct row *row)
{
    for (unsigned i = 0; i < row->warnings->count; i++) {
        const struct warning *warning = &row->warnings->all[i];
        int column = columns_find(&gather->input->columns, warning->field,
                                  strlen(warning->field));
        unsigned kind = SIGN_WARNINGS + warning->kind;
        bool wrapped = warning->kind == WARNING_EXCEL &&
                       strcmp(warning->text, UNWRAP_TEXT) == 0;
        if (wrapped)
            kind = SIGN_WRAPPED;
        else if (warning->kind == WARNING_TOTAL)
            kind = SIGN_TOTAL;
        signs_add(&gather->signs, kind,
                  column < 0 ? gather->count : (unsigned)column, &row->place,
                  warning->value, strlen(warning->value),
                  wrapped ? NULL : warning->text);
    }
}

static void count_sheet(struct gather *gather, const struct row *row)
{
    if (gather->sheet_rows != NULL &&
        row->place.sheet <= gather->input->sheet_count)
        gather->sheet_rows[row->place.sheet]++;
}

static void add_row(struct walk *walk, const struct row *row)
{
    struct gather *gather = walk->gather;
    gather->rows++;
    count_sheet(gather, row);
    if (row->warnings != NULL)
        add_warnings(gather, row);
    if (row->fault != NULL) {
        add_fault(gather, row);
        return;
    }
    rows_look(&gather->signs, gather->count, row);
    for (unsigned i = 0; i < gather->count; i++)
        add_cell(walk, i, &row->cells[i], &row->place);
}

static bool read_rows(struct walk *walk, struct input *input, uint64_t limit,
                      struct err *err)
{
    struct gather *gather = walk->gather;
    struct cursor cursor;
    struct row row;
    enum step step = STEP_END;
    cursor_open(&cursor, input);
    cursor.silent = true;
    while ((limit == 0 || gather->rows < limit) &&
           (step = cursor_next(&cursor, &row, err)) == STEP_ITEM)
        add_row(walk, &row);
    gather->limited = step == STEP_ITEM;
    gather->left = cursor.left;
    gather->unended = cursor.unended;
    cursor_close(&cursor);
    return step != STEP_FAIL;
}

/* Values that were misread are repaired by a mapping that says so. */
static void advise_repair(struct gather *gather)
{
    bool misread = false;
    for (unsigned i = 0; i < gather->count && !misread; i++)
        misread = signs_find(&gather->signs, SIGN_MISREAD, i) != NULL;
    if (misread && gather->input->spec.repair == NULL)
        facts_option_text(&gather->facts, "repair", "auto");
}

/* White space at the ends of cells is to be seen, though no mapping sees it. */
bool gather_read(struct gather *gather, struct input *input, uint64_t limit,
                 struct err *err)
{
    *gather = (struct gather){.input = input};
    facts_of(input, &gather->facts);
    arena_init(&gather->arena);
    input->trim = false;
    init_columns(gather);
    find_keys(gather);
    signs_init(&gather->signs, gather->count);
    if (input->sheet_count > 0)
        gather->sheet_rows = mem_zero((size_t)input->sheet_count + 1,
                                      sizeof *gather->sheet_rows);
    struct walk walk = {.gather = gather};
    cells_init(&walk.cells, &gather->signs);
    bool good = read_rows(&walk, input, limit, err);
    cells_release(&walk.cells);
    buf_release(&walk.text);
    wrong_conclude(gather);
    advise_repair(gather);
    return good;
}

void gather_release(struct gather *gather)
{
    for (unsigned i = 0; i < gather->count; i++)
        profile_release(&gather->columns[i].profile);
    for (unsigned i = 0; i < GATHER_KEYS; i++)
        keys_release(&gather->keys[i]);
    free(gather->columns);
    free(gather->sheet_rows);
    signs_release(&gather->signs);
    facts_release(&gather->facts);
    arena_release(&gather->arena);
    *gather = (struct gather){0};
}
