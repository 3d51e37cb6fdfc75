/* named.c: the header, once it is known where it stands: its cells become the
 * columns' names, and the grammar knows it when it comes again. */
#include <string.h>

#include "base/utf8.h"
#include "corrected.h"
#include "decode/rejected.h"
#include "decode/table/join.h"
#include "decode/table/left.h"
#include "decode/table/names.h"
#include "rows.h"
#include "show.h"

/* The header must be text: a name with a broken letter fits no mapping. */
static bool check_header(const struct input *input, const char *text,
                         size_t len, uint64_t line, struct err *err)
{
    const struct csv_input *csv = input->state;
    size_t valid = utf8_valid(text, len);
    if (valid < len)
        return err_set(err, EXIT_INPUT,
                       "the header on line %llu is not %s (column %zu): %s",
                       (unsigned long long)line, input->encoding,
                       utf8_runes(text, valid) + 1, csv->feed.misfit.advice);
    const char *nul = memchr(text, '\0', len);
    if (nul != NULL)
        return err_set(err, EXIT_INPUT,
                       "the header on line %llu holds NUL bytes (column %zu): "
                       "%s",
                       (unsigned long long)line,
                       utf8_runes(text, (size_t)(nul - text)) + 1,
                       csv->feed.misfit.advice);
    return true;
}

/* So must the lines of a header above its last one. */
static bool check_upper(const struct input *input,
                        const struct csv_guess *guess,
                        const struct csv_head *head, struct err *err)
{
    bool good = true;
    for (unsigned i = 0; i < guess->upper_count && good; i++) {
        const struct table_line *line = &guess->survey.all[guess->upper[i]];
        good = check_header(input, head->text + line->start,
                            line->end - line->start, line->line, err);
    }
    return good;
}

/* What is wrong with the row at that place of the head: it is damaged, or does
 * not end in view. */
void csv_put_cause(struct buf *out, const struct input *input,
                   const struct csv_guess *guess, const struct csv_head *head,
                   size_t at, uint64_t line)
{
    struct csv_cut cut;
    const struct csv_input *csv = input->state;
    const char *text = head->text + at;
    csv_cut(&guess->grammar, text, head->len - at, true, &cut);
    const struct damaged damaged = {.text = text,
                                    .line = line,
                                    .cut = &cut,
                                    .kind = cut.trouble,
                                    .max_quoted = guess->grammar.max_quoted,
                                    .more = !head->whole};
    if (cut.trouble >= CSV_UNCLOSED && cut.trouble <= CSV_TEXT_AFTER)
        show_damage(out, input, &damaged);
    else if (csv->feed.misfit.text != NULL)
        buf_puts(out, csv->feed.misfit.text);
    else
        buf_addf(out,
                 "the row that begins at line %llu does not end within "
                 "64 KiB",
                 (unsigned long long)line);
}

/* Damage in a row is a reject; in the header it is the end, as no name is sure.
 */
static bool refuse_header(const struct input *input,
                          const struct csv_guess *guess,
                          const struct csv_head *head, struct err *err)
{
    struct buf cause = {0};
    csv_put_cause(&cause, input, guess, head, guess->header,
                  guess->header_line);
    err_set(err, EXIT_INPUT, "the header on line %llu cannot be read: %s",
            (unsigned long long)guess->header_line, buf_text(&cause));
    buf_release(&cause);
    return false;
}

/* Of the header, which was found or said: with several cells `# Code;Name` is
 * no comment. */
static struct csv_grammar header_grammar(const struct csv_guess *guess,
                                         const char *text, size_t len)
{
    struct csv_grammar grammar = guess->grammar;
    size_t line = csv_next_line(text, len, 0);
    grammar.as_is |= memchr(text, grammar.delimiter, line) != NULL;
    return grammar;
}

/* The length of the first row in text that is cut but for its end. */
static size_t first_row(const struct csv_grammar *grammar, const char *text,
                        size_t len, bool whole, struct csv_cut *cut)
{
    size_t at = 0;
    do {
        at = csv_next_line(text, len, at);
        csv_cut(grammar, text, at, at < len || whole, cut);
    } while (at < len && cut->rows == 0 &&
             (cut->trouble == CSV_SOUND || cut->trouble == CSV_UNCLOSED));
    return cut->rows > 0 ? cut->end : 0;
}

static bool ends_with(const struct value *cells, unsigned width,
                      const char *name)
{
    size_t len = strlen(name);
    return width > 0 && cells[width - 1].len == len &&
           memcmp(cells[width - 1].text, name, len) == 0;
}

/* What made it a rejects file was told with any escape; read with the input's
 * own it may be another row. */
static bool ends_in_ours(const struct csv_rows *rows)
{
    bool ours = rows->width >= REJECTED_COLUMNS;
    for (unsigned i = 0; ours && i < REJECTED_COLUMNS; i++)
        ours = ends_with(rows->cells, rows->width - i,
                         rejected_columns[REJECTED_COLUMNS - 1 - i]);
    return ours;
}

/* The input's own columns of a rejects file; `_types` makes it typed, but where
 * the mapping's source is CSV, which has no types: there it is a column. */
static unsigned leave_ours_out(struct input *input, struct csv_rows *rows,
                               unsigned width)
{
    const struct value *cells = rows->cells;
    const struct format *said = input->spec.format;
    bool may = said == NULL || said->rows != input->format->rows;
    width -= REJECTED_COLUMNS;
    input->keyed = ends_with(cells, width, REJECTED_KEY);
    width -= input->keyed;
    input->typed = may && ends_with(cells, width, REJECTED_TYPES);
    input->nested = input->typed;
    width -= input->typed;
    csv_drop_marks(input, rows, width);
    return width;
}

/* What is no CSV may have rows without a column, that only have types. */
static bool take_ours(struct input *input, struct csv_rows *rows,
                      unsigned *width, struct err *err)
{
    if (!ends_in_ours(rows))
        return err_set(err, EXIT_INPUT,
                       "a rejects file, whose header cannot be read with "
                       "this quote and escape; say those of its export");
    *width = leave_ours_out(input, rows, *width);
    return *width > 0 || input->typed ||
           err_set(err, EXIT_INPUT,
                   "a rejects file without a column of its export: put them "
                   "back, in front of \"" REJECTED_KEY "\"");
}

/* Names the columns after a header of several lines; `width`: of its last. */
static void name_joined(struct input *input, struct csv_input *reader,
                        const struct csv_guess *guess, unsigned width)
{
    const struct table_line *lines[TABLE_HEADER_LINES + 1];
    struct arena arena;
    unsigned named;
    for (unsigned i = 0; i < guess->upper_count; i++)
        lines[i] = &guess->survey.all[guess->upper[i]];
    lines[guess->upper_count] = &guess->survey.all[guess->at];
    arena_init(&arena);
    const struct value *joined =
        join_header(lines, guess->upper_count + 1, NULL, 0, &arena, &named);
    width = named > width ? named : width;
    struct value *names = arena_alloc(&arena, (width + 1) * sizeof *names);
    for (unsigned i = 0; i < width; i++)
        names[i] = i < named ? joined[i] : value_text("", 0);
    columns_name(&input->columns, names, width);
    names_tell(names, width, input->spec.wanted, &reader->told);
    arena_release(&arena);
}

/* The grammar knows all lines of the header. */
static void know_header(struct csv_input *reader, const struct csv_guess *guess,
                        const struct csv_head *head,
                        const struct csv_rows *last)
{
    reader->upper_count = guess->upper_count;
    for (unsigned i = 0; i < guess->upper_count; i++) {
        const struct table_line *line = &guess->survey.all[guess->upper[i]];
        reader->upper[i] = line->line;
        csv_names_set(&reader->upper_names[i], &reader->grammar,
                      head->text + line->start, line->end - line->start);
    }
    csv_names_set(&reader->names, &reader->grammar, last->text + last->start,
                  last->end - last->start);
}

/* What comes again with the header, it is known from then on. */
static void know_numbers(struct csv_input *csv, const char *text, size_t len)
{
    csv_names_set(&csv->numbers, &csv->grammar, text, len);
    csv->numbers.more = csv->names.more;
    csv->names.more = &csv->numbers;
    csv->grammar.names = &csv->names;
}

/* The columns' numbers right under the header, without brackets (skip.c): in
 * no other place is it sure that they are none of a row, nor where they are the
 * only one. */
static void skip_numbers(const struct input *input, struct csv_input *csv,
                         const struct csv_guess *guess,
                         const struct csv_head *head)
{
    const struct table_rule rule = {.width = input->columns.count,
                                    .numbered = true};
    for (unsigned i = 0; i + 1 < guess->survey.count; i++) {
        const struct table_line *line = &guess->survey.all[i];
        if (line->start != csv->skip || line->kind != TABLE_ROW ||
            table_left(&rule, line->cells, line->width) != LEFT_NUMBERS)
            continue;
        left_out_count(&csv->left, LEFT_NUMBERS, line->line);
        csv->skip = line->next;
        csv->line++;
        know_numbers(csv, head->text + line->start, line->end - line->start);
        return;
    }
}

/* Takes the header row apart and names the columns by it. */
bool csv_read_header(struct input *input, struct csv_input *reader,
                     const struct csv_guess *guess, const struct csv_head *head,
                     struct err *err)
{
    struct csv_cut cut;
    struct csv_rows rows;
    struct arena arena;
    struct buf text = {0};
    const char *from = head->text + guess->header;
    size_t left = head->len - guess->header;
    const struct csv_grammar grammar = header_grammar(guess, from, left);
    size_t len = first_row(&grammar, from, left, head->whole, &cut);
    if (len == 0)
        return refuse_header(input, guess, head, err);
    if (!check_upper(input, guess, head, err) ||
        !check_header(input, from, len, guess->header_line, err))
        return false;
    buf_add(&text, from, len);
    arena_init(&arena);
    csv_rows_init(&rows, &grammar, true);
    rows.marked = guess->rejects_file;
    csv_rows_text(&rows, text.at, text.len, &arena);
    csv_rows_take(&rows);
    unsigned width = rows.width;
    know_header(reader, guess, head, &rows);
    bool good = !guess->rejects_file || take_ours(input, &rows, &width, err);
    if (good && guess->upper_count > 0) {
        name_joined(input, reader, guess, width);
    } else if (good) {
        columns_name(&input->columns, rows.cells, width);
        names_tell(rows.cells, width, input->spec.wanted, &reader->told);
    }
    csv_rows_release(&rows);
    arena_release(&arena);
    buf_release(&text);
    reader->skip = guess->header + len;
    reader->line = guess->header_line + cut.lines;
    if (!guess->rejects_file)
        skip_numbers(input, reader, guess, head);
    return good;
}
