/* head.c: the first rows of a sheet become a view; what is said of the header
 * goes before the names that a mapping wants, and these before any looks. */
#include "head.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "cell.h"
#include "decode/rejected.h"
#include "join.h"
#include "joined.h"
#include "look.h"
#include "wanted.h"

/* A cell as text, without white space at its ends. */
static struct value as_text(const struct value *cell, struct arena *arena)
{
    if (cell_is_blank(cell))
        return value_text("", 0);
    if (cell->type == VALUE_TEXT) {
        const char *start = cell->text, *end = start + cell->len;
        utf8_trim(&start, &end);
        return value_text(start, (size_t)(end - start));
    }
    struct buf text = {0};
    value_json(&text, cell);
    char *kept = arena_alloc(arena, text.len);
    memcpy(kept, text.at, text.len);
    struct value made = value_text(kept, text.len);
    buf_release(&text);
    return made;
}

static void add_line(struct table_view *view, const struct grid_row *row,
                     uint64_t number)
{
    struct table_line *line = &view->all[view->count++];
    struct value *cells =
        arena_alloc(&view->arena, (row->width + 1) * sizeof *cells);
    *line = (struct table_line){
        .line = row->line, .number = number, .cells = cells};
    for (unsigned i = 0; i < row->width; i++) {
        cells[i] = as_text(&row->cells[i], &view->arena);
        if (cells[i].len == 0)
            continue;
        line->filled++;
        line->used = i + 1;
    }
    for (unsigned i = 0; i < row->doubt_count; i++)
        if (row->doubts[i].column < row->width &&
            row->doubts[i].column >= line->used)
            line->used = row->doubts[i].column + 1;
    line->width = line->used;
    const struct table_rule none = {.numbered = true};
    enum left_kind kind = table_left(&none, row->cells, row->width);
    line->kind = row->fault != NULL   ? TABLE_DAMAGE
                 : line->filled == 0  ? TABLE_BLANK
                 : kind != LEFT_KINDS ? TABLE_COMMENT
                                      : TABLE_ROW;
}

/* Is it the first row on a line that is said? It is not said from then on. */
static bool take_line(struct table_lines *said, uint64_t line)
{
    for (unsigned i = 0; i < said->count; i++)
        if (said->line[i] == line) {
            said->line[i] = said->line[--said->count];
            return true;
        }
    return false;
}

/* The lines of the header that are said. */
static struct table_lines lines_said(const struct grid *grid)
{
    const struct table_lines none = {.count = 0}, *said = &grid->said->header;
    return said->count > 0 && said->line[0] == 0 ? none : *said;
}

/* Has it the columns of a rejects file behind its own? */
static bool is_of_rejects(const struct grid_row *row)
{
    unsigned same = 0;
    for (unsigned i = 0; i < row->width && same < REJECTED_COLUMNS; i++) {
        const struct value *cell = &row->cells[i];
        const char *name = rejected_columns[same];
        same = cell->type == VALUE_TEXT && cell->len == strlen(name) &&
                       memcmp(cell->text, name, cell->len) == 0
                   ? same + 1
                   : 0;
    }
    return same == REJECTED_COLUMNS;
}

/* As a workbook, a rejects file does not say any more what its rows count by:
 * read as an export, some would be lost without a word. */
static bool check_row(const struct grid_row *row, struct err *err)
{
    if (!is_of_rejects(row))
        return true;
    return err_set(err, EXIT_INPUT,
                   "a rejects file that was saved as a workbook; save it as "
                   "CSV (UTF-8), so that its rows count as corrected");
}

/* Of many rows before a header that is said, it alone is kept. */
static bool read_view(struct head *head, const struct grid *grid, bool as_is,
                      struct err *err)
{
    struct table_view *view = &head->view;
    struct table_lines said = lines_said(grid);
    view->all =
        mem_alloc((TABLE_LOOK + TABLE_HEADER_LINES) * sizeof *view->all);
    for (;;) {
        struct arena_mark mark = arena_mark(&view->arena);
        struct grid_row row = {0};
        enum step step = grid->kind->next(grid->book, &view->arena, &row, err);
        if (step != STEP_ITEM)
            return step == STEP_END;
        head->met++;
        if (!as_is && !check_row(&row, err))
            return false;
        if (view->count >= TABLE_LOOK && said.count == 0) {
            head->more = true;
            return true;
        }
        bool named = take_line(&said, row.line);
        bool hidden = grid->said->skip_hidden && row.hidden && !named;
        bool passed = view->count >= TABLE_LOOK && !named;
        head->passed += passed && row.line > grid->skip;
        if (row.line <= grid->skip || hidden || passed)
            arena_return(&view->arena, mark);
        else
            add_line(view, &row, head->met);
    }
}

/* The lines that are said, as they stand in the view. */
static bool take_said(struct head *head, const struct table_lines *said,
                      struct err *err)
{
    const struct table_view *view = &head->view;
    for (unsigned i = 0; i < said->count; i++) {
        unsigned at = 0;
        while (at < view->count && view->all[at].line != said->line[i])
            at++;
        if (at == view->count || view->all[at].filled == 0)
            return err_set(err, EXIT_INPUT,
                           "`header` is row %u, and nothing stands there",
                           said->line[i]);
        head->lines[head->line_count++] = at;
    }
    return true;
}

static void take(struct head *head, unsigned first, unsigned count)
{
    head->line_count = count;
    for (unsigned i = 0; i < count; i++)
        head->lines[i] = first + i;
}

static uint64_t line_at(const struct head *head, unsigned at)
{
    return head->view.all[at].line;
}

static void tell_other(struct head *head, uint64_t other)
{
    if (other > 0)
        buf_addf(&head->told,
                 head->line_count > 0
                     ? "; row %llu may be the header as well: --header %llu"
                     : "; row %llu may be a header: --header %llu",
                 (unsigned long long)other, (unsigned long long)other);
}

/* Takes the lines that surely belong to it too, unless names that the mapping
 * wants would be others then; what may belong to it is told. */
static void widen(struct head *head, const struct wanted_columns *wanted)
{
    unsigned at = head->lines[0];
    const struct joined joined =
        joined_find_sure(&head->view, at, head->areas, head->area_count);
    bool worse = wanted != NULL && joined.count > 1 &&
                 joined_count_wanted(&head->view, &joined, head->areas,
                                     head->area_count, wanted) < head->wanted;
    if (joined.count > 1 && !worse)
        take(head, joined.first, joined.count);
    else
        joined_tell(&head->view, at, "row", &head->told);
}

static void find_by_looks(struct head *head, struct look *look)
{
    look_in_sheet(&head->view, look);
    if (look->at >= 0) {
        take(head, (unsigned)look->at, 1);
        widen(head, NULL);
    }
    if (head->line_count > 1)
        look->other = 0;
}

/* Names go before looks; where only some of them are there, what looks like
 * the header is told. */
static void find_header(struct head *head, const struct wanted_columns *wanted)
{
    struct look look = {.at = -1};
    struct joined joined;
    int at = -1;
    head->guessed = true;
    if (wanted != NULL && wanted->count > 0)
        at = wanted_find(&head->view, wanted, &head->wanted);
    if (at >= 0)
        take(head, (unsigned)at, 1);
    if (wanted != NULL &&
        joined_find_wanted(&head->view, head->areas, head->area_count, wanted,
                           &head->wanted, &joined))
        take(head, joined.first, joined.count);
    if (head->line_count == 1)
        widen(head, wanted);
    if (head->line_count > 0) {
        head->guessed = wanted == NULL || head->wanted < wanted->count;
        return;
    }
    find_by_looks(head, &look);
    if (wanted != NULL && wanted->by_position) {
        look.other = head->line_count > 0 ? line_at(head, head->lines[0]) : 0;
        head->line_count = 0;
        head->guessed = false;
        buf_clear(&look.doubt);
        buf_clear(&head->told);
    }
    if (head->line_count > 1) /* merged cells say so: it is one */
        buf_clear(&look.doubt);
    head->doubt = look.doubt;
    tell_other(head, look.other);
}

unsigned head_rows(const struct head *head)
{
    unsigned rows = 0;
    for (unsigned i = 0; i < head->line_count; i++)
        if (head->lines[i] >= rows)
            rows = head->lines[i] + 1;
    return rows;
}

bool head_has_rows(const struct head *head)
{
    for (unsigned i = head_rows(head); i < head->view.count; i++)
        if (head->view.all[i].kind == TABLE_ROW)
            return true;
    return head->more;
}

/* Columns that the header does not name are some where most rows have them. */
static unsigned with_unnamed(const struct head *head, unsigned width)
{
    unsigned rows = 0, wider = 0, least = UINT_MAX;
    for (unsigned i = head_rows(head); i < head->view.count; i++) {
        const struct table_line *line = &head->view.all[i];
        rows += line->kind == TABLE_ROW;
        if (line->kind != TABLE_ROW || line->used <= width)
            continue;
        wider++;
        least = line->used < least ? line->used : least;
    }
    return 2 * wider > rows ? least : width;
}

static unsigned max_used(const struct head *head)
{
    unsigned max = 0;
    for (unsigned i = 0; i < head->view.count; i++)
        if (head->view.all[i].used > max)
            max = head->view.all[i].used;
    return max;
}

static void name_columns(struct head *head)
{
    const struct table_line *lines[TABLE_HEADER_LINES];
    unsigned named;
    if (head->line_count == 0) {
        head->width = max_used(head);
        return;
    }
    for (unsigned i = 0; i < head->line_count; i++)
        lines[i] = &head->view.all[head->lines[i]];
    struct value *names =
        join_header(lines, head->line_count, head->areas, head->area_count,
                    &head->view.arena, &named);
    head->width = with_unnamed(head, named);
    head->names =
        arena_alloc(&head->view.arena, (head->width + 1) * sizeof *head->names);
    for (unsigned i = 0; i < head->width; i++)
        head->names[i] = i < named ? names[i] : value_text("", 0);
}

static bool ask_areas(struct head *head, const struct grid *grid,
                      unsigned sheet, struct err *err)
{
    if (grid->kind->areas == NULL)
        return true;
    if (!grid->kind->areas(grid->book, sheet, &head->areas, &head->area_count,
                           err))
        return false;
    if (head->area_count > GRID_AREAS)
        buf_addf(&head->told,
                 "; it has more than %d merged areas: those after the first of "
                 "them do not count for the header",
                 GRID_AREAS);
    return true;
}

/* A few words, as stand below the parts of a header. */
static bool may_be_second(const struct table_line *line, unsigned above)
{
    if (2 * line->filled > above || line->kind != TABLE_ROW)
        return false;
    for (unsigned i = 0; i < line->used; i++)
        for (uint32_t j = 0; j < line->cells[i].len; j++)
            if (ascii_digit(line->cells[i].text[j]))
                return false;
    return true;
}

/* May lines be joined, as far as the first ones tell? Where the first names
 * every column, and a row follows it, no part of a name stands below it; and
 * merged cells cost a look through the whole sheet. */
static bool may_join(const struct head *head)
{
    enum { LEAST = 3 };
    const struct table_line *first = &head->view.all[0];
    return first->kind != TABLE_ROW || first->filled < max_used(head) ||
           first->filled < LEAST ||
           (head->view.count > 1 && may_be_second(first + 1, first->filled));
}

bool head_read(struct head *head, const struct input *input,
               const struct grid *grid, unsigned sheet, struct err *err)
{
    const struct table_lines *said = &grid->said->header;
    *head = (struct head){.line_count = 0};
    arena_init(&head->view.arena);
    if (!grid->kind->begin(grid->book, sheet, err) ||
        !read_view(head, grid, input->spec.as_is, err))
        return false;
    if (head->view.count == 0)
        return true;
    bool none = input->spec.as_is || (said->count > 0 && said->line[0] == 0);
    bool joins = said->count == 0 ? may_join(head) : said->count > 1;
    if (!none && joins && !ask_areas(head, grid, sheet, err))
        return false;
    if (!none && said->count > 0 && !take_said(head, said, err))
        return false;
    if (!none && said->count == 0)
        find_header(head, input->spec.wanted);
    name_columns(head);
    return true;
}

void head_release(struct head *head)
{
    free(head->view.all);
    arena_release(&head->view.arena);
    buf_release(&head->doubt);
    buf_release(&head->told);
}
