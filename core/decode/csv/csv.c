/* csv.c: CSV and its kin as a format: what is opened, and the two halves as
 * the pipeline calls them. TSV is CSV with a tab, said beforehand. */
#include "csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Any text may be CSV; bytes that are no text may still be UTF-16. */
static int csv_sniff(const char *head, size_t len)
{
    (void)head;
    return len > 0 ? 50 : 1;
}

static int tsv_sniff(const char *head, size_t len)
{
    return memchr(head, '\t', len) != NULL ? 40 : 0;
}

/* A corrected rejects file is UTF-8 whatever the mapping declares. */
static bool head_is_rejects(struct source *source, const struct spec *spec,
                            bool *rejects, struct err *err)
{
    const char *head;
    size_t len, mark;
    char delimiter;
    struct buf copy = {0};
    if (!source_peek(source, &head, &len, err))
        return false;
    const char *marked = charset_mark(head, len, &mark);
    buf_reserve(&copy, len + 1);
    buf_add(&copy, head + mark, len - mark);
    *rejects = (marked == NULL || charset_is_utf8(marked)) && !spec->as_is &&
               csv_is_rejects(copy.at, copy.len, spec->quote, &delimiter);
    buf_release(&copy);
    return true;
}

static bool feed_start(struct feed *feed, struct source *source,
                       const struct spec *spec, struct err *err)
{
    bool rejects;
    if (!head_is_rejects(source, spec, &rejects, err)) {
        source_close(source);
        return false;
    }
    return feed_open(feed, source, rejects ? "UTF-8" : spec->encoding, err);
}

/* The header must be text: a name with a broken letter fits no mapping. */
static bool check_header(const struct input *input, const char *text,
                         size_t len, uint64_t line, struct err *err)
{
    size_t valid = utf8_valid(text, len);
    if (valid < len)
        return err_set(err, EXIT_INPUT,
                       "the header on line %llu is not %s (column %zu); say "
                       "what it is, such as encoding = \"windows-1258\" or "
                       "--encoding windows-1258",
                       (unsigned long long)line, input->encoding,
                       utf8_runes(text, valid) + 1);
    if (memchr(text, '\0', len) != NULL)
        return err_set(err, EXIT_INPUT,
                       "the header on line %llu holds NUL bytes; is it in "
                       "this encoding?",
                       (unsigned long long)line);
    return true;
}

static bool refuse_header(const struct csv_cut *cut, uint64_t line,
                          struct err *err)
{
    if (cut->trouble == CSV_UNCLOSED || cut->trouble == CSV_TEXT_AFTER)
        return err_set(err, EXIT_INPUT,
                       "the header on line %llu cannot be read: a quote is %s",
                       (unsigned long long)line,
                       cut->trouble == CSV_UNCLOSED
                           ? "never closed"
                           : "followed by text after its closing quote");
    return err_set(err, EXIT_INPUT,
                   "the header on line %llu does not end within 64 KiB; is it "
                   "CSV, and in this encoding?",
                   (unsigned long long)line);
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

/* Takes the header row apart and names the columns by it. */
static bool read_header(struct input *input, struct csv_reader *reader,
                        const struct csv_guess *guess, struct buf *head,
                        bool whole, struct err *err)
{
    struct csv_cut cut;
    struct csv_rows rows;
    struct arena arena;
    struct buf text = {0};
    const char *from = head->at + guess->header;
    size_t len = first_row(&guess->grammar, from, head->len - guess->header,
                           whole, &cut);
    if (len == 0)
        return refuse_header(&cut, guess->header_line, err);
    if (!check_header(input, from, len, guess->header_line, err))
        return false;
    buf_add(&text, from, len);
    arena_init(&arena);
    csv_rows_init(&rows, &guess->grammar, true);
    csv_rows_text(&rows, text.at, text.len, &arena);
    csv_rows_take(&rows);
    unsigned width = rows.width;
    if (guess->rejects_file)
        width -= 3;
    columns_name(&input->columns, rows.cells, width);
    csv_rows_release(&rows);
    arena_release(&arena);
    buf_release(&text);
    reader->skip = guess->header + len;
    reader->line = guess->header_line + cut.lines;
    return true;
}

/* Settles what the head tells, and leaves the reader at the first row. */
static bool settle(struct input *input, struct csv_reader *reader,
                   struct buf *head, bool whole, struct err *err)
{
    struct csv_guess guess;
    if (csv_is_blank(&reader->grammar, head->at, head->len))
        return err_set(err, EXIT_INPUT,
                       "empty: there is no header row; export it again");
    if (!csv_guess(&input->spec, head->at, head->len, whole, &guess, err))
        return false;
    input->dialect = guess.dialect;
    input->rejects_file = guess.rejects_file;
    input->guessed_delimiter = guess.guessed_delimiter;
    input->guessed_header = guess.guessed_header;
    input->header_line = guess.header_line;
    reader->grammar = guess.grammar;
    reader->index = 1;
    reader->skip = guess.header;
    reader->line = guess.header > 0 ? 2 : 1;
    if (guess.header_line == 0 && guess.width == 0 && !input->ragged)
        return err_set(err, EXIT_INPUT,
                       "no row of its beginning can be read; is it CSV, and "
                       "is every quote closed?");
    if (guess.header_line > 0)
        return read_header(input, reader, &guess, head, whole, err);
    columns_name(&input->columns, NULL, guess.width);
    return true;
}

static bool csv_open(struct input *input, struct source *source,
                     struct err *err)
{
    struct csv_reader *reader = mem_zero(1, sizeof *reader);
    struct buf head = {0};
    bool whole;
    input->trim = input->spec.trim;
    input->ragged = input->spec.ragged || input->spec.as_is;
    input->size = source_size(source);
    input->state = reader;
    buf_reserve(&reader->rest, 1);
    if (!feed_start(&reader->feed, source, &input->spec, err))
        return false;
    input->encoding = reader->feed.encoding;
    input->guessed_encoding = reader->feed.guessed;
    input->legacy = reader->feed.legacy;
    input->doubtful = reader->feed.doubtful;
    buf_reserve(&head, SOURCE_PEEK);
    bool done = feed_head(&reader->feed, &head, &whole, err) &&
                settle(input, reader, &head, whole, err);
    buf_release(&head);
    return done;
}

static bool tsv_open(struct input *input, struct source *source,
                     struct err *err)
{
    if (input->spec.delimiter < 0)
        input->spec.delimiter = '\t';
    return csv_open(input, source, err);
}

static enum step csv_input_fill(struct input *input, struct chunk *chunk,
                                struct err *err)
{
    return csv_fill(input->state, chunk, err);
}

static void csv_close(struct input *input)
{
    struct csv_reader *reader = input->state;
    if (reader == NULL)
        return;
    feed_close(&reader->feed);
    buf_release(&reader->rest);
    free(reader);
    input->state = NULL;
}

static void csv_rows_open(struct rows *rows)
{
    struct csv_rows *state = mem_alloc(sizeof *state);
    struct csv_grammar grammar = csv_grammar(&rows->input->dialect);
    csv_rows_init(state, &grammar, rows->input->trim);
    if (state->cap < rows->input->columns.count) {
        state->cap = rows->input->columns.count;
        state->cells =
            mem_resize(state->cells, state->cap * sizeof *state->cells);
    }
    rows->state = state;
}

static void csv_rows_begin(struct rows *rows, struct chunk *chunk)
{
    struct csv_rows *state = rows->state;
    rows->chunk = chunk;
    buf_reserve(&chunk->bytes, 1);
    csv_rows_text(state, chunk->bytes.at, chunk->bytes.len, &chunk->arena);
    state->line = chunk->first.line;
    state->index = chunk->first.index;
    state->ends = 0;
    state->first_damage = chunk->damage != NULL;
}

static bool csv_rows_next(struct rows *rows, struct row *row)
{
    struct csv_rows *state = rows->state;
    if (rows->chunk->damage != NULL) {
        if (!csv_next_damaged(rows->input, state, rows->chunk, row))
            return false;
    } else {
        if (!csv_rows_take(state))
            return false;
        csv_judge(rows->input, state, row);
    }
    row->place = (struct place){.line = state->line, .index = state->index++};
    return true;
}

static void csv_rows_close(struct rows *rows)
{
    csv_rows_release(rows->state);
    free(rows->state);
    rows->state = NULL;
}

static const char *const csv_extensions[] = {".csv", ".txt", NULL};
static const char *const tsv_extensions[] = {".tsv", ".tab", NULL};

const struct format format_csv = {
    .name = "csv",
    .help = "comma-separated values, with any delimiter",
    .extensions = csv_extensions,
    .sniff = csv_sniff,
    .open = csv_open,
    .fill = csv_input_fill,
    .close = csv_close,
    .rows_open = csv_rows_open,
    .rows_begin = csv_rows_begin,
    .rows_next = csv_rows_next,
    .rows_close = csv_rows_close,
};

const struct format format_tsv = {
    .name = "tsv",
    .help = "tab-separated values",
    .extensions = tsv_extensions,
    .sniff = tsv_sniff,
    .open = tsv_open,
    .fill = csv_input_fill,
    .close = csv_close,
    .rows_open = csv_rows_open,
    .rows_begin = csv_rows_begin,
    .rows_next = csv_rows_next,
    .rows_close = csv_rows_close,
};
