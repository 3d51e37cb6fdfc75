/* input.c: which format an input is, its options set, its opening; and its
 * name and places in words. */
#include "input.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "decode/encoding/repair.h"
#include "detect.h"
#include "fill_down.h"
#include "net/secrets.h"
#include "net/web/url.h"

/* A file of our own, corrected, stands in for an input of any format: what is
 * said of that one and does not fit is not meant for it. */
static bool set_options(struct input *input, struct err *err)
{
    const struct format *format = input->format;
    const struct spec *spec = &input->spec;
    input->options = mem_zero(1, format->options_size + 1);
    if (format->options_size > 0)
        memcpy(input->options, format->defaults, format->options_size);
    for (unsigned i = 0; i < spec->count; i++) {
        const struct said *said = &spec->said[i];
        const struct format_option *row =
            option_find(format->options, said->name);
        if (row == NULL && (input->rejects_file || detect_drops(input, said)))
            continue;
        if (row == NULL)
            return err_set(err, EXIT_USAGE,
                           "%s: it is %s, which has no "
                           "option '%s'",
                           input->path, format->title, said->name);
        if (!option_set(row, input->options, &said->value, err))
            return err_prefix(err, "%s: %s", input->path, said->name);
    }
    return true;
}

/* A format's messages need not name the input. */
static bool open_format(struct input *input, struct err *err)
{
    if (!input->format->open(input, err))
        return err_name(err, input->path);
    input->guessed |= input->noted.len > 0;
    return true;
}

/* What reading begins with, and what it ends with, whenever it does. */
static bool open_rows(struct input *input, struct err *err)
{
    if (!open_format(input, err))
        return false;
    repair_columns(input);
    return (down_open(input, err) || err_prefix(err, "%s", input->path));
}

static void close_rows(struct input *input)
{
    down_close(input);
    if (input->format != NULL)
        input->format->close(input);
    input->state = NULL;
}

struct input *input_open_source(const struct spec *spec, struct source *source,
                                struct err *err)
{
    struct input *input = mem_zero(1, sizeof *input);
    const char *path = spec->path ? spec->path : "input";
    spec_copy(&input->spec, spec);
    input->path = mem_text(strcmp(path, "-") == 0 ? "standard input" : path);
    if (web_is_url(path)) /* it is written down in many places */
        secrets_scrub(input->path);
    input->source = source;
    input->size = source_size(source);
    input->encoding = "UTF-8";
    input->dialect = dialect_usual;
    input->named = true;
    if (detect_format(input, err) && set_options(input, err) &&
        open_rows(input, err))
        return input;
    input_close(input);
    return NULL;
}

struct input *input_open(const struct spec *spec, struct err *err)
{
    struct source *source = request_open(spec, err);
    return source ? input_open_source(spec, source, err) : NULL;
}

static void release_sheets(struct input *input)
{
    for (unsigned i = 0; i < input->sheet_count; i++)
        free(input->sheets[i]);
    free(input->sheets);
}

static bool same_columns(const struct columns *a, const struct columns *b)
{
    bool same = a->count == b->count;
    for (unsigned i = 0; same && i < a->count; i++)
        same = a->all[i].len == b->all[i].len &&
               memcmp(a->all[i].name, b->all[i].name, a->all[i].len) == 0;
    return same;
}

/* Opened as the first time; but mappings are bound to the columns that were
 * found then. */
bool input_rewind(struct input *input, struct err *err)
{
    struct input found = *input;
    close_rows(input);
    input->columns = (struct columns){0};
    input->sheets = NULL;
    input->sheet_count = 0;
    bool good =
        source_rewind(input->source, err) && open_rows(input, err) &&
        (same_columns(&input->columns, &found.columns) ||
         err_set(err, EXIT_INPUT, "%s: has other columns than a moment ago",
                 input->path));
    columns_release(&input->columns);
    release_sheets(input);
    input->columns = found.columns;
    input->sheets = found.sheets;
    input->sheet_count = found.sheet_count;
    input->size = source_size(input->source);
    return good;
}

/* The format first: its state may still read from the source. */
void input_close(struct input *input)
{
    if (input == NULL)
        return;
    close_rows(input);
    source_close(input->source);
    columns_release(&input->columns);
    release_sheets(input);
    free(input->options);
    buf_release(&input->noted);
    spec_release(&input->spec);
    free(input->path);
    free(input);
}

void input_stop_on(struct input *input, const atomic_bool *stop)
{
    source_stop_on(input->source, stop);
}

void input_describe_columns(const struct input *input, struct buf *out)
{
    unsigned count = input->columns.count;
    buf_addf(out, ", %u column%s", count, count == 1 ? "" : "s");
}

/* A name of several columns says no more which; who wrote the header may not
 * know, and a mapping that does not read them would never tell. */
static void describe_repeats(const struct columns *columns, struct buf *out)
{
    enum { SHOWN = 3 };
    unsigned told = 0;
    for (unsigned i = 0; i < columns->count; i++) {
        if (columns->repeats == NULL || !columns_repeat(columns, (int)i) ||
            columns->repeats[i].first != i)
            continue;
        if (told++ == SHOWN) {
            buf_puts(out, "; and others");
            return;
        }
        buf_addf(out, "; \"%s\" stands %u times (columns ",
                 columns->all[i].name, columns_same(columns, (int)i));
        columns_places(columns, (int)i, out);
        buf_putc(out, ')');
    }
}

void input_describe(const struct input *input, struct buf *out)
{
    buf_addf(out, "%s: %s", input->path, input->format->title);
    buf_add(out, input->noted.at, input->noted.len);
    input->format->describe(input, out);
    describe_repeats(&input->columns, out);
}

static void tell_back(const struct input *input)
{
    struct buf place = {0};
    if (input->back.line == 0)
        return;
    input_place(input, &input->back, &place);
    log_note("%s: this row stands below one of a higher number, or the same: "
             "rows are read in the order of the file",
             buf_text(&place));
    buf_release(&place);
}

/* A file that is no export may pass for a header alone: its words are shown. */
static void tell_no_row(const struct input *input)
{
    enum { NAMES = 3, UNITS = 40 };
    struct buf names = {0};
    bool header = input->named && !input->format->headless;
    unsigned count = header ? input->columns.count : 0;
    for (unsigned i = 0; i < count && i < NAMES; i++) {
        const struct column *column = &input->columns.all[i];
        buf_addf(&names, "%s\"%.*s\"", i > 0 ? ", " : "",
                 (int)utf8_cut(column->name, column->len, UNITS), column->name);
    }
    if (count == 0)
        log_note("%s: it holds no row", input->path);
    else
        log_note("%s: it holds no row, only a header: %s%s", input->path,
                 buf_text(&names), count > NAMES ? ", …" : "");
    buf_release(&names);
}

void input_tell_end(const struct input *input, const struct left_out *left,
                    bool rows, uint64_t unended)
{
    struct buf text = {0};
    struct left_out late = *left;
    late.count[LEFT_BEFORE] = 0; /* told when it was opened */
    left_out_put(&late, input->sheets, &text);
    if (text.len > 0)
        log_note("%s: %s", input->path, buf_text(&text));
    buf_release(&text);
    tell_back(input);
    if (!rows)
        tell_no_row(input);
    if (unended > 0)
        log_note("%s:%llu: the last line has no line end; is it whole?",
                 input->path, (unsigned long long)unended);
}

const char *input_sheet(const struct input *input, uint32_t sheet)
{
    return sheet > 0 && sheet <= input->sheet_count ? input->sheets[sheet - 1]
                                                    : NULL;
}

void input_place(const struct input *input, const struct place *place,
                 struct buf *out)
{
    buf_puts(out, input->path);
    if (place->line == 0 && place->index == 0)
        return;
    buf_puts(out, place->line > 0 ? ":" : ": ");
    place_put(out, place, input_sheet(input, place->sheet));
}
