/* damage.c: the lines of a damaged row: each of them cannot be used, and the
 * first one says why. */
#include <string.h>

#include "decode/rejected.h"
#include "show.h"

/* Why a row that is too long cannot be used. */
static const char *name_length(const struct csv_rows *rows)
{
    if (rows->len > 0 && rows->text[0] == '\0')
        return show_say(rows->arena,
                        "NUL bytes from line %llu on: the file was not written "
                        "whole; export it again",
                        (unsigned long long)rows->line);
    return show_say(rows->arena,
                    "the row that begins here is longer than %zu bytes "
                    "(max_cell); only its beginning is kept",
                    rows->grammar.max_row);
}

/* Why the lines of a damaged chunk are no rows: said of the first of them. */
static const char *name_damage(const struct input *input, struct csv_rows *rows,
                               const struct chunk *chunk)
{
    struct csv_cut cut;
    enum csv_trouble kind = CSV_UNCLOSED;
    while (kind < CSV_LONG && csv_damages[kind] != chunk->damage)
        kind++;
    if (kind == CSV_LONG)
        return name_length(rows);
    csv_cut(&rows->grammar, rows->text, rows->len, true, &cut);
    const struct damaged damaged = {.text = rows->text,
                                    .line = rows->line,
                                    .cut = &cut,
                                    .kind = kind,
                                    .max_quoted = rows->grammar.max_quoted};
    struct buf said = {0};
    show_damage(&said, input, &damaged);
    const char *name = show_say(rows->arena, "%s", buf_text(&said));
    buf_release(&said);
    return name;
}

static size_t line_length(const char *text, size_t len)
{
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    return len;
}

bool csv_next_damaged(const struct input *input, struct csv_rows *rows,
                      const struct chunk *chunk, struct row *row)
{
    static const struct value none = {.text = "", .type = VALUE_TEXT};
    const char *line;
    size_t next, len;
    bool blank;
    do {
        if (rows->at >= rows->len)
            return false;
        rows->line += rows->ends;
        rows->ends = 1;
        line = rows->text + rows->at;
        next = csv_next_line(rows->text, rows->len, rows->at);
        len = next - rows->at;
        rows->at = next;
        blank = !rows->first_damage && csv_is_blank(&rows->grammar, line, len);
        if (blank && rows->left != NULL)
            left_out_count(rows->left, LEFT_BLANK, rows->line);
    } while (blank);
    row->fault =
        show_say(rows->arena, "inside the damage that began at line %llu",
                 (unsigned long long)chunk->damaged_at);
    if (rows->first_damage)
        row->fault = name_damage(input, rows, chunk);
    rows->first_damage = false;
    buf_clear(&rows->scratch);
    show_quoted(input, &rows->scratch, line, line_length(line, len));
    show_missing(input, rows, 1, REJECTED_MARK, row);
    for (unsigned i = 0; i < input->columns.count; i++)
        rows->cells[i] = none;
    row->cells = rows->cells;
    row->count = input->columns.count;
    row->width = 1;
    return true;
}
