/* open.c: from a head to the first row: the encoding, the dialect, the header,
 * the columns' names. What is guessed is remembered, so that it can be said. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "corrected.h"
#include "decode/rejected.h"
#include "decode/table/names.h"
#include "decode/table/wanted.h"
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

/* What is wrong with the row at that place of the head: it is damaged, or does
 * not end in view. */
static void put_cause(struct buf *out, const struct input *input,
                      const struct csv_guess *guess,
                      const struct csv_head *head, size_t at, uint64_t line)
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
    put_cause(&cause, input, guess, head, guess->header, guess->header_line);
    err_set(err, EXIT_INPUT, "the header on line %llu cannot be read: %s",
            (unsigned long long)guess->header_line, buf_text(&cause));
    buf_release(&cause);
    return false;
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

/* Takes the header row apart and names the columns by it. */
static bool read_header(struct input *input, struct csv_input *reader,
                        const struct csv_guess *guess,
                        const struct csv_head *head, struct err *err)
{
    struct csv_cut cut;
    struct csv_rows rows;
    struct arena arena;
    struct buf text = {0};
    const char *from = head->text + guess->header;
    size_t len = first_row(&guess->grammar, from, head->len - guess->header,
                           head->whole, &cut);
    if (len == 0)
        return refuse_header(input, guess, head, err);
    if (!check_header(input, from, len, guess->header_line, err))
        return false;
    buf_add(&text, from, len);
    arena_init(&arena);
    csv_rows_init(&rows, &guess->grammar, true);
    rows.marked = guess->rejects_file;
    csv_rows_text(&rows, text.at, text.len, &arena);
    csv_rows_take(&rows);
    unsigned width = rows.width;
    csv_names_set(&reader->names, &reader->grammar, from + rows.start,
                  rows.end - rows.start);
    bool good = !guess->rejects_file || ends_in_ours(&rows);
    if (good && guess->rejects_file)
        width = leave_ours_out(input, &rows, width);
    if (good) {
        columns_name(&input->columns, rows.cells, width);
        names_tell(rows.cells, width, input->spec.wanted, &reader->told);
    }
    csv_rows_release(&rows);
    arena_release(&arena);
    buf_release(&text);
    reader->skip = guess->header + len;
    reader->line = guess->header_line + cut.lines;
    return good || err_set(err, EXIT_INPUT,
                           "a rejects file, whose header cannot be read with "
                           "this quote and escape; say those of its export");
}

/* What the head tells, as the input has it from here on. */
static void take_guess(struct input *input, struct csv_input *csv,
                       const struct csv_head *head, struct csv_guess *guess)
{
    const struct csv_options *said = input->options;
    input->dialect = guess->dialect;
    input->rejects_file = guess->rejects_file;
    input->named = guess->header_line > 0;
    csv->guessed_delimiter = guess->guessed_delimiter;
    csv->guessed_header = guess->guessed_header;
    csv->header_line = guess->header_line;
    csv->grammar = guess->grammar;
    if (said->max_cell > 0)
        csv->grammar.max_quoted = csv->grammar.max_row = said->max_cell;
    csv->no_footer = guess->rejects_file || guess->grammar.as_is;
    csv->index = 1;
    csv->skip = head->from;
    csv->line = head->line;
    csv->doubt = guess->doubt;
    guess->doubt = (struct buf){0};
}

static void tell_other(struct csv_input *csv, uint64_t other)
{
    if (other == 0)
        return;
    buf_addf(&csv->told,
             csv->header_line > 0
                 ? "; line %llu may be the header as well: --header %llu"
                 : "; line %llu may be a header: --header %llu",
             (unsigned long long)other, (unsigned long long)other);
}

/* A line that says the delimiter is no row; what is declared goes before it. */
static void tell_sep(struct csv_input *csv, const struct csv_guess *guess)
{
    if (guess->sep != '\0')
        buf_addf(&csv->told, "; line 1 says the delimiter%s",
                 guess->sep == guess->dialect.delimiter
                     ? ""
                     : ", and another was declared");
}

static bool is_empty(const struct csv_guess *guess, const struct csv_head *head)
{
    for (unsigned i = 0; i < guess->survey.count; i++)
        if (guess->survey.all[i].kind == TABLE_ROW ||
            guess->survey.all[i].kind == TABLE_DAMAGE)
            return false;
    return head->whole;
}

/* No row of the head is sound: says of the first one what is wrong. */
static bool refuse_rows(const struct input *input,
                        const struct csv_guess *guess,
                        const struct csv_head *head, struct err *err)
{
    struct buf cause = {0};
    const struct table_view *survey = &guess->survey;
    bool damaged = survey->count > 0; /* no line of it is a row */
    put_cause(&cause, input, guess, head,
              damaged ? survey->all[0].start : head->from,
              damaged ? survey->all[0].line : head->line);
    err_set(err, EXIT_INPUT, "no row of its beginning can be read: %s",
            buf_text(&cause));
    buf_release(&cause);
    return false;
}

/* The damaged line before which no line has more than a cell, or NULL. */
static const struct table_line *damaged_first(const struct table_view *survey)
{
    for (unsigned i = 0; i < survey->count; i++) {
        const struct table_line *line = &survey->all[i];
        if (line->kind == TABLE_DAMAGE)
            return line;
        if (line->kind == TABLE_ROW && line->used > 1)
            return NULL;
    }
    return NULL;
}

/* It may have been the header, where no name that is known tells. */
static void tell_damaged(struct csv_input *csv, const struct csv_guess *guess,
                         const struct wanted_columns *wanted)
{
    const struct table_line *line = damaged_first(&guess->survey);
    if (guess->guessed_header && line != NULL &&
        (guess->header_line == 0 || line->line < guess->header_line) &&
        (wanted == NULL || wanted->count == 0))
        buf_addf(&csv->told, "; line %llu is damaged, and may be the header",
                 (unsigned long long)line->line);
}

/* Where such a line stands before all others, and none has a column that the
 * mapping names, it was the header. */
static bool check_names(const struct input *input,
                        const struct csv_guess *guess,
                        const struct csv_head *head, struct err *err)
{
    unsigned names;
    const struct table_line *line = damaged_first(&guess->survey);
    const struct wanted_columns *wanted = input->spec.wanted;
    if (!guess->guessed_header || wanted == NULL || wanted->count == 0 ||
        line == NULL || wanted_find(&guess->survey, wanted, &names) >= 0)
        return true;
    struct buf cause = {0};
    put_cause(&cause, input, guess, head, line->start, line->line);
    err_set(err, EXIT_INPUT,
            "line %llu cannot be read, and no line after it has a column that "
            "the mapping names: %s",
            (unsigned long long)line->line, buf_text(&cause));
    buf_release(&cause);
    return false;
}

/* What is there instead of a header. */
static bool take_rows(struct input *input, const struct csv_guess *guess,
                      const struct csv_head *head, struct err *err)
{
    if (is_empty(guess, head) && !input->ragged)
        return err_set(err, EXIT_INPUT,
                       "empty: there is no header row; export it again");
    if (guess->width == 0 && !input->ragged)
        return refuse_rows(input, guess, head, err);
    columns_name(&input->columns, NULL, guess->width);
    return true;
}

static bool settle_guess(struct input *input, struct csv_input *csv,
                         const struct csv_head *head, struct csv_guess *guess,
                         struct err *err)
{
    take_guess(input, csv, head, guess);
    tell_sep(csv, guess);
    if (guess->width > 0 && !check_names(input, guess, head, err))
        return false;
    if (guess->header_line == 0) {
        if (!take_rows(input, guess, head, err))
            return false;
    } else {
        csv_take_early(csv, head, guess, input->spec.wanted);
        if (!read_header(input, csv, guess, head, err))
            return false;
    }
    csv->no_footer |= input->columns.count < 2;
    csv->grammar.narrow = input->columns.count < 2;
    tell_other(csv, guess->other);
    tell_damaged(csv, guess, input->spec.wanted);
    input->guessed = csv->guessed_encoding || guess->guessed_delimiter ||
                     guess->guessed_header || csv->told.len > 0 ||
                     csv->feed.misfit.text != NULL;
    return true;
}

static bool settle(struct input *input, struct csv_input *csv, struct buf *text,
                   bool whole, struct err *err)
{
    struct csv_guess guess;
    struct csv_head head = {.text = text->at, .len = text->len, .whole = whole};
    if (csv_is_blank(&csv->grammar, head.text, head.len))
        return err_set(err, EXIT_INPUT,
                       "empty: there is no header row; export it again");
    /* The names in a file of ours are those of an export that was read. */
    if (!input->rejects_file && !csv_check_page(head.text, head.len, err))
        return false;
    bool good = csv_guess(input->options, &input->spec, &head, &guess, err) &&
                settle_guess(input, csv, &head, &guess, err);
    csv_guess_release(&guess);
    return good;
}

/* A corrected rejects file is UTF-8 whatever the mapping declares, or what its
 * mark says. */
static bool open_feed(struct input *input, struct csv_input *csv,
                      struct err *err)
{
    const struct csv_options *said = input->options;
    const char *head;
    size_t len;
    if (!source_peek(input->source, &head, &len, err))
        return false;
    bool ours = !input->spec.as_is && csv_is_ours(head, len, said->quote);
    if (!feed_open(&csv->feed, input->source, ours ? "UTF-8" : said->encoding,
                   err))
        return false;
    if (ours && csv->feed.mark > 0) {
        free(csv->feed.misfit.text);
        csv->feed.misfit.text = NULL;
    }
    input->encoding = csv->feed.encoding;
    csv->guessed_encoding = csv->feed.guessed;
    input->doubt = csv->feed.misfit.plainly ? csv->feed.misfit.text : NULL;
    return true;
}

bool csv_open(struct input *input, struct err *err)
{
    const struct csv_options *said = input->options;
    struct csv_input *csv = mem_zero(1, sizeof *csv);
    struct buf head = {0};
    bool whole;
    input->trim = said->trim;
    input->ragged = said->ragged || input->spec.as_is;
    input->state = csv;
    buf_reserve(&csv->rest, 1);
    buf_reserve(&csv->before, 1);
    if (!open_feed(input, csv, err))
        return false;
    buf_reserve(&head, SOURCE_PEEK);
    bool done = feed_head(&csv->feed, &head, &whole, err) &&
                settle(input, csv, &head, whole, err);
    csv->grammar.width = input->columns.count;
    buf_release(&head);
    return done;
}
