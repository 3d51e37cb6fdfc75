/* row.c: cells as they come, each into its column.
 *
 * Most programs write <row r="7"><c r="B7" s="1" t="s"><v>5</v></c></row>, one
 * cell behind the other: such cells are taken byte by byte (usual.h), all
 * others by their tags (tags.h). Where a row ends is looked for only if the
 * usual cells do not lead there. */
#include "row.h"

#include <string.h>

#include "cut.h"
#include "put.h"
#include "tags.h"
#include "usual.h"

void xlsx_row_init(struct xlsx_row *row, const struct xlsx_book *book,
                   unsigned least)
{
    *row = (struct xlsx_row){.book = book, .least = least};
}

void xlsx_row_release(struct xlsx_row *row)
{
    buf_release(&row->scratch);
}

/* The strings that cells wait for: memory has had time to bring them. */
static void take_waiting(struct xlsx_row *row)
{
    for (unsigned i = 0; i < row->wait_count; i++) {
        struct xlsx_wait wait = row->waits[i];
        bool ready;
        struct value value =
            xlsx_strings_at(row->book->strings, wait.number, &ready);
        __builtin_prefetch(value.text);
        row->cells[wait.column] = value;
        if (value.len > 0 && wait.column >= row->width)
            row->width = wait.column + 1;
        if (!ready)
            xlsx_put_unready(row, wait.column);
    }
    row->wait_count = 0;
}

/* A shared string's cell waits until the row, or what is usual of it, ends. */
static inline bool put_shared(struct xlsx_row *row, unsigned column,
                              uint64_t number)
{
    enum { WAITS = sizeof row->waits / sizeof *row->waits };
    const struct xlsx_strings *strings = row->book->strings;
    if (number >= xlsx_strings_count(strings) || !xlsx_put_next(row, column))
        return false;
    xlsx_strings_fetch(strings, (uint32_t)number);
    row->waits[row->wait_count++] =
        (struct xlsx_wait){column, (uint32_t)number};
    if (row->peeks || row->wait_count == WAITS)
        take_waiting(row);
    return true;
}

/* A number, as its style shows it: a date is usual as well. */
static inline bool put_number(struct xlsx_row *row,
                              const struct xlsx_usual *cell)
{
    const struct xlsx_book *book = row->book;
    if (cell->type != 'n' || !xlsx_put_next(row, cell->column))
        return false;
    struct shown shown = xlsx_styles_at(&book->styles, cell->style);
    row->cells[cell->column] =
        shown.kind == SHOWN_NUMBER
            ? (struct value){.integer = (int64_t)cell->value, .type = VALUE_INT}
            : shown_text_value(cell->digits, cell->len, shown, book->from_1904,
                               row->arena);
    row->width = cell->column + 1;
    return true;
}

/* The text that begins at `at`; answers what follows its cell. */
static inline const char *put_inline(struct xlsx_row *row, unsigned column,
                                     const char *at, const char *end)
{
    static const char after[] = "</t></is></c>";
    enum { AFTER = sizeof after - 1 };
    struct value value;
    bool ready;
    const char *close = at < end ? memchr(at, '<', (size_t)(end - at)) : NULL;
    if (close == NULL || end - close < AFTER ||
        memcmp(close, after, AFTER) != 0 ||
        !xlsx_cell_plain(at, (size_t)(close - at), &value, &ready))
        return NULL;
    if (value.len == 0)
        return close + AFTER;
    if (!xlsx_put_next(row, column))
        return NULL;
    row->cells[column] = value;
    row->width = column + 1;
    if (!ready)
        xlsx_put_unready(row, column);
    return close + AFTER;
}

/* The usual cell of a string, a text or an integer. NULL: it is another one,
 * and nothing was done. */
static inline const char *take_usual(struct xlsx_row *row, const char *at,
                                     const char *end, unsigned *next)
{
    struct xlsx_usual cell = {.empty = true};
    at = xlsx_usual_take(at, &cell);
    if (at == NULL || at > end || cell.column >= XLSX_COLUMNS)
        return NULL;
    if (!cell.empty && cell.type == 'i')
        at = put_inline(row, cell.column, at, end);
    else if (!cell.empty &&
             !(cell.type == 's' ? put_shared(row, cell.column, cell.value)
                                : put_number(row, &cell)))
        return NULL;
    if (at != NULL)
        *next = cell.column + 1;
    return at;
}

static bool says_anything(const struct xlsx_row *row)
{
    return row->width > 0 || row->doubt_count > 0 || row->fault != NULL;
}

static inline bool is_enough(const struct xlsx_row *row)
{
    return row->peeks && says_anything(row);
}

/* Cells from `at` on as long as they are usual; what follows them. */
static inline const char *read_usual(struct xlsx_row *row, const char *at,
                                     const char *end, unsigned *next)
{
    while (row->readable - at >= XLSX_USUAL && !is_enough(row)) {
        const char *after = take_usual(row, at, end, next);
        if (after == NULL)
            break;
        at = after;
    }
    take_waiting(row);
    return at;
}

/* Cells from `at` on, of a row that ends at `end`; NULL: its XML is damaged. */
static const char *read_cells(struct xlsx_row *row, const char *at,
                              const char *end, unsigned next)
{
    bool over = false;
    while (at != NULL && !over && !is_enough(row)) {
        at = xlsx_tags_part(row, at, end, &next, &over);
        if (at != NULL && !over)
            at = read_usual(row, at, end, &next);
    }
    return at;
}

static const char *read_head(struct xlsx_row *row, const char *at,
                             const char *end, bool *empty)
{
    struct xlsx_tag tag;
    at = xlsx_tag_next(at, end, &tag);
    if (at == NULL)
        return NULL;
    xlsx_tags_head(row, &tag);
    *empty = tag.empty;
    return at;
}

/* Where the row ends of which `at` was read: where the next one begins. */
static const char *find_end(const char *at, const char *end)
{
    size_t size;
    bool next = xlsx_cut(at, (size_t)(end - at), 0, &size) == XLSX_ROW;
    return next ? at + size : end;
}

/* The row behind whose usual tag `at` stands; answers where it ends. */
static const char *read_on(struct xlsx_row *row, const char *at,
                           const char *end)
{
    static const char close[] = "</row>";
    enum { CLOSE = sizeof close - 1, NEXT = 4 };
    unsigned next = 0;
    at = read_usual(row, at, end, &next);
    if (is_enough(row))
        return end;
    if (end - at >= CLOSE && memcmp(at, close, CLOSE) == 0) {
        const char *after = at + CLOSE;
        if (after == end || (end - after > NEXT && after[NEXT] == ' ' &&
                             memcmp(after, "<row", NEXT) == 0))
            return after;
    }
    end = find_end(at, end);
    if (read_cells(row, at, end, next) == NULL)
        xlsx_put_fault(row, "its XML is damaged");
    return end;
}

static const char *read_row(struct xlsx_row *row, const char *at,
                            const char *end)
{
    bool empty = false;
    const char *inside = NULL;
    if (row->readable - at >= XLSX_USUAL)
        inside = xlsx_usual_row(at, &row->line);
    if (inside != NULL && row->line - 1 < XLSX_ROWS)
        return read_on(row, inside, end);
    row->line = 0;
    end = find_end(at + 1, end);
    inside = read_head(row, at, end, &empty);
    if (inside != NULL && !empty)
        inside = read_cells(row, inside, end, 0);
    if (inside == NULL)
        xlsx_put_fault(row, "its XML is damaged");
    return end;
}

static void clear(struct xlsx_row *row)
{
    row->line = 0;
    row->hidden = false;
    row->cells = NULL;
    row->doubts = NULL;
    row->cap = row->filled = row->width = 0;
    row->doubt_count = row->doubt_cap = row->unready_count = 0;
    row->wait_count = 0;
    row->fault = NULL;
}

const char *xlsx_row_read(struct xlsx_row *row, const char *at, const char *end)
{
    clear(row);
    row->peeks = false;
    xlsx_put_room(row, row->least > 0 ? row->least : 1);
    end = read_row(row, at, end);
    xlsx_put_blanks(row, row->least);
    return end;
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
