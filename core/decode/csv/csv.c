/* csv.c: CSV and its kin as a format: its options, what is said of an input,
 * and the row reader over a chunk. TSV is CSV with a tab, said beforehand. */
#include "base/ascii.h"
#include "decode/table/words.h"
#include "rows.h"

#include "decode/encoding/looks.h"
#include "decode/facts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

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

static void csv_close(struct input *input)
{
    struct csv_input *csv = input->state;
    if (csv == NULL)
        return;
    feed_close(&csv->feed);
    csv_release_early(csv);
    buf_release(&csv->doubt);
    buf_release(&csv->told);
    buf_release(&csv->rest);
    buf_release(&csv->before);
    csv_names_release(&csv->names);
    for (unsigned i = 0; i < csv->upper_count; i++)
        csv_names_release(&csv->upper_names[i]);
    csv_names_release(&csv->numbers);
    buf_release(&csv->stop);
    free(csv);
    input->state = NULL;
}

static const char *guess(bool guessed)
{
    return guessed ? " (guessed)" : "";
}

static void describe_delimiter(const struct input *input, struct buf *out)
{
    const struct csv_input *csv = input->state;
    char delimiter = input->dialect.delimiter;
    if (delimiter == '\t')
        buf_puts(out, ", delimiter tab");
    else if (isprint((unsigned char)delimiter))
        buf_addf(out, ", delimiter '%c'", delimiter);
    else
        buf_addf(out, ", delimiter 0x%02X", (unsigned char)delimiter);
    buf_puts(out, guess(csv->guessed_delimiter));
}

static void describe_header(const struct csv_input *csv, struct buf *out)
{
    if (csv->header_line > 0)
        buf_puts(out, csv->upper_count > 0 ? ", header on lines "
                                           : ", header on line ");
    else
        buf_puts(out, ", no header");
    for (unsigned i = 0; i < csv->upper_count; i++)
        buf_addf(out, "%llu%s", (unsigned long long)csv->upper[i],
                 i + 1 < csv->upper_count ? ", " : " and ");
    if (csv->header_line > 0)
        buf_number(out, csv->header_line);
    if (csv->doubt.len > 0)
        buf_addf(out, " (guessed, and doubtful: %.*s)", (int)csv->doubt.len,
                 csv->doubt.at);
    else
        buf_puts(out, guess(csv->guessed_header));
}

static void csv_describe(const struct input *input, struct buf *out)
{
    const struct csv_input *csv = input->state;
    buf_addf(out, ", %s%s", input->encoding, guess(csv->guessed_encoding));
    describe_delimiter(input, out);
    describe_header(csv, out);
    input_describe_columns(input, out);
    if (input->rejects_file)
        buf_puts(out, ", a corrected rejects file");
    buf_add(out, csv->told.at, csv->told.len);
    if (csv->feed.misfit.text != NULL)
        buf_addf(out, "; %s", csv->feed.misfit.text);
}

static const char *how_sure(const struct input *input)
{
    const struct csv_input *csv = input->state;
    const char *head;
    size_t len;
    struct err err;
    if (!csv->guessed_encoding)
        return csv->feed.mark > 0 ? "its byte order mark says so"
                                  : "as it was said";
    if (strncmp(input->encoding, "UTF-16", 6) == 0)
        return "sure: every other byte is NUL";
    if (strcmp(input->encoding, "UTF-8") != 0)
        return "likely: its letters stand as they do there";
    if (!source_peek(input->source, &head, &len, &err))
        return NULL;
    struct letters letters = letters_count(head, len, len < SOURCE_PEEK);
    if (letters.good + letters.bad == 0)
        return "sure so far: there is nothing but ASCII at its beginning";
    return letters.bad == 0 ? "sure: all letters at its beginning are"
                            : "not sure: not all letters at its beginning are";
}

static const char *why_header(const struct csv_input *csv)
{
    if (!csv->guessed_header)
        return "as it was said";
    return csv->header_line > 0 ? "the first full line, and it holds no values"
                                : "the first full line holds values";
}

static void tell_options(const struct input *input, struct facts *facts)
{
    const struct csv_input *csv = input->state;
    const char text[] = {input->dialect.delimiter, '\0'};
    bool comma = input->dialect.delimiter == ',' ||
                 (input->format == &format_tsv && *text == '\t');
    if (!comma)
        facts_option_text(facts, "delimiter", text);
    if (csv->guessed_encoding && !charset_is_utf8(input->encoding) &&
        strncmp(input->encoding, "UTF-16", 6) != 0)
        facts_option_text(facts, "encoding", input->encoding);
}

static void csv_tell(const struct input *input, struct facts *facts)
{
    const struct csv_input *csv = input->state;
    facts->sure = how_sure(input);
    facts->delimiter = (unsigned char)input->dialect.delimiter;
    facts->delimiter_guessed = csv->guessed_delimiter;
    for (unsigned i = 0; i < csv->upper_count; i++)
        facts->header[facts->header_count++] = csv->upper[i];
    if (csv->header_line > 0)
        facts->header[facts->header_count++] = csv->header_line;
    facts->why = why_header(csv);
    if (csv->doubt.len > 0)
        facts->doubt =
            facts_text(facts, "%.*s", (int)csv->doubt.len, csv->doubt.at);
    facts->notes =
        facts_text(facts, "%.*s%s%s", (int)csv->told.len,
                   csv->told.len > 0 ? csv->told.at : "",
                   csv->feed.misfit.text != NULL ? "; " : "",
                   csv->feed.misfit.text != NULL ? csv->feed.misfit.text : "");
    tell_options(input, facts);
}

static void csv_rows_open(struct rows *rows)
{
    struct csv_rows *state = mem_alloc(sizeof *state);
    const struct csv_input *csv = rows->input->state;
    csv_rows_init(state, &csv->grammar, rows->input->trim);
    state->marked = rows->input->rejects_file;
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
    state->at = state->before = chunk->before;
    state->after = chunk->after;
    state->len -= chunk->after;
    state->line = chunk->first.line;
    state->index = chunk->first.index;
    state->ends = 0;
    state->left = &chunk->left;
    state->first_damage = chunk->damage != NULL;
}

/* One of the first cells may say so: amounts and blanks stand before it. */
static inline bool may_be_total(const struct csv_rows *rows)
{
    const struct value *cell = rows->cells, *end = cell + rows->width;
    while (cell < end && (cell->len == 0 || ascii_digit(cell->text[0])))
        cell++;
    return cell < end && word_may_be_total(cell);
}

static bool csv_rows_next(struct rows *rows, struct row *row)
{
    struct csv_rows *state = rows->state;
    const struct chunk *chunk = rows->chunk;
    if (chunk->damage != NULL) {
        if (!csv_next_damaged(rows->input, state, chunk, row))
            return false;
    } else {
        if (!csv_rows_take(state))
            return false;
        csv_check(rows->input, state, row);
        if (chunk->refused != NULL)
            row->fault = chunk->refused;
        if (state->unwrapped.len > 0 || chunk->unended > 0 ||
            row->width > rows->input->columns.count || state->broken != NULL ||
            may_be_total(state))
            csv_doubt(rows->input, state,
                      chunk->unended > 0 && state->at >= state->len, row);
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

static const struct row_reader csv_reader = {
    .open = csv_rows_open,
    .begin = csv_rows_begin,
    .next = csv_rows_next,
    .close = csv_rows_close,
};

static bool set_escapes(void *copy, const struct option_value *value,
                        struct err *err)
{
    *(bool *)copy = strcmp(value->text, "copy") == 0;
    return *(bool *)copy ||
           err_set(err, EXIT_USAGE, "\"%s\" is none: only \"copy\" is",
                   option_show(value, &(struct option_shown){""}));
}

#define AT(member) offsetof(struct csv_options, member)
/* clang-format off */
static const struct format_option csv_option_rows[] = {
    {"encoding", "NAME", "its encoding, such as windows-1258 or UTF-16",
     OPTION_TEXT, AT(encoding), option_encoding},
    {"delimiter", "C", "the character between cells, or tab",
     OPTION_TEXT, AT(delimiter), option_byte},
    {"quote", "C", "the character around cells, or none (\")",
     OPTION_TEXT, AT(quote), option_byte_or_none},
    {"escape", "C", "the character before a quote in a cell (doubled quotes)",
     OPTION_TEXT, AT(escape), option_byte_or_none},
    {"header", "N", "the line the header stands on, or lines as 1,2; 0: none",
     OPTION_LIST, AT(header), table_set_lines},
    {"skip", "N", "lines at the top to leave out (0)",
     OPTION_NUMBER, AT(skip), table_set_skip},
    {"stop", "TEXT", "the table ends before a row that begins so",
     OPTION_TEXT, AT(stop), option_text},
    {"trim", "BOOL", "take white space off the ends of cells (true)",
     OPTION_TRUTH, AT(trim), option_truth},
    {"ragged", "BOOL", "take rows of another width than the header's (false)",
     OPTION_TRUTH, AT(ragged), option_truth},
    {"max_cell", "BYTES", "the longest cell, such as 64M (16M)",
     OPTION_NUMBER, AT(max_cell), option_size},
    {"escapes", "KIND", "copy: backslashes as COPY of PostgreSQL writes them",
     OPTION_TEXT, AT(copy), set_escapes},
    {.name = NULL},
};
/* clang-format on */
#undef AT

static const struct csv_options csv_defaults = {
    .delimiter = -1, .quote = -1, .escape = -1, .trim = true};
static const struct csv_options tsv_defaults = {
    .delimiter = '\t', .quote = -1, .escape = -1, .trim = true};
static const char *const csv_extensions[] = {".csv", ".txt", NULL};
static const char *const tsv_extensions[] = {".tsv", ".tab", NULL};

const struct format format_csv = {
    .name = "csv",
    .title = "CSV",
    .help = "comma-separated values, with any delimiter",
    .family = "text",
    .extensions = csv_extensions,
    .options = csv_option_rows,
    .defaults = &csv_defaults,
    .options_size = sizeof csv_defaults,
    .sniff = csv_sniff,
    .claims = csv_claims,
    .open = csv_open,
    .fill = csv_fill,
    .close = csv_close,
    .describe = csv_describe,
    .tell = csv_tell,
    .rows = &csv_reader,
};

const struct format format_tsv = {
    .name = "tsv",
    .title = "TSV",
    .help = "tab-separated values",
    .family = "text",
    .extensions = tsv_extensions,
    .options = csv_option_rows,
    .defaults = &tsv_defaults,
    .options_size = sizeof tsv_defaults,
    .sniff = tsv_sniff,
    .open = csv_open,
    .fill = csv_fill,
    .close = csv_close,
    .describe = csv_describe,
    .tell = csv_tell,
    .rows = &csv_reader,
};
