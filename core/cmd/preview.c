/* preview.c: `fastsync preview`: the first rows side by side: what stood in
 * the source, the record it becomes, and the verdict. The rows go through the
 * same mapper as in a run, one at a time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../json.h"
#include "../mem.h"
#include "../utf8.h"
#include "execute.h"

enum { PREVIEW_ROWS = 5, NAME_WIDTH = 22, LEFT_WIDTH = 48 };

/* A record's fields, read back from its JSON. */
struct pair {
    char *name, *value;
};

struct pairs {
    struct pair all[FORM_MAX_FIELDS];
    unsigned count;
};

static void read_record(const char *json, size_t len, struct pairs *pairs)
{
    struct json_reader reader;
    json_open(&reader, json, len);
    for (enum json_event event = json_next(&reader);
         event != JSON_END && event != JSON_ERROR; event = json_next(&reader)) {
        struct pair *pair = &pairs->all[pairs->count];
        if (event == JSON_KEY)
            pair->name = mem_text_n(reader.text, reader.len);
        else if (event == JSON_STRING || event == JSON_NUMBER)
            pair->value = mem_text_n(reader.text, reader.len);
        else
            continue;
        if (event != JSON_KEY)
            pairs->count++;
    }
    json_close(&reader);
}

static void release_pairs(struct pairs *pairs)
{
    for (unsigned i = 0; i < pairs->count; i++) {
        free(pairs->all[i].name);
        free(pairs->all[i].value);
    }
    pairs->count = 0;
}

/* Prints text cut to `width` characters, and padded to it where that is asked
 * for; line ends as blanks. */
static void print_padded(const char *text, size_t len, size_t width, bool pad)
{
    size_t shown = 0;
    const char *at = text;
    const char *end = text + len;
    while (at < end && shown < width) {
        const char *from = at;
        int32_t rune = utf8_next(&at, end);
        if (rune < ' ')
            putchar(' ');
        else if (shown + 1 == width && at < end)
            fputs("…", stdout);
        else
            fwrite(from, 1, (size_t)(at - from), stdout);
        shown++;
    }
    for (; pad && shown < width; shown++)
        putchar(' ');
}

/* `last`: nothing comes behind it in its line. */
static void print_cell(const struct column *column, const struct value *value,
                       bool last)
{
    size_t width = LEFT_WIDTH - NAME_WIDTH - 1;
    print_padded(column->name, column->len, NAME_WIDTH, true);
    putchar(' ');
    if (value->type == VALUE_TEXT)
        print_padded(value->text, value->len, width, !last);
    else
        print_padded("", 0, width, !last);
}

/* Source cells that say something on the left, the record on the right. */
static void print_side_by_side(const struct row *row,
                               const struct columns *columns,
                               const struct pairs *pairs)
{
    unsigned left = 0;
    unsigned right = 0;
    for (;;) {
        while (left < row->count && row->cells[left].type == VALUE_TEXT &&
               row->cells[left].len == 0)
            left++;
        bool more_left = left < row->count && left < columns->count;
        if (!more_left && right >= pairs->count)
            return;
        fputs("  ", stdout);
        if (more_left) {
            print_cell(&columns->all[left], &row->cells[left],
                       right >= pairs->count);
            left++;
        } else {
            print_padded("", 0, LEFT_WIDTH, true);
        }
        if (right < pairs->count) {
            printf(" │ %-13s %s", pairs->all[right].name,
                   pairs->all[right].value);
            right++;
        }
        putchar('\n');
    }
}

static void print_verdicts(const struct chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->reject_count; i++)
        for (unsigned f = 0; f < chunk->rejects[i].count; f++) {
            const struct fault *fault = &chunk->rejects[i].faults[f];
            printf("  rejected: %s%s%s\n", fault->field,
                   *fault->field ? ": " : "", fault->text);
        }
    if (chunk->record_count > 0)
        printf("  valid: %u record%s\n", chunk->record_count,
               chunk->record_count > 1 ? "s" : "");
    else if (chunk->reject_count == 0)
        printf("  skipped%s%s\n", chunk->skip_count > 0 ? ": " : "",
               chunk->skip_count > 0 ? chunk->skips[0].reason : "");
}

static void print_row(const struct chunk *chunk, const struct row *row)
{
    struct pairs pairs = {.count = 0};
    const struct columns *columns = &chunk->input->columns;
    printf("%s:%llu\n", chunk->input->path, (unsigned long long)row->line);
    if (chunk->record_count > 0)
        read_record(chunk->json.at + chunk->records[0].json,
                    chunk->records[0].json_len, &pairs);
    if (row->fault == NULL)
        print_side_by_side(row, columns, &pairs);
    print_verdicts(chunk);
    putchar('\n');
    release_pairs(&pairs);
}

/* Maps one row; what it became stands alone in the chunk then. */
static bool map_row(struct job *job, struct chunk *chunk, struct row *row,
                    struct err *err)
{
    chunk->record_count = chunk->reject_count = chunk->skip_count = 0;
    buf_clear(&chunk->json);
    if (row->fault != NULL) {
        struct fault *fault = arena_alloc(&chunk->arena, sizeof *fault);
        *fault = (struct fault){"", row->fault};
        *chunk_add_reject(chunk) =
            (struct reject){.line = row->line, .faults = fault, .count = 1};
    } else if (!script_map(job->scripts[0], chunk, row)) {
        *err = chunk->failure;
        return false;
    }
    print_row(chunk, row);
    return true;
}

static bool preview_input(struct job *job, struct input *input, uint64_t *left,
                          struct err *err)
{
    struct chunk *chunk = chunk_new();
    struct rows rows = {.input = input};
    struct row row;
    bool good = true;
    input->format->rows_open(&rows);
    while (good && *left > 0) {
        chunk_clear(chunk);
        chunk->input = input;
        enum step step = input->format->fill(input, chunk, err);
        if (step != STEP_ITEM) {
            good = step == STEP_END;
            break;
        }
        input->format->rows_begin(&rows, chunk);
        for (; good && *left > 0 && input->format->rows_next(&rows, &row);
             --*left)
            good = map_row(job, chunk, &row, err);
    }
    input->format->rows_close(&rows);
    chunk_free(chunk);
    return good;
}

static bool preview_mapping(struct job *job, unsigned number, struct err *err)
{
    uint64_t left = job->arguments->config.limit;
    if (!job_mapping(job, number, err) || !job_inputs(job, true, err))
        return false;
    for (unsigned i = 0; i < job->input_count; i++)
        if (!preview_input(job, job->inputs[i], &left, err))
            return false;
    return true;
}

static bool set_limit(struct arguments *arguments, struct err *err)
{
    struct config *config = &arguments->config;
    const char *said = arguments->own[0];
    if (said == NULL)
        config->limit = PREVIEW_ROWS;
    else if (!config_set(config, "limit", said, RANK_OPTION, "--limit", err))
        return false;
    if (config->limit == 0)
        config->limit = UINT64_MAX;
    return true;
}

static enum exit_code preview(struct arguments *arguments, struct err *err)
{
    struct job job;
    bool good = job_begin(&job, arguments, err) && set_limit(arguments, err);
    for (unsigned i = 0; good && i < job_count(&job); i++)
        good = preview_mapping(&job, i, err);
    job_end(&job);
    return good ? EXIT_DONE : err->code;
}

static const char *const options[] = {"source", "max_memory",
                                      "max_instructions", NULL};

static const struct own_option own[] = {
    {"limit", "N", "show N rows, 0: all (5)"},
    {NULL, NULL, NULL},
};

const struct command command_preview = {
    .name = "preview",
    .usage = "fastsync preview MAPPING.lua [INPUT…]",
    .help = "the first rows side by side: source row, record, verdict",
    .example = "fastsync preview khach-hang.lua --limit 2",
    .options = options,
    .own = own,
    .operands_least = 1,
    .operands_most = OPERANDS_MAX,
    .body = preview,
};
