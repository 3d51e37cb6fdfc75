/* unread.c: a book has customers on a sheet that nobody thought of. Where no
 * sheet was said, those that are not read are named; one without a row is not
 * worth a word, so the first rows of each are looked at, where a format's
 * sheets lie apart from each other. */
#include "unread.h"

#include <string.h>

#include "base/utf8.h"
#include "cell.h"

enum { NAMES = 10, UNITS = 40, SHEETS_LOOKED = 50, ROWS_LOOKED = 20 };

void sheet_list_add(struct sheet_list *list, const struct grid_sheet *sheets,
                    unsigned sheet)
{
    const char *name = sheets[sheet].name;
    if (list->count++ >= NAMES)
        return;
    if (list->names.len > 0)
        buf_puts(&list->names, ", ");
    if (name == NULL)
        buf_addf(&list->names, "%u", sheet + 1);
    else
        buf_addf(&list->names, "\"%.*s\"",
                 (int)utf8_cut(name, strlen(name), UNITS), name);
}

void sheet_list_end(struct sheet_list *list, const char *one, const char *many,
                    struct buf *told)
{
    if (list->count > NAMES)
        buf_addf(&list->names, " and %u more", list->count - NAMES);
    if (list->count > 0)
        buf_addf(told, "; sheet%s %s %s", list->count == 1 ? "" : "s",
                 buf_text(&list->names), list->count == 1 ? one : many);
    buf_release(&list->names);
    *list = (struct sheet_list){.count = 0};
}

static bool is_read(const struct grid *grid, unsigned sheet)
{
    for (unsigned i = 0; i < grid->part_count; i++)
        if (grid->parts[i].sheet == sheet)
            return true;
    return false;
}

/* Does one of its first rows hold anything? What cannot be read may. */
static bool holds_rows(const struct grid *grid, unsigned sheet)
{
    struct arena arena;
    struct grid_row row;
    struct err err = {.text = ""};
    bool holds = false;
    enum step step = STEP_ITEM;
    if (!grid->kind->begin(grid->book, sheet, &err))
        return true;
    arena_init(&arena);
    for (unsigned i = 0; i < ROWS_LOOKED && step == STEP_ITEM && !holds; i++) {
        step = grid->kind->next(grid->book, &arena, &row, &err);
        holds = step == STEP_FAIL ||
                (step == STEP_ITEM &&
                 (row.fault != NULL ||
                  cells_first(row.cells, row.width) < row.width));
    }
    arena_release(&arena);
    return holds;
}

static bool is_worth_telling(const struct grid *grid,
                             const struct grid_sheet *sheet, unsigned at,
                             unsigned *looked)
{
    if (sheet->hidden || sheet->minor || sheet->blank || is_read(grid, at))
        return false;
    return !grid->kind->apart || (*looked)++ >= SHEETS_LOOKED ||
           holds_rows(grid, at);
}

static bool is_all(const struct grid *grid)
{
    return grid->said->sheet != NULL && strcmp(grid->said->sheet, "*") == 0;
}

void unread_tell(struct grid *grid, const struct grid_sheet *sheets,
                 const unsigned *chosen, unsigned count)
{
    struct sheet_list others = {.count = 0}, hidden = {.count = 0};
    unsigned looked = 0;
    if (grid->said->sheet != NULL && !is_all(grid))
        return;
    for (unsigned i = 0; i < grid->part_count; i++)
        if (sheets[grid->parts[i].sheet].hidden)
            sheet_list_add(&hidden, sheets, grid->parts[i].sheet);
    for (unsigned i = 0; i < count && !is_all(grid); i++)
        if (is_worth_telling(grid, &sheets[chosen[i]], chosen[i], &looked))
            sheet_list_add(&others, sheets, chosen[i]);
    sheet_list_end(&hidden, "is hidden, but read (--hidden skip leaves it out)",
                   "are hidden, but read (--hidden skip leaves them out)",
                   &grid->told);
    sheet_list_end(&others,
                   "is not read (--sheet NAME reads it instead, --sheet \"*\" "
                   "all with the same columns)",
                   "are not read (--sheet NAME reads one instead, --sheet "
                   "\"*\" all with the same columns)",
                   &grid->told);
}
