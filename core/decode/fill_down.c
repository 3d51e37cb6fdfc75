/* fill_down.c: the same rule on both sides: a value that is not blank is the
 * one for the rows below, a blank one takes it. Lists and maps are neither:
 * below them nothing is filled. */
#include "fill_down.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* The reader's, of one input. */
struct down_input {
    unsigned *columns; /* by their places, from 0 */
    unsigned count;
    struct rows rows;
    struct down_above *last; /* texts are in `texts` */
    struct buf *texts;
    uint32_t sheet;
};

static bool is_blank(const struct value *value)
{
    if (value->type == VALUE_NIL || value->type == VALUE_EMPTY)
        return true;
    if (value->type != VALUE_TEXT)
        return false;
    const char *start = value->text, *end = value->text + value->len;
    utf8_trim(&start, &end);
    return start == end;
}

static bool is_nested(const struct value *value)
{
    return value->type == VALUE_LIST || value->type == VALUE_MAP;
}

static bool has_text(const struct value *value)
{
    return value->type == VALUE_TEXT || value->type == VALUE_DECIMAL;
}

/* A number in a script is a place, from 1; 0: it is none. */
static unsigned place_said(const struct option_value *said)
{
    unsigned place = 0;
    for (size_t i = 0; said->type == OPTION_NUMBER && i < said->len; i++) {
        if (said->text[i] < '0' || said->text[i] > '9' || i == 8)
            return 0;
        place = place * 10 + (unsigned)(said->text[i] - '0');
    }
    return place;
}

/* Names are spelt as the columns' own are. */
static int find_column(const struct columns *columns,
                       const struct option_value *said, struct err *err)
{
    struct columns one = {.count = 0};
    const struct value text = value_text(said->text, said->len);
    unsigned place = place_said(said);
    if (place > 0 && place <= columns->count)
        return (int)place - 1;
    columns_name(&one, &text, 1);
    const char *name = one.all[0].name;
    int at = columns_find(columns, name, one.all[0].len);
    if (at < 0) {
        const struct column *near =
            columns_nearest(columns, name, one.all[0].len);
        err_set(err, EXIT_USAGE, "fill_down: no column \"%s\"%s%s%s", name,
                near ? ": did you mean \"" : "", near ? near->name : "",
                near ? "\"?" : "");
    }
    columns_release(&one);
    return at;
}

bool down_open(struct input *input, struct err *err)
{
    const struct option_value *said = &input->spec.fill_down;
    if (said->count == 0 || input->rejects_file)
        return true;
    struct down_input *down = mem_zero(1, sizeof *down);
    input->down = down;
    down->columns = mem_zero(said->count, sizeof *down->columns);
    down->last = mem_zero(said->count, sizeof *down->last);
    down->texts = mem_zero(said->count, sizeof *down->texts);
    down->count = (unsigned)said->count;
    /* Whoever misspelt one may have misspelt more: all are told. */
    struct errs errs = {.count = 0};
    struct err why;
    for (unsigned i = 0; i < down->count; i++) {
        int at = find_column(&input->columns, &said->items[i], &why);
        down->columns[i] = at < 0 ? 0 : (unsigned)at;
        if (at < 0)
            errs_add(&errs, &why);
    }
    return errs_end(&errs, err);
}

void down_close(struct input *input)
{
    struct down_input *down = input->down;
    if (down == NULL)
        return;
    if (down->rows.input != NULL)
        input->format->rows->close(&down->rows);
    for (unsigned i = 0; i < down->count; i++)
        buf_release(&down->texts[i]);
    free(down->columns);
    free(down->last);
    free(down->texts);
    free(down);
    input->down = NULL;
}

static void take_above(struct down_above *above, const struct value *cell)
{
    *above = (struct down_above){.value = *cell};
    if (is_nested(cell))
        above->value = (struct value){.type = VALUE_NIL};
}

/* False: the row cannot be used, which is noted. On a new sheet nothing stands
 * above it. */
static bool meet(struct down_above *above, unsigned count, uint32_t *sheet,
                 const struct row *row)
{
    if (row->place.sheet != *sheet)
        memset(above, 0, count * sizeof *above); /* NIL */
    *sheet = row->place.sheet;
    for (unsigned i = 0; row->fault != NULL && i < count; i++)
        if (above[i].past == 0)
            above[i].past = place_number(&row->place);
    return row->fault == NULL;
}

/* The last values outlive the chunk that they stand in. */
static void keep_last(struct down_input *down, const struct row *row)
{
    if (!meet(down->last, down->count, &down->sheet, row))
        return;
    for (unsigned i = 0; i < down->count; i++) {
        const struct value *cell = &row->cells[down->columns[i]];
        if (is_blank(cell))
            continue;
        take_above(&down->last[i], cell);
        if (!has_text(cell))
            continue;
        buf_clear(&down->texts[i]);
        buf_add(&down->texts[i], cell->text, cell->len);
        down->last[i].value.text = buf_text(&down->texts[i]);
    }
}

/* A copy for the chunk, whose mapper has it when the reader is further on. */
static void leave_above(const struct down_input *down, struct chunk *chunk)
{
    struct down_above *above =
        arena_alloc(&chunk->arena, down->count * sizeof *above);
    for (unsigned i = 0; i < down->count; i++) {
        struct value *value = &above[i].value;
        above[i] = down->last[i];
        if (!has_text(value))
            continue;
        char *text = arena_alloc(&chunk->arena, value->len);
        value->text = memcpy(text, down->last[i].value.text, value->len);
    }
    chunk->above = above;
    chunk->above_sheet = down->sheet;
}

enum step down_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct row row = {.warnings = NULL}; /* not asked for here */
    struct down_input *down = input->down;
    enum step step = input->format->fill(input, chunk, err);
    if (step == STEP_FAIL)
        err_name(err, input->path);
    if (down == NULL || step != STEP_ITEM)
        return step;
    leave_above(down, chunk);
    if (down->rows.input == NULL) {
        down->rows.input = input;
        input->format->rows->open(&down->rows);
    }
    struct left_out left = chunk->left; /* the mapper counts */
    input->format->rows->begin(&down->rows, chunk);
    while (input->format->rows->next(&down->rows, &row))
        keep_last(down, &row);
    chunk->left = left;
    chunk->failed = false; /* and finds out what cannot be read */
    return step;
}

void down_begin(struct down *down, const struct chunk *chunk)
{
    const struct down_input *said = chunk->input->down;
    if (said == NULL || chunk->above == NULL)
        return;
    if (down->above_cap < said->count) {
        down->above_cap = said->count;
        down->above =
            mem_resize(down->above, said->count * sizeof *down->above);
    }
    memcpy(down->above, chunk->above, said->count * sizeof *down->above);
    down->sheet = chunk->above_sheet;
}

/* The row's own cells are the decoder's: a copy is filled. */
static void copy_cells(struct down *down, struct row *row)
{
    unsigned count = row->width > row->count ? row->width : row->count;
    if (row->cells == down->cells)
        return;
    if (down->cell_cap < count) {
        down->cell_cap = count;
        down->cells = mem_resize(down->cells, count * sizeof *down->cells);
    }
    memcpy(down->cells, row->cells, count * sizeof *down->cells);
    row->cells = down->cells;
}

/* The row in a rejects file stands alone, so it has the values too: as cells,
 * whatever the row was written as. */
static void fill_origin(const struct down_input *said, struct chunk *chunk,
                        struct row *row)
{
    const struct origin *origin = &row->origin;
    unsigned count = row->width > row->count ? row->width : row->count;
    struct value *cells = arena_alloc(&chunk->arena, count * sizeof *cells);
    memcpy(cells, row->cells, count * sizeof *cells);
    for (unsigned i = 0; origin->decoded && i < count; i++)
        cells[i] = i < origin->len ? origin->cells[i]
                                   : (struct value){.type = VALUE_NIL};
    for (unsigned i = 0; i < said->count; i++)
        if (is_blank(&cells[said->columns[i]]))
            cells[said->columns[i]] = row->cells[said->columns[i]];
    row->origin =
        (struct origin){.cells = cells, .len = count, .decoded = true};
}

/* The row's own warnings are the decoder's: a copy has one more. */
static void doubt(struct down *down, struct chunk *chunk, struct row *row,
                  const struct down_above *above, const char *column)
{
    struct warnings *warnings = &down->warnings;
    if (row->warnings != warnings) {
        warnings_clear(warnings);
        warnings->arena = &chunk->arena;
        warnings_add(warnings, row->warnings);
        row->warnings = warnings;
    }
    const struct place past = place_of(above->past, 0);
    struct buf place = {0};
    place_put(&place, &past, NULL);
    warn(warnings, WARNING_UNREADABLE, column, &above->value,
         "filled down past %s%s, which cannot be read and may have "
         "another value",
         past.line > 0 ? "line " : "", buf_text(&place));
    buf_release(&place);
}

void down_row(struct down *down, struct chunk *chunk, struct row *row)
{
    const struct down_input *said = chunk->input->down;
    if (said == NULL || chunk->above == NULL ||
        !meet(down->above, said->count, &down->sheet, row))
        return;
    for (unsigned i = 0; i < said->count; i++) {
        unsigned at = said->columns[i];
        if (!is_blank(&row->cells[at])) {
            take_above(&down->above[i], &row->cells[at]);
        } else if (down->above[i].value.type != VALUE_NIL) {
            copy_cells(down, row);
            down->cells[at] = down->above[i].value;
            if (down->above[i].past != 0)
                doubt(down, chunk, row, &down->above[i],
                      chunk->input->columns.all[at].name);
        }
    }
    if (row->cells == down->cells)
        fill_origin(said, chunk, row);
}

void down_release(struct down *down)
{
    free(down->above);
    free(down->cells);
    *down = (struct down){.above = NULL};
}
