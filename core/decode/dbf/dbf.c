/* dbf.c: tables of dBase and FoxPro as a format. All records are equally long,
 * so that the reader only counts them; mappers take them apart. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/decoded.h"
#include "decode/decoder.h"
#include "decode/facts.h"
#include "decode/input.h"
#include "decode/table/table.h"
#include "layout.h"
#include "memo.h"
#include "record.h"

struct options {
    const char *encoding; /* NULL: as the table says */
    bool deleted;         /* deleted records are rows too */
    bool trim, ragged;
    size_t max_cell;
};

struct table {
    struct dbf_layout layout;
    bool guessed;     /* its encoding */
    bool ended;       /* by a mark, or the file does */
    bool marked;      /* by a mark */
    uint64_t records; /* that were there */
    uint64_t rows;    /* of which so many are rows */
    uint64_t consumed;
};

static int dbf_sniff(const char *head, size_t len)
{
    return dbf_layout_begins(head, len) ? 90 : 0;
}

static void name_columns(struct input *input, const struct dbf_layout *layout)
{
    struct value *names = mem_zero(layout->count, sizeof *names);
    for (unsigned i = 0; i < layout->count; i++)
        names[i] = value_text(layout->fields[i].name,
                              strlen(layout->fields[i].name));
    columns_name(&input->columns, names, layout->count);
    free(names);
    input->named = true;
}

static void find_encoding(struct input *input, struct table *table)
{
    const struct options *options = input->options;
    const char *says = dbf_layout_encoding(&table->layout);
    input->encoding = options->encoding ? options->encoding
                      : says            ? says
                                        : "windows-1252";
    table->guessed = options->encoding == NULL && says == NULL;
}

static bool dbf_open(struct input *input, struct err *err)
{
    const struct options *options = input->options;
    struct table *table = mem_zero(1, sizeof *table);
    input->state = table;
    input->trim = options->trim;
    input->ragged = options->ragged;
    input->typed = true;
    if (!dbf_layout_read(&table->layout, input->source, err))
        return false;
    table->consumed = table->layout.head;
    find_encoding(input, table);
    name_columns(input, &table->layout);
    return true;
}

static bool read_records(struct input *input, struct chunk *chunk, size_t len,
                         struct err *err)
{
    struct buf *bytes = &chunk->bytes;
    size_t got = 1;
    while (bytes->len < len && got > 0) {
        size_t want = len - bytes->len;
        if (!source_read(input->source, buf_reserve(bytes, want), want, &got,
                         err))
            return false;
        bytes->len += got;
    }
    return true;
}

/* Records up to the end mark; what follows it is none. */
static void count_records(const struct input *input, struct table *table,
                          struct buf *bytes)
{
    const struct options *options = input->options;
    size_t size = table->layout.record, at = 0;
    for (; at < bytes->len; at += size) {
        table->marked = bytes->at[at] == DBF_END;
        if (table->marked || at + size > bytes->len)
            break;
        table->records++;
        table->rows += options->deleted || bytes->at[at] != DBF_DELETED;
    }
    table->ended = at < bytes->len || bytes->len == 0;
    bytes->len = table->marked ? at : bytes->len;
}

/* A table that ends before its last record was cut off; where it ends with a
 * mark, only the number that it says is wrong. */
static bool check_end(const struct table *table, size_t left, struct err *err)
{
    unsigned long long there = table->records;
    if (left > 0)
        return err_set(err, EXIT_INPUT,
                       "is cut off within record %llu of %lu; export it again",
                       there + 1, (unsigned long)table->layout.records);
    return table->marked || there >= table->layout.records ||
           err_set(err, EXIT_INPUT,
                   "is cut off after record %llu of %lu; export it again",
                   there, (unsigned long)table->layout.records);
}

static enum step dbf_fill(struct input *input, struct chunk *chunk,
                          struct err *err)
{
    struct table *table = input->state;
    size_t size = table->layout.record;
    size_t want = CHUNK_BYTES / size > 0 ? CHUNK_BYTES / size * size : size;
    if (table->ended)
        return STEP_END;
    chunk->first = (struct place){.line = table->records + 1,
                                  .index = table->rows + 1};
    if (!read_records(input, chunk, want, err))
        return STEP_FAIL;
    uint64_t before = table->records;
    count_records(input, table, &chunk->bytes);
    table->ended |= chunk->bytes.len < want;
    size_t left = chunk->bytes.len % size;
    chunk->bytes.len -= left;
    table->consumed += chunk->bytes.len;
    chunk->consumed = table->consumed;
    if (table->records > before)
        return STEP_ITEM;
    return check_end(table, left, err) ? STEP_END : STEP_FAIL;
}

static void dbf_close(struct input *input)
{
    struct table *table = input->state;
    if (table != NULL)
        dbf_layout_release(&table->layout);
    free(table);
    input->state = NULL;
}

static void dbf_describe(const struct input *input, struct buf *out)
{
    const struct table *table = input->state;
    buf_addf(out, " (%s), %s%s", dbf_layout_title(&table->layout),
             input->encoding, table->guessed ? " (guessed)" : "");
    input_describe_columns(input, out);
}

static void dbf_tell(const struct input *input, struct facts *facts)
{
    const struct table *table = input->state;
    facts->encoding = input->encoding;
    facts->sure = table->guessed ? "a guess: the table does not say it"
                                 : "it says so itself, or it was said";
}

/* The mapper's half. */
struct state {
    struct decoded_maker maker;
    struct dbf_record record;
    struct value *cells;
    size_t at;
    struct place place; /* of the next record */
};

static void rows_open(struct rows *rows)
{
    const struct input *input = rows->input;
    const struct table *table = input->state;
    struct state *state = mem_zero(1, sizeof *state);
    decoded_maker_open(&state->maker, input);
    state->record.layout = &table->layout;
    if (!charset_is_utf8(input->encoding))
        transcoder_open(&state->record.transcoder, input->encoding);
    rows->state = state;
}

static void rows_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    rows->chunk = chunk;
    decoded_maker_begin(&state->maker, chunk);
    state->record.arena = &chunk->arena;
    state->at = 0;
    state->place = chunk->first;
}

static void rows_close(struct rows *rows)
{
    struct state *state = rows->state;
    decoded_maker_close(&state->maker);
    transcoder_close(&state->record.transcoder);
    dbf_memos_close(state->record.memos);
    buf_release(&state->record.scratch);
    free(state);
    rows->state = NULL;
}

static void make(struct rows *rows, const unsigned char *bytes,
                 struct row *row)
{
    struct state *state = rows->state;
    unsigned count = state->record.layout->count;
    struct arena *arena = &rows->chunk->arena;
    struct value *cells = arena_alloc(arena, count * sizeof *cells);
    const char *why = dbf_record_read(&state->record, bytes, cells);
    if (bytes[0] != DBF_LIVE && bytes[0] != DBF_DELETED)
        why = "the record is neither live nor deleted: its first byte is damaged";
    struct decoded decoded = {
        .place = state->place, .cells = cells, .width = count};
    if (why != NULL)
        decoded = decoded_faulty(rows->input, arena, state->place, cells, 0, why);
    decoded_make(&state->maker, rows->input, &decoded, NULL, row);
}

static bool rows_next(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    const struct options *options = rows->input->options;
    size_t size = state->record.layout->record;
    while (state->at < rows->chunk->bytes.len) {
        const unsigned char *bytes =
            (const unsigned char *)rows->chunk->bytes.at + state->at;
        state->at += size;
        bool taken = bytes[0] != DBF_DELETED || options->deleted;
        if (taken)
            make(rows, bytes, row);
        else
            left_out_count(&rows->chunk->left, LEFT_DELETED, state->place.line);
        state->place.line++;
        state->place.index += taken;
        if (taken)
            return true;
    }
    return false;
}

static const struct row_reader dbf_rows = {
    .open = rows_open,
    .begin = rows_begin,
    .next = rows_next,
    .close = rows_close,
};

static const struct format_option dbf_option_rows[] = {
    {"encoding", "NAME", "its encoding, such as windows-1258 or TCVN",
     OPTION_TEXT, offsetof(struct options, encoding), option_encoding},
    {"trim", "YES", "take white space off the ends of cells", OPTION_TRUTH,
     offsetof(struct options, trim), option_truth},
    {.name = NULL},
};

static const struct options dbf_defaults = {.trim = true, .max_cell = 1 << 24};
static const char *const dbf_extensions[] = {".dbf", NULL};

const struct format format_dbf = {
    .name = "dbf",
    .title = "DBF",
    .help = "tables of dBase and FoxPro",
    .extensions = dbf_extensions,
    .options = dbf_option_rows,
    .defaults = &dbf_defaults,
    .options_size = sizeof dbf_defaults,
    .sniff = dbf_sniff,
    .open = dbf_open,
    .fill = dbf_fill,
    .close = dbf_close,
    .describe = dbf_describe,
    .tell = dbf_tell,
    .rows = &dbf_rows,
};
