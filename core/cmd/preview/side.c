/* side.c: a row and what became of it, side by side: source cells that say
 * something on the left, the record's fields on the right. */
#include "side.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/screen/print.h"
#include "base/screen/show.h"
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

static char *shown_text(const char *text, size_t len)
{
    struct buf shown = {0};
    show_add(&shown, text, len);
    return buf_detach(&shown, NULL);
}

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
            pair->value = shown_text(reader.text, reader.len);
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

/* Adds a text cut to `width` characters, and padded to it where that is asked
 * for. */
static void put_padded(struct buf *out, const char *text, size_t len,
                       size_t width, bool pad)
{
    size_t used = 0;
    const char *at = text, *end = text + len;
    while (at < end) {
        char shown[SHOW_MAX];
        size_t bytes = show_next(&at, end, shown);
        size_t more = (unsigned char)*shown < 0x80 ? bytes : 1;
        if (used + more + (at < end) > width) {
            buf_puts(out, "…");
            used++;
            break;
        }
        buf_add(out, shown, bytes);
        used += more;
    }
    for (; pad && used < width; used++)
        buf_putc(out, ' ');
}

/* `last`: nothing comes after it in its line. */
static void put_cell(struct buf *out, const struct column *column,
                     const struct value *value, bool last)
{
    size_t width = LEFT_WIDTH - NAME_WIDTH - 1;
    put_padded(out, column->name, column->len, NAME_WIDTH, true);
    buf_putc(out, ' ');
    if (value->type == VALUE_TEXT) {
        put_padded(out, value->text, value->len, width, !last);
        return;
    }
    struct buf json = {0};
    value_json(&json, value);
    put_padded(out, json.at, json.len, width, !last);
    buf_release(&json);
}

static bool says_nothing(const struct value *cell)
{
    return cell->type == VALUE_NIL ||
           (cell->type == VALUE_TEXT && cell->len == 0);
}

/* Source cells that say something on the left, the record on the right. */
static void put_side_by_side(struct buf *out, const struct row *row,
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
        buf_puts(out, "  ");
        if (more_left) {
            put_cell(out, &columns->all[left], &row->cells[left],
                     right >= pairs->count);
            left++;
        } else {
            put_padded(out, "", 0, LEFT_WIDTH, true);
        }
        if (right < pairs->count) {
            show_addf(out, " │ %-13s %s", pairs->all[right].name,
                      pairs->all[right].value);
            right++;
        }
        buf_putc(out, '\n');
    }
}

static void print_verdict(enum paint paint, const char *word)
{
    print_part("  ");
    print_painted(paint, word);
}

static void print_verdicts(const struct chunk *chunk)
{
    for (uint32_t i = 0; i < chunk->reject_count; i++)
        for (unsigned f = 0; f < chunk->rejects[i].count; f++) {
            const struct fault *fault = &chunk->rejects[i].faults[f];
            print_verdict(PAINT_BAD, "rejected");
            print_line(": %s%s%s", fault->field, *fault->field ? ": " : "",
                       fault->text);
        }
    for (uint32_t i = 0; i < chunk->doubt_count; i++) {
        const struct warning *warning = &chunk->doubts[i].warning;
        print_verdict(PAINT_DOUBT, "warning");
        print_line(": %s%s%s (%s)", warning->field, *warning->field ? ": " : "",
                   warning->text, warning_name(warning->kind));
    }
    if (chunk->record_count > 0) {
        char number[NUMBER_TEXT];
        print_verdict(PAINT_GOOD, "valid");
        print_line(": %s record%s", number_text(chunk->record_count, number),
                   chunk->record_count > 1 ? "s" : "");
    } else if (chunk->reject_count == 0) {
        print_verdict(PAINT_DIM, "skipped");
        print_line("%s%s", chunk->skip_count > 0 ? ": " : "",
                   chunk->skip_count > 0 ? chunk->skips[0].reason : "");
    }
}

void side_print(const struct chunk *chunk, const struct row *row)
{
    struct pairs pairs = {.count = 0};
    const struct columns *columns = &chunk->input->columns;
    struct buf text = {0};
    input_place(chunk->input, &row->place, &text);
    print_line("%s", buf_text(&text));
    buf_clear(&text);
    if (chunk->record_count > 0)
        read_record(chunk->json.at + chunk->records[0].json,
                    chunk->records[0].json_len, &pairs);
    /* What could not be decoded has no cells to show. */
    if (row->fault == NULL)
        put_side_by_side(&text, row, columns, &pairs);
    print_lines(&text);
    print_verdicts(chunk);
    print_end();
    release_pairs(&pairs);
    buf_release(&text);
}

void side_superseded(const struct later *later)
{
    struct buf text = {0};
    later_put(&text, later);
    print_line("  and superseded all the same: %s has the same key and comes "
               "later",
               buf_text(&text));
    print_end();
    buf_release(&text);
}
