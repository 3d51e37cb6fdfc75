/* fake_book.h: a workbook as text, to prove what is done with any:
 *
 *     [Khách hàng]       a sheet; [~…] a hidden one, [?…] a chart
 *     Mã|Tên|Nợ          a row; what is empty is not given
 *     K1|An|=12          a number
 *     ~K2|Bình|=3        a hidden row
 *     !K3|Chi            a row that is broken
 *     ?K4|Dũng           a row whose first cell is doubtful
 *     %hide 2            a hidden column, from 0
 *     %area 1 1 0 2      a merged one: rows from 1, columns from 0
 *     %line 100          so many rows hold nothing
 */
#ifndef FASTSYNC_TESTS_FAKE_BOOK_H
#define FASTSYNC_TESTS_FAKE_BOOK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/cursor.h"
#include "decode/decoded.h"
#include "decode/table/grid.h"
#include "decode/table/table.h"
#include "demand.h"

enum { FAKE_MAX = 16 };

struct fake_book {
    char *text;
    struct grid_sheet sheets[FAKE_MAX];
    const char *starts[FAKE_MAX], *ends[FAKE_MAX];
    unsigned count;
    struct grid_area areas[FAKE_MAX];
    const char *at, *end;
    uint64_t line;
    unsigned hidden; /* bits of columns */
};

static bool fake_begin(void *self, unsigned sheet, struct err *err)
{
    struct fake_book *book = self;
    (void)err;
    book->at = book->starts[sheet];
    book->end = book->ends[sheet];
    book->line = 0;
    book->hidden = 0;
    for (const char *at = book->at; at < book->end; at++)
        if (strncmp(at, "%hide ", 6) == 0)
            book->hidden |= 1u << (atoi(at + 6) & 31);
    return true;
}

static bool fake_areas(void *self, unsigned sheet,
                       const struct grid_area **areas, unsigned *count,
                       struct err *err)
{
    struct fake_book *book = self;
    unsigned long long top, bottom;
    (void)err;
    *count = 0;
    for (const char *at = book->starts[sheet];
         at < book->ends[sheet] && *count < FAKE_MAX; at++) {
        struct grid_area *area = &book->areas[*count];
        if (*at != '%' || sscanf(at, "%%area %llu %llu %u %u", &top, &bottom,
                                 &area->left, &area->right) != 4)
            continue;
        area->top = top;
        area->bottom = bottom;
        (*count)++;
    }
    *areas = book->areas;
    return true;
}

static bool fake_column_hidden(void *self, unsigned column)
{
    struct fake_book *book = self;
    return column < 32 && (book->hidden >> column & 1) != 0;
}

static struct value fake_cell(const char *text, size_t len)
{
    char digits[16];
    if (len > 0 && text[0] == '=') {
        snprintf(digits, sizeof digits, "%.*s", (int)len - 1, text + 1);
        return (struct value){.type = VALUE_INT, .integer = atoi(digits)};
    }
    return value_text(text, len);
}

static void fake_cells(struct arena *arena, struct grid_row *row,
                       const char *text, size_t len)
{
    const char *end = text + len;
    unsigned count = 1;
    for (const char *at = text; at < end; at++)
        count += *at == '|';
    struct value *cells = arena_alloc(arena, count * sizeof *cells);
    char *copy = arena_alloc(arena, len + 1);
    memcpy(copy, text, len);
    row->cells = cells;
    for (end = copy + len, row->width = 0;; row->width++) {
        const char *next = memchr(copy, '|', (size_t)(end - copy));
        next = next ? next : end;
        cells[row->width] = fake_cell(copy, (size_t)(next - copy));
        if (next == end)
            break;
        copy += next - copy + 1;
    }
    row->width++;
}

static enum step fake_next(void *self, struct arena *arena,
                           struct grid_row *row, struct err *err)
{
    static const struct grid_doubt doubt = {.kind = WARNING_FORMULA,
                                            .text = "has no result"};
    struct fake_book *book = self;
    (void)err;
    while (book->at < book->end) {
        const char *text = book->at;
        const char *next = memchr(text, '\n', (size_t)(book->end - text));
        size_t len = (size_t)((next ? next : book->end) - text);
        book->at = next ? next + 1 : book->end;
        if (strncmp(text, "%line ", 6) == 0)
            book->line += (unsigned)atoi(text + 6) % 1000;
        if (len > 0 && *text == '%')
            continue;
        book->line++;
        if (len == 0)
            continue;
        *row = (struct grid_row){.line = book->line,
                                 .hidden = *text == '~',
                                 .fault = *text == '!' ? "is broken" : NULL,
                                 .doubts = *text == '?' ? &doubt : NULL,
                                 .doubt_count = *text == '?'};
        unsigned mark = *text == '~' || *text == '!' || *text == '?';
        fake_cells(arena, row, text + mark, len - mark);
        return STEP_ITEM;
    }
    return STEP_END;
}

static const struct grid_kind fake_kind = {.begin = fake_begin,
                                           .next = fake_next,
                                           .areas = fake_areas,
                                           .column_hidden = fake_column_hidden};

static void fake_add_sheet(struct fake_book *book, char *name)
{
    struct grid_sheet *sheet = &book->sheets[book->count];
    char *end = name + strcspn(name, "]\n");
    if (book->count == FAKE_MAX || *end != ']')
        return;
    sheet->hidden = *name == '~';
    sheet->no_table = *name == '?';
    sheet->name = sheet->hidden || sheet->no_table ? name + 1 : name;
    *end = '\0';
    end += end[1] != '\0'; /* the line end */
    book->starts[book->count] = book->ends[book->count] = end + 1;
    book->count++;
}

static struct fake_book *fake_new(const char *text, size_t len)
{
    struct fake_book *book = mem_zero(1, sizeof *book);
    book->text = mem_text_n(text, len);
    for (char *at = book->text; *at != '\0';) {
        char *next = strchr(at, '\n');
        next = next ? next + 1 : at + strlen(at);
        if (*at == '[')
            fake_add_sheet(book, at + 1);
        else if (book->count > 0)
            book->ends[book->count - 1] = next;
        at = next;
    }
    return book;
}

static void fake_free(struct fake_book *book)
{
    if (book != NULL)
        free(book->text);
    free(book);
}

static bool fake_open(struct input *input, struct err *err)
{
    char *text = mem_alloc(1 << 20);
    size_t len = 0, got;
    while (source_read(input->source, text + len, (1 << 20) - len, &got, err) &&
           got > 0)
        len += got;
    struct fake_book *book = fake_new(text, len);
    free(text);
    if (grid_open(input, &fake_kind, book, book->sheets, book->count, err))
        return true;
    fake_free(book);
    return false;
}

static void fake_close(struct input *input)
{
    struct fake_book *book = grid_book(input);
    grid_close(input);
    fake_free(book);
}

static const struct table_options fake_defaults = TABLE_DEFAULTS;
/* clang-format off */
static const struct format_option fake_options[] = {
    TABLE_OPTIONS,
    {.name = NULL},
};
/* clang-format on */
static const char *const fake_extensions[] = {NULL};

static int fake_sniff(const char *head, size_t len)
{
    (void)head;
    (void)len;
    return 0;
}

static const struct format format_fake = {
    .name = "fake",
    .title = "Book",
    .extensions = fake_extensions,
    .options = fake_options,
    .defaults = &fake_defaults,
    .options_size = sizeof fake_defaults,
    .sniff = fake_sniff,
    .open = fake_open,
    .fill = grid_fill,
    .close = fake_close,
    .describe = grid_describe,
    .rows = &decoded_rows,
};

static void fake_dump_row(const struct input *input, const struct row *row,
                          struct buf *out)
{
    struct buf place = {0};
    place_put(&place, &row->place, input_sheet(input, row->place.sheet));
    buf_addf(out, "%s #%llu", buf_text(&place),
             (unsigned long long)row->place.index);
    buf_release(&place);
    if (row->fault != NULL)
        buf_addf(out, " ! %s", row->fault);
    for (unsigned i = 0; row->fault == NULL && i < row->count; i++) {
        buf_putc(out, i == 0 ? ' ' : '|');
        if (row->cells[i].type == VALUE_TEXT)
            buf_add(out, row->cells[i].text, row->cells[i].len);
        else
            value_json(out, &row->cells[i]);
    }
    for (unsigned i = 0; row->warnings != NULL && i < row->warnings->count; i++)
        buf_addf(out, " ? %s: %s: %s", warning_name(row->warnings->all[i].kind),
                 row->warnings->all[i].field, row->warnings->all[i].text);
    buf_putc(out, '\n');
}

static void fake_dump_rows(struct input *input, struct buf *out)
{
    struct cursor cursor = {0};
    struct row row;
    struct err err;
    enum step step;
    cursor_open(&cursor, input);
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM)
        fake_dump_row(input, &row, out);
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err.text);
    left_out_add(&cursor.left, &cursor.chunk->left);
    left_out_put(&cursor.left, input->sheets, out);
    cursor_close(&cursor);
}

/* No list of formats has this one, so that none knows its options. */
static void fake_say(struct spec *spec, const char *name, const char *text)
{
    spec->said = mem_resize(spec->said, (spec->count + 1) * sizeof *spec->said);
    spec->said[spec->count++] =
        (struct said){name, option_text_value(text, strlen(text))};
}

/* All that is said of a book, and its rows, read twice. `said` is pairs of
 * option and text, and ends with NULL. */
__attribute__((unused)) static void fake_dump(const char *text,
                                              struct spec *spec,
                                              const char *const *said,
                                              struct buf *out)
{
    struct err err;
    struct buf again = {0};
    spec->format = &format_fake;
    spec->path = spec->path ? spec->path : mem_text("b");
    buf_clear(out);
    for (; *said != NULL; said += 2)
        fake_say(spec, said[0], said[1]);
    struct input *input =
        input_open_source(spec, source_memory(text, strlen(text)), &err);
    if (input == NULL) {
        buf_addf(out, "%d %s", (int)err.code, err.text);
        return;
    }
    demand(source_spool(input->source, &err));
    input_describe(input, out);
    buf_putc(out, '\n');
    for (unsigned i = 0; i < input->columns.count; i++)
        buf_addf(out, "%s%s", i > 0 ? "|" : "", input->columns.all[i].name);
    buf_putc(out, '\n');
    size_t rows = out->len;
    fake_dump_rows(input, out);
    demand(input_rewind(input, &err));
    fake_dump_rows(input, &again);
    demand(out->len - rows == again.len);
    demand(again.len == 0 || memcmp(out->at + rows, again.at, again.len) == 0);
    buf_release(&again);
    input_close(input);
}

#endif
