/* row.c: cells as they come, each into its column.
 *
 * Most programs write <c r="B7" s="1" t="s"><v>5</v></c>, one cell behind the
 * other: attributes are taken byte by byte, and what else a cell may hold is
 * left to tags. A cell without a reference stands behind the last one. */
#include "row.h"

#include <string.h>

#include "base/ascii.h"
#include "cell.h"
#include "inline.h"
#include "tag.h"
#include "usual.h"

static const struct value blank = {.text = "", .type = VALUE_TEXT};
static const char broken[] = "its XML is damaged";

void xlsx_row_init(struct xlsx_row *row, const struct xlsx_book *book,
                   unsigned least)
{
    *row = (struct xlsx_row){.book = book, .least = least};
}

void xlsx_row_release(struct xlsx_row *row)
{
    buf_release(&row->scratch);
}

static void set_fault(struct xlsx_row *row, const char *fault)
{
    if (row->fault == NULL)
        row->fault = fault;
}

/* Room for so many cells; those that there are move. */
static void grow(struct xlsx_row *row, unsigned needed)
{
    struct value *cells = row->cells;
    unsigned cap = row->cap * 2 > needed ? row->cap * 2 : needed;
    row->cap = cap < XLSX_COLUMNS ? cap : XLSX_COLUMNS;
    row->cells = arena_alloc(row->arena, row->cap * sizeof *row->cells);
    if (row->filled > 0)
        memcpy(row->cells, cells, row->filled * sizeof *cells);
}

/* Cells up to there are blank, where they are not filled. */
static void fill(struct xlsx_row *row, unsigned count)
{
    if (count > row->cap)
        grow(row, count);
    for (unsigned i = row->filled; i < count; i++)
        row->cells[i] = blank;
    if (count > row->filled)
        row->filled = count;
}

static void add_doubt(struct xlsx_row *row, unsigned column,
                      const struct xlsx_said *said)
{
    if (row->doubt_count == row->doubt_cap) {
        struct grid_doubt *doubts = row->doubts;
        row->doubt_cap = row->doubt_cap * 2 + 4;
        row->doubts =
            arena_alloc(row->arena, row->doubt_cap * sizeof *row->doubts);
        if (row->doubt_count > 0)
            memcpy(row->doubts, doubts, row->doubt_count * sizeof *doubts);
    }
    row->doubts[row->doubt_count++] =
        (struct grid_doubt){.column = column,
                            .kind = said->doubt->kind,
                            .text = said->doubt->text,
                            .value = said->about};
}

static bool is_empty(const struct value *value)
{
    return value->type == VALUE_TEXT && value->len == 0;
}

/* A cell of a column that has one already is not lost without a word. */
static void put(struct xlsx_row *row, const struct xlsx_cell *cell,
                struct value value)
{
    unsigned column = cell->column;
    if (is_empty(&value))
        return;
    if (column < row->filled && !is_empty(&row->cells[column]))
        set_fault(row, "two cells stand in one column");
    fill(row, column + 1);
    row->cells[column] = value;
    if (column >= row->width)
        row->width = column + 1;
}

static inline void add_unready(struct xlsx_row *row, unsigned column)
{
    if (row->unready_count < XLSX_UNREADY)
        row->unready[row->unready_count] = (uint16_t)column;
    row->unready_count++;
}

static void take(struct xlsx_row *row, const struct xlsx_cell *cell)
{
    struct xlsx_said said = {0};
    struct value value =
        xlsx_cell_value(cell, row->book, row->arena, &row->scratch, &said);
    put(row, cell, value);
    if (said.unready)
        add_unready(row, cell->column);
    if (said.fault != NULL)
        set_fault(row, said.fault);
    if (said.doubt != NULL) {
        fill(row, cell->column + 1);
        add_doubt(row, cell->column, &said);
    }
}

static uint32_t style_of(const char *text, size_t len)
{
    uint32_t style = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(text[i] - '0');
        if (digit > 9 || style > UINT32_MAX / 10 - 1)
            return UINT32_MAX;
        style = style * 10 + digit;
    }
    return style;
}

/* One attribute of a cell. */
static void read_attribute(struct xlsx_row *row, struct xlsx_cell *cell,
                           const struct xlsx_attribute *attribute)
{
    int column;
    if (attribute->len != 1)
        return;
    switch (*attribute->name) {
    case 'r':
        column = xlsx_cell_column(attribute->value, attribute->value_len);
        if (column < 0)
            set_fault(row, "a cell stands in a column that there is none of");
        else
            cell->column = (unsigned)column;
        break;
    case 's':
        cell->style = style_of(attribute->value, attribute->value_len);
        break;
    case 't':
        cell->type = xlsx_cell_type(attribute->value, attribute->value_len);
        break;
    default:
        break;
    }
}

/* The texts of <is>, put together; answers what follows it. */
static const char *read_inline(struct xlsx_row *row, struct xlsx_cell *cell,
                               const char *at, const char *end)
{
    const char *why = NULL;
    cell->has_inline = true;
    cell->inline_text = &row->scratch;
    at = xlsx_inline_read(&row->scratch, at, end, &why);
    if (why != NULL)
        set_fault(row, why);
    return at;
}

/* What stands within a cell, whose tag ends before `at`. */
static const char *read_inside(struct xlsx_row *row, struct xlsx_cell *cell,
                               const char *at, const char *end)
{
    struct xlsx_tag tag;
    while ((at = xlsx_tag_next(at, end, &tag)) != NULL) {
        if (xlsx_tag_closes(&tag, "c"))
            return at;
        if (xlsx_tag_opens(&tag, "f"))
            cell->formula = true;
        if (tag.closing || tag.empty)
            continue;
        if (xlsx_tag_is(&tag, "v"))
            at = xlsx_inline_text(at, end, &cell->text, &cell->len);
        else if (xlsx_tag_is(&tag, "is"))
            at = read_inline(row, cell, at, end);
        else
            at = xlsx_tag_skip(at, end, &tag);
        if (at == NULL)
            return NULL;
    }
    return NULL;
}

/* The usual inside of a cell, <v>5</v></c>; NULL: it is another one. */
static const char *read_usual(struct xlsx_cell *cell, const char *at,
                              const char *end)
{
    static const char after[] = "</v></c>";
    enum { AFTER = sizeof after - 1, V = 3 };
    if (end - at < V + AFTER || memcmp(at, "<v>", V) != 0)
        return NULL;
    const char *text = at + V;
    at = memchr(text, '<', (size_t)(end - text));
    if (at == NULL || end - at < AFTER || memcmp(at, after, AFTER) != 0)
        return NULL;
    cell->text = text;
    cell->len = (size_t)(at - text);
    return at + AFTER;
}

/* Reads the cell of this tag; *next is the column of the one after it. */
static const char *read_cell(struct xlsx_row *row, struct xlsx_tag *tag,
                             const char *at, const char *end, unsigned *next)
{
    struct xlsx_cell cell = {.column = *next};
    struct xlsx_attribute attribute;
    while (xlsx_tag_attribute(tag, &attribute))
        read_attribute(row, &cell, &attribute);
    if (!tag->empty) {
        const char *usual = read_usual(&cell, at, end);
        at = usual != NULL ? usual : read_inside(row, &cell, at, end);
    }
    if (at == NULL)
        return NULL;
    if (cell.column >= XLSX_COLUMNS)
        set_fault(row, "a cell stands in a column that there is none of");
    else
        take(row, &cell);
    *next = cell.column + 1;
    return at;
}

/* Puts a value behind all others, as most are. */
static inline bool append(struct xlsx_row *row, unsigned column,
                          struct value value)
{
    if (column < row->filled)
        return false;
    fill(row, column + 1);
    row->cells[column] = value;
    row->width = column + 1;
    return true;
}

static inline bool put_shared(struct xlsx_row *row, unsigned column,
                              uint64_t number)
{
    bool ready;
    if (number >= xlsx_strings_count(row->book->strings))
        return false;
    struct value value =
        xlsx_strings_at(row->book->strings, (uint32_t)number, &ready);
    if (value.len > 0 && !append(row, column, value))
        return false;
    if (!ready)
        add_unready(row, column);
    return true;
}

/* The usual cell (usual.h) of a string or an integer. NULL: it is another one,
 * and nothing was done. */
static inline const char *take_usual(struct xlsx_row *row, const char *at,
                                     unsigned *next)
{
    struct xlsx_usual cell = {.empty = true};
    at = xlsx_usual_take(at, &cell);
    if (at == NULL || cell.column >= XLSX_COLUMNS)
        return NULL;
    *next = cell.column + 1;
    if (cell.empty)
        return at;
    if (cell.type == 's')
        return put_shared(row, cell.column, cell.value) ? at : NULL;
    const struct value number = {.integer = (int64_t)cell.value,
                                 .type = VALUE_INT};
    bool digits =
        cell.type == 'n' &&
        xlsx_styles_at(&row->book->styles, cell.style).kind == SHOWN_NUMBER;
    return digits && append(row, cell.column, number) ? at : NULL;
}

static bool says_anything(const struct xlsx_row *row)
{
    return row->width > 0 || row->doubt_count > 0 || row->fault != NULL;
}

/* One tag of the row and what belongs to it; *over: it is the row's end. */
static const char *read_part(struct xlsx_row *row, const char *at,
                             const char *end, unsigned *next, bool *over)
{
    struct xlsx_tag tag;
    at = xlsx_tag_next(at, end, &tag);
    if (at == NULL)
        return NULL;
    *over = xlsx_tag_closes(&tag, "row");
    if (*over)
        return at;
    if (xlsx_tag_opens(&tag, "c"))
        return read_cell(row, &tag, at, end, next);
    return tag.closing ? NULL : xlsx_tag_skip(at, end, &tag);
}

static const char *read_cells(struct xlsx_row *row, const char *at,
                              const char *end)
{
    const char *readable = row->readable != NULL ? row->readable : end;
    unsigned next = 0;
    bool over = false;
    while (at != NULL && !over && !(row->peeks && says_anything(row))) {
        unsigned after = next;
        const char *usual =
            readable - at >= XLSX_USUAL ? take_usual(row, at, &after) : NULL;
        if (usual != NULL && usual <= end) {
            at = usual;
            next = after;
        } else {
            at = read_part(row, at, end, &next, &over);
        }
    }
    return at;
}

/* The row's own attributes. */
static void read_head(struct xlsx_row *row, struct xlsx_tag *tag)
{
    struct xlsx_attribute attribute;
    while (xlsx_tag_attribute(tag, &attribute)) {
        if (xlsx_is(attribute.name, attribute.len, "r")) {
            row->line = style_of(attribute.value, attribute.value_len);
            if (row->line == 0 || row->line > XLSX_ROWS)
                set_fault(row, "its number is that of no row");
        } else if (xlsx_is(attribute.name, attribute.len, "hidden")) {
            row->hidden = xlsx_is_true(attribute.value, attribute.value_len);
        }
    }
}

static void clear(struct xlsx_row *row)
{
    row->line = 0;
    row->hidden = false;
    row->cells = NULL;
    row->doubts = NULL;
    row->cap = row->filled = row->width = 0;
    row->doubt_count = row->doubt_cap = row->unready_count = 0;
    row->fault = NULL;
}

static void read_row(struct xlsx_row *row, const char *at, const char *end)
{
    struct xlsx_tag tag;
    at = xlsx_tag_next(at, end, &tag);
    if (at != NULL) {
        read_head(row, &tag);
        if (!tag.empty)
            at = read_cells(row, at, end);
    }
    if (at == NULL)
        set_fault(row, broken);
}

void xlsx_row_read(struct xlsx_row *row, const char *at, const char *end)
{
    clear(row);
    row->peeks = false;
    grow(row, row->least > 0 ? row->least : 1);
    read_row(row, at, end);
    fill(row, row->least);
}

void xlsx_row_peek(struct xlsx_row *row, const char *at, const char *end)
{
    clear(row);
    row->peeks = true;
    read_row(row, at, end);
}

unsigned xlsx_row_width(const struct xlsx_row *row)
{
    unsigned width = row->width;
    for (unsigned i = 0; i < row->doubt_count; i++)
        if (row->doubts[i].column >= width)
            width = row->doubts[i].column + 1;
    return width;
}
