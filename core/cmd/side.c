/* side.c: a row and what became of it, side by side: source cells that say
 * something on the left, the record's fields on the right. */
#include "side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/aligned.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/paint.h"
#include "base/utf8.h"
#include "decode/input.h"
#include "form/form.h"

enum { NAME_WIDTH = 22, LEFT_WIDTH = 48 };

/* A record's fields, read back from its JSON. */
struct pair {
    char *name, *value;
};

struct pairs {
    struct pair all[FORM_MAX_FIELDS];
    unsigned count;
};

/* A record is flat: names and plain values in turn. */
static void read_record(const char *json, size_t len, struct pairs *pairs)
{
    struct json_reader reader;
    json_open(&reader, json, len);
    for (enum json_event event = json_next(&reader);
         event != JSON_END && event != JSON_ERROR; event = json_next(&reader)) {
        struct pair *pair = &pairs->all[pairs->count];
        if (event == JSON_KEY) {
            pair->name = mem_text_n(reader.text, reader.len);
        } else if (event == JSON_STRING || event == JSON_NUMBER) {
            pair->value = mem_text_n(reader.text, reader.len);
            aligned_flatten(pair->value, reader.len);
        } else {
            continue;
        }
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

/* `last`: nothing comes after it in its line. */
static void print_cell(const struct column *column, const struct value *value,
                       bool last)
{
    size_t width = LEFT_WIDTH - NAME_WIDTH - 1;
    print_padded(column->name, column->len, NAME_WIDTH, true);
    putchar(' ');
    if (value->type == VALUE_TEXT) {
        print_padded(value->text, value->len, width, !last);
        return;
    }
    struct buf json = {0};
    value_json(&json, value);
    print_padded(json.at, json.len, width, !last);
    buf_release(&json);
}

static bool says_nothing(const struct value *cell)
{
    return cell->type == VALUE_NIL ||
           (cell->type == VALUE_TEXT && cell->len == 0);
}

/* Source cells that say something on the left, the record on the right. */
static void print_side_by_side(const struct row *row,
                               const struct columns *columns,
                               const struct pairs *pairs)
{
    unsigned left = 0;
    unsigned right = 0;
    /* As many lines as the longer side has; the other one stays empty. */
    for (;;) {
        while (left < row->count && says_nothing(&row->cells[left]))
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

static void print_verdict(enum paint paint, const char *word)
{
    printf("  %s%s%s", paint_on(STDOUT_FILENO, paint), word,
           paint_off(STDOUT_FILENO, paint));
}

static void print_verdicts(const struct chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->reject_count; i++)
        for (unsigned f = 0; f < chunk->rejects[i].count; f++) {
            const struct fault *fault = &chunk->rejects[i].faults[f];
            print_verdict(PAINT_BAD, "rejected");
            printf(": %s%s%s\n", fault->field, *fault->field ? ": " : "",
                   fault->text);
        }
    for (uint32_t i = 0; i < chunk->doubt_count; i++) {
        const struct warning *warning = &chunk->doubts[i].warning;
        print_verdict(PAINT_DOUBT, "warning");
        printf(": %s%s%s (%s)\n", warning->field, *warning->field ? ": " : "",
               warning->text, warning_name(warning->kind));
    }
    if (chunk->record_count > 0) {
        char number[NUMBER_TEXT];
        print_verdict(PAINT_GOOD, "valid");
        printf(": %s record%s\n", number_text(chunk->record_count, number),
               chunk->record_count > 1 ? "s" : "");
    } else if (chunk->reject_count == 0) {
        print_verdict(PAINT_DIM, "skipped");
        printf("%s%s\n", chunk->skip_count > 0 ? ": " : "",
               chunk->skip_count > 0 ? chunk->skips[0].reason : "");
    }
}

void side_print(const struct chunk *chunk, const struct row *row)
{
    struct pairs pairs = {.count = 0};
    const struct columns *columns = &chunk->input->columns;
    struct buf place = {0};
    input_place(chunk->input, &row->place, &place);
    puts(buf_text(&place));
    buf_release(&place);
    if (chunk->record_count > 0)
        read_record(chunk->json.at + chunk->records[0].json,
                    chunk->records[0].json_len, &pairs);
    /* What could not be decoded has no cells to show. */
    if (row->fault == NULL)
        print_side_by_side(row, columns, &pairs);
    print_verdicts(chunk);
    putchar('\n');
    release_pairs(&pairs);
}

void side_superseded(const struct later *later)
{
    struct buf text = {0};
    later_put(&text, later);
    printf("  and superseded all the same: %s has the same key and comes "
           "later\n\n",
           buf_text(&text));
    buf_release(&text);
}
