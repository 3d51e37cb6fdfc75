/* open.c: from a head to the first row: the encoding, the dialect, the header,
 * the columns' names. What is guessed is remembered, so that it can be said. */
#include <stdlib.h>
#include <string.h>

#include "base/case.h"
#include "base/utf8.h"
#include "decode/encoding/looks.h"
#include "decode/rejected.h"
#include "decode/table/wanted.h"
#include "rows.h"
#include "show.h"

/* Blank lines at the top are none, as anywhere. */
static void count_skipped(struct csv_input *csv, const struct csv_head *head,
                          unsigned skip)
{
    uint64_t line = 1;
    for (size_t at = 0, next; line <= skip && at < head->from;
         at = next, line++) {
        next = csv_next_line(head->text, head->len, at);
        if (!csv_is_blank(&csv->grammar, head->text + at, next - at))
            left_out_count(&csv->left, LEFT_SKIPPED, line);
    }
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
    csv->stops = said->copy && !guess->rejects_file;
    if (said->max_cell > 0)
        csv->grammar.max_quoted = csv->grammar.max_row = said->max_cell;
    csv->no_footer = guess->rejects_file || guess->grammar.as_is;
    csv->index = 1;
    csv->skip = head->from;
    csv->line = head->line;
    csv->doubt = guess->doubt;
    guess->doubt = (struct buf){0};
    if (guess->rejects_file || input->spec.as_is)
        return;
    count_skipped(csv, head, said->skip);
    if (said->stop != NULL)
        utf8_fold(&csv->stop, said->stop, strlen(said->stop));
    buf_text(&csv->stop); /* ends in NUL */
    csv->stops |= csv->stop.len > 0;
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
    csv_put_cause(&cause, input, guess, head,
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
    csv_put_cause(&cause, input, guess, head, line->start, line->line);
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
        if (!csv_read_header(input, csv, guess, head, err))
            return false;
    }
    csv->no_footer |= input->columns.count < 2;
    csv->grammar.narrow = input->columns.count < 2;
    tell_other(csv, guess->other);
    buf_add(&csv->told, guess->pair.at, guess->pair.len);
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
    const char *looked = said->encoding;
    if (looked == NULL && input->spec.by_looks)
        looked = looks_undeclared(head, len, len < SOURCE_PEEK);
    if (!feed_open(&csv->feed, input->source, ours ? "UTF-8" : looked, err))
        return false;
    csv->feed.guessed |= looked != said->encoding;
    if (ours && csv->feed.mark > 0) {
        free(csv->feed.misfit.text);
        csv->feed.misfit.text = NULL;
    }
    input->encoding = csv->feed.encoding;
    csv->guessed_encoding = csv->feed.guessed;
    input->doubt = csv->feed.misfit.plainly ? csv->feed.misfit.text : NULL;
    return true;
}

/* COPY has no quotes, and one escape. */
static bool settle_copy(struct csv_options *said, struct err *err)
{
    if (said->copy && (said->quote >= 0 || said->escape >= 0))
        return err_set(err, EXIT_USAGE,
                       "escapes = \"copy\" has no quotes, and an escape of its "
                       "own: say neither `quote` nor `escape`");
    if (said->copy) {
        said->quote = 0;
        said->escape = '\\';
    }
    return true;
}

bool csv_open(struct input *input, struct err *err)
{
    struct csv_options *said = input->options;
    struct csv_input *csv = mem_zero(1, sizeof *csv);
    struct buf head = {0};
    bool whole;
    input->trim = said->trim;
    input->ragged = said->ragged || input->spec.as_is;
    input->state = csv;
    buf_reserve(&csv->rest, 1);
    buf_reserve(&csv->before, 1);
    if (!settle_copy(said, err) || !open_feed(input, csv, err))
        return false;
    buf_reserve(&head, SOURCE_PEEK);
    bool done = feed_head(&csv->feed, &head, &whole, err) &&
                settle(input, csv, &head, whole, err);
    csv->grammar.width = input->columns.count;
    buf_release(&head);
    return done;
}
