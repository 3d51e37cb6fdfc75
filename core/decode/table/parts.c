/* parts.c: of several sheets the one that has most of the names that the
 * mapping wants, or the first that looks like a table; with "*" all that have
 * the same columns as that one, in whatever order. */
#include "parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "head.h"
#include "names.h"
#include "unread.h"
#include "wanted.h"

/* How much speaks for a sheet, the more the better. */
static unsigned weigh(const struct head *head)
{
    const unsigned rows = 1, header = 2, name = 4;
    if (head->view.count == 0)
        return 0;
    unsigned names = head->wanted < 1000 ? head->wanted : 1000;
    bool headed = head->line_count > 0 && head_has_rows(head);
    return rows + (headed ? header : 0) + names * name;
}

static bool is_best(const struct input *input, const struct head *head)
{
    const struct wanted_columns *wanted = input->spec.wanted;
    if (wanted != NULL && wanted->count > 0)
        return head->wanted == wanted->count;
    return input->spec.as_is ? head->view.count > 0
                             : head->line_count > 0 && head_has_rows(head);
}

/* The sheet that the others are compared with, of the chosen ones; its head is
 * the caller's. False with err, or where none has a row (*found: none). */
static bool find_first(const struct input *input, const struct grid *grid,
                       const unsigned *chosen, unsigned count,
                       struct head *head, int *found, struct err *err)
{
    unsigned best = 0;
    *found = -1;
    for (unsigned i = 0; i < count; i++) {
        struct head tried;
        bool good = head_read(&tried, input, grid, chosen[i], err);
        if (good && weigh(&tried) > best) {
            if (*found >= 0)
                head_release(head);
            *head = tried;
            *found = (int)i;
            best = weigh(&tried);
        } else {
            head_release(&tried);
        }
        if (!good && *found >= 0)
            head_release(head);
        if (!good)
            return false;
        if (*found >= 0 && is_best(input, head))
            break;
    }
    return true;
}

/* Columns of the sheet that are hidden have no place in the input; the other
 * names move together. Of the sheet that was begun last. */
static void leave_hidden(const struct grid *grid, struct grid_part *part,
                         struct head *head)
{
    unsigned kept = 0;
    if (!grid->said->skip_hidden || grid->kind->column_hidden == NULL)
        return;
    part->column_count = head->width;
    part->columns = mem_alloc((head->width + 1) * sizeof *part->columns);
    for (unsigned i = 0; i < head->width; i++) {
        bool hidden = grid->kind->column_hidden(grid->book, i);
        part->columns[i] = hidden ? PART_NO_COLUMN : kept;
        if (!hidden && head->names != NULL)
            head->names[kept] = head->names[i];
        kept += !hidden;
    }
    head->width = kept;
}

/* Do the columns' numbers stand right below the header? */
static bool is_numbered(const struct table_rule *rule, const struct head *head)
{
    const struct table_rule numbers = {.width = rule->width, .numbered = true};
    unsigned at = head_rows(head);
    const struct table_line *line = &head->view.all[at];
    return at > 0 && at < head->view.count && line->line == line[-1].line + 1 &&
           table_left(&numbers, line->cells, line->used) == LEFT_NUMBERS;
}

static void set_header(const struct input *input, const struct grid *grid,
                       struct grid_part *part, const struct head *head)
{
    part->header_count = head->line_count;
    part->skip = grid->skip;
    part->skip_hidden = grid->said->skip_hidden;
    part->rule.as_is = input->spec.as_is;
    for (unsigned i = 0; i < head->line_count; i++) {
        const struct table_line *line = &head->view.all[head->lines[i]];
        part->header[i] = line->line;
        part->numbers[i] = line->number;
        if (line->number > part->before)
            part->before = line->number;
        table_rule_add(&part->rule, line->cells, line->used);
    }
    if (head->line_count == 0)
        return;
    for (unsigned i = 0; i < head->width; i++)
        part->rule.width += head->names[i].len > 0;
    part->early = grid->said->header.count > 0 ? 0 : head->width;
    part->rule.numbered = is_numbered(&part->rule, head);
}

static void set_part(const struct input *input, const struct grid *grid,
                     struct grid_part *part, unsigned sheet, struct head *head)
{
    *part = (struct grid_part){.sheet = sheet};
    leave_hidden(grid, part, head);
    set_header(input, grid, part, head);
    part->width = head->width;
}

/* The input's column of that name in this sheet, the one of this number among
 * equals; or PART_NO_COLUMN. */
static uint32_t column_named(const struct input *input,
                             const struct value *names, unsigned at)
{
    struct buf spelt = {0}, other = {0};
    unsigned number = 1;
    if (names[at].len == 0)
        return PART_NO_COLUMN;
    column_spell(&spelt, &names[at]);
    for (unsigned i = 0; i < at; i++) {
        buf_clear(&other);
        column_spell(&other, &names[i]);
        number += other.len == spelt.len && spelt.len > 0 &&
                  memcmp(other.at, spelt.at, spelt.len) == 0;
    }
    int column = columns_find_number(&input->columns, buf_text(&spelt),
                                     spelt.len, number);
    buf_release(&spelt);
    buf_release(&other);
    return column < 0 ? PART_NO_COLUMN : (uint32_t)column;
}

/* Columns that the input's first sheet names. */
static unsigned count_named(const struct value *names, unsigned width)
{
    unsigned named = 0;
    for (unsigned i = 0; i < width; i++)
        named += names[i].len > 0;
    return named;
}

/* Matches the sheet's columns with the input's by name; false where one side
 * has a name that the other has not. `named`: those of the input. */
static bool match(const struct input *input, struct grid_part *part,
                  const struct head *head, unsigned named)
{
    enum { MOST = 1000 };
    unsigned same = 0, own = head->width;
    if (own > MOST || (head->names == NULL) != !input->named)
        return false;
    if (head->names == NULL) {
        part->width = input->columns.count;
        return head->width <= input->columns.count;
    }
    uint32_t *moved = mem_alloc((own + 1) * sizeof *moved);
    bool good = true;
    for (unsigned i = 0; i < own; i++) {
        moved[i] = column_named(input, head->names, i);
        if (head->names[i].len > 0 && moved[i] == PART_NO_COLUMN)
            good = false;
        same += moved[i] != PART_NO_COLUMN;
    }
    good = good && same == named;
    unsigned count = part->columns != NULL ? part->column_count : own;
    uint32_t *columns = mem_alloc((count + 1) * sizeof *columns);
    for (unsigned i = 0; i < count; i++) {
        uint32_t at = part->columns != NULL ? part->columns[i] : i;
        columns[i] = at == PART_NO_COLUMN ? at : moved[at];
    }
    free(part->columns);
    free(moved);
    part->columns = columns;
    part->column_count = count;
    part->width = input->columns.count;
    return good;
}

/* All sheets that have the columns of the first; a sheet without a row is
 * nothing. */
static bool find_all(struct input *input, struct grid *grid,
                     const struct grid_sheet *sheets, const unsigned *chosen,
                     unsigned count, unsigned first, unsigned named,
                     struct err *err)
{
    struct grid_part found = grid->parts[0];
    struct sheet_list others = {.count = 0};
    bool good = true, placed = false;
    grid->part_count = 0;
    for (unsigned i = 0; good && i < count; i++) {
        struct grid_part *part = &grid->parts[grid->part_count];
        struct head head;
        if (i == first) {
            *part = found;
            grid->part_count++;
            placed = true;
            continue;
        }
        good = head_read(&head, input, grid, chosen[i], err);
        if (good && head.view.count > 0) {
            set_part(input, grid, part, chosen[i], &head);
            if (match(input, part, &head, named)) {
                grid->part_count++;
            } else {
                part_release(part);
                sheet_list_add(&others, sheets, chosen[i]);
            }
        }
        head_release(&head);
    }
    if (!placed)
        part_release(&found);
    sheet_list_end(&others, "has other columns and is left out",
                   "have other columns and are left out", &grid->told);
    return good;
}

/* Rows before the header that are left out, as rows.c will. */
static uint64_t count_before(const struct grid_part *part,
                             const struct head *head)
{
    uint64_t count = head->passed;
    if (head->line_count == 0)
        return 0;
    for (unsigned i = 0; i < head->view.count; i++) {
        const struct table_line *line = &head->view.all[i];
        count += line->number < part->before && line->filled > 0 &&
                 line->kind != TABLE_DAMAGE &&
                 !part_is_header(part, line->number) &&
                 !part_may_be_record(part, line->cells, line->used);
    }
    return count;
}

/* Takes what the head tells over into the input. */
static void take_head(struct input *input, struct grid *grid, struct head *head)
{
    input->named = head->line_count > 0;
    columns_name(&input->columns, head->names, head->width);
    if (head->names != NULL)
        names_tell(head->names, head->width, input->spec.wanted, &grid->told);
    buf_add(&grid->told, head->told.at, head->told.len);
    grid->guessed_header = head->guessed;
    grid->doubt = head->doubt;
    head->doubt = (struct buf){0};
}

static bool is_all(const struct grid *grid)
{
    return grid->said->sheet != NULL && strcmp(grid->said->sheet, "*") == 0;
}

bool parts_find(struct input *input, struct grid *grid,
                const struct grid_sheet *sheets, const unsigned *chosen,
                unsigned count, struct err *err)
{
    struct head head;
    int first;
    if (!find_first(input, grid, chosen, count, &head, &first, err))
        return false;
    if (first < 0)
        return err_set(err, EXIT_INPUT,
                       "empty: no sheet of it holds a row; export it again");
    grid->parts = mem_zero(count, sizeof *grid->parts);
    grid->part_count = 1;
    /* Whether a column is hidden is asked of the sheet begun last. */
    bool good = grid->kind->begin(grid->book, chosen[first], err);
    if (good) {
        set_part(input, grid, &grid->parts[0], chosen[first], &head);
        take_head(input, grid, &head);
        grid->before = count_before(&grid->parts[0], &head);
    }
    unsigned named = head.names ? count_named(head.names, head.width) : 0;
    head_release(&head);
    if (good && is_all(grid))
        good = find_all(input, grid, sheets, chosen, count, (unsigned)first,
                        named, err);
    if (good)
        unread_tell(grid, sheets, chosen, count);
    return good;
}
