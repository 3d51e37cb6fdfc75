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
#include "base/screen/wrap.h"
#include "decode/input.h"
#include "form/form.h"

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

/* Where everything stands, in columns of a terminal. */
struct layout {
    size_t left, name; /* the source's side; its columns' names */
};

static struct layout layout_now(void)
{
    size_t left = wrap_width() * 6 / 10;
    return (struct layout){left, left * 11 / 24};
}

static void put_blanks(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_putc(out, ' ');
}

/* Adds a text, cut to `width` and padded to it. */
static void put_padded(struct buf *out, const char *text, size_t len,
                       size_t width)
{
    size_t used = 0;
    const char *at = text, *end = text + len;
    while (at < end) {
        char shown[SHOW_MAX];
        size_t bytes = show_next(&at, end, shown);
        size_t more = show_width(shown, bytes);
        if (used + more + (at < end) > width) {
            buf_puts(out, "…");
            used++;
            break;
        }
        buf_add(out, shown, bytes);
        used += more;
    }
    put_blanks(out, used < width ? width - used : 0);
}

static void put_value(struct buf *out, const struct value *value, size_t width)
{
    struct buf json = {0};
    if (value->type == VALUE_TEXT) {
        put_padded(out, value->text, value->len, width);
        return;
    }
    value_json(&json, value);
    put_padded(out, buf_text(&json), json.len, width);
    buf_release(&json);
}

/* Lines of one width: the name, which goes on below, and the value. */
static void put_cell(struct buf *out, const struct layout *layout,
                     const struct column *column, const struct value *value)
{
    struct buf name = {0};
    size_t room = layout->left - layout->name - 1;
    wrap_name(&name, column->name, 0, 1, layout->name);
    const char *end, *all = buf_text(&name);
    for (const char *at = all; *at != '\0'; at = end + 1) {
        end = strchr(at, '\n');
        put_padded(out, at, (size_t)(end - at), layout->name);
        buf_putc(out, ' ');
        if (at == all)
            put_value(out, value, room);
        else
            put_blanks(out, room);
        buf_putc(out, '\n');
    }
    buf_release(&name);
}

static bool says_nothing(const struct value *cell)
{
    return cell->type == VALUE_NIL ||
           (cell->type == VALUE_TEXT && cell->len == 0);
}

static void put_source(struct buf *out, const struct layout *layout,
                       const struct row *row, const struct columns *columns)
{
    for (unsigned i = 0; i < row->count && i < columns->count; i++)
        if (!says_nothing(&row->cells[i]))
            put_cell(out, layout, &columns->all[i], &row->cells[i]);
}

static void end_line(struct buf *out)
{
    while (out->len > 0 && out->at[out->len - 1] == ' ')
        out->len--;
    buf_putc(out, '\n');
}

/* Source cells that say something on the left, the record on the right: as many
 * lines as the longer side has; the other one stays empty. */
static void put_side_by_side(struct buf *out, const struct row *row,
                             const struct columns *columns,
                             const struct pairs *pairs)
{
    const struct layout layout = layout_now();
    struct buf source = {0};
    put_source(&source, &layout, row, columns);
    const char *left = buf_text(&source);
    for (unsigned right = 0; *left != '\0' || right < pairs->count; right++) {
        const char *end = strchr(left, '\n');
        buf_puts(out, "  ");
        if (end != NULL)
            buf_add(out, left, (size_t)(end - left));
        else
            put_blanks(out, layout.left);
        left = end != NULL ? end + 1 : left;
        if (right < pairs->count)
            show_addf(out, " │ %-13s %s", pairs->all[right].name,
                      pairs->all[right].value);
        end_line(out);
    }
    buf_release(&source);
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
