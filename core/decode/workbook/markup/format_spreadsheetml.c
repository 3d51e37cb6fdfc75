/* format_spreadsheetml.c: XML Spreadsheet 2003: what Excel saves as .xml, and
 * many systems write and call .xls. It is read once to find its sheets, and
 * again for their rows, forward as long as the sheets asked for are. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/decoded.h"
#include "decode/table/table.h"
#include "page.h"
#include "sniff.h"
#include "workbook.h"

enum { MAX_CELL = 16 * 1024 * 1024 };

struct options {
    struct table_options table;
    size_t max_cell;
};

struct book {
    struct source *source;
    const struct options *said;
    struct found found;
    struct grid_sheet *sheets;
    char fault[64]; /* of a cell that is too long */

    struct xml *xml; /* NULL: nothing is being read */
    struct workbook workbook;
    struct lines lines;
    char *piece;
    uint64_t consumed;
    bool ended;
    unsigned sheet; /* asked for, from 1 */
};

static void stop_reading(struct book *book)
{
    xml_free(book->xml);
    book->xml = NULL;
    workbook_release(&book->workbook);
    lines_release(&book->lines);
}

static bool start_reading(struct book *book, struct err *err)
{
    stop_reading(book);
    if (!source_rewind(book->source, err))
        return false;
    workbook_open(&book->workbook);
    struct xml_listener listener = workbook_listener(&book->workbook);
    book->xml = book->workbook.xml = xml_new(&listener);
    book->workbook.max_cell = book->said->max_cell;
    book->workbook.too_long = book->fault;
    book->consumed = 0;
    book->ended = false;
    return true;
}

static bool read_piece(struct book *book, struct err *err)
{
    size_t got;
    lines_compact(&book->lines);
    if (!source_read(book->source, book->piece, page_piece, &got, err))
        return false;
    book->consumed += got;
    book->ended = got == 0;
    return xml_feed(book->xml, book->piece, got, book->ended, err);
}

static bool book_begin(void *opaque, unsigned sheet, struct err *err)
{
    struct book *book = opaque;
    if (book->xml == NULL || sheet + 1 <= book->sheet) {
        if (!start_reading(book, err))
            return false;
        book->workbook.lines = &book->lines;
    }
    book->sheet = sheet + 1;
    return true;
}

static enum step book_next(void *opaque, struct arena *arena,
                           struct grid_row *row, struct err *err)
{
    struct book *book = opaque;
    for (;;) {
        unsigned sheet = lines_table(&book->lines);
        if (sheet == book->sheet) {
            lines_take(&book->lines, arena, row);
            return STEP_ITEM;
        }
        if (sheet > book->sheet)
            return STEP_END;
        if (sheet > 0)
            lines_drop(&book->lines);
        else if (book->ended || book->workbook.done >= book->sheet)
            return STEP_END;
        else if (!read_piece(book, err))
            return STEP_FAIL;
    }
}

static bool book_areas(void *opaque, unsigned sheet,
                       const struct grid_area **areas, unsigned *count,
                       struct err *err)
{
    const struct book *book = opaque;
    (void)err;
    found_areas(&book->found.all[sheet], areas, count);
    return true;
}

static bool book_column_hidden(void *opaque, unsigned column)
{
    const struct book *book = opaque;
    return found_hides(&book->found.all[book->sheet - 1], column);
}

static uint64_t book_consumed(void *opaque)
{
    return ((const struct book *)opaque)->consumed;
}

static const struct grid_kind book_kind = {
    .begin = book_begin,
    .next = book_next,
    .areas = book_areas,
    .column_hidden = book_column_hidden,
    .consumed = book_consumed,
};

static bool find_sheets(struct book *book, struct err *err)
{
    if (!start_reading(book, err))
        return false;
    book->workbook.found = &book->found;
    while (!book->ended)
        if (!read_piece(book, err))
            return false;
    stop_reading(book);
    book->sheets = mem_zero(book->found.count + 1, sizeof *book->sheets);
    for (unsigned i = 0; i < book->found.count; i++) {
        struct found_table *found = &book->found.all[i];
        book->sheets[i] = (struct grid_sheet){.name = buf_text(&found->caption),
                                              .hidden = found->hidden};
    }
    return true;
}

static void free_book(struct book *book)
{
    stop_reading(book);
    found_release(&book->found);
    free(book->sheets);
    free(book->piece);
    free(book);
}

static bool spreadsheetml_open(struct input *input, struct err *err)
{
    if (!source_spool(input->source, err))
        return false;
    struct book *book = mem_zero(1, sizeof *book);
    book->source = input->source;
    book->said = input->options;
    book->piece = mem_alloc(page_piece);
    snprintf(book->fault, sizeof book->fault,
             "a cell is longer than %zu bytes (max_cell)",
             book->said->max_cell);
    if (find_sheets(book, err) &&
        grid_open(input, &book_kind, book, book->sheets, book->found.count,
                  err))
        return true;
    free_book(book);
    return false;
}

static void spreadsheetml_close(struct input *input)
{
    struct book *book = grid_book(input);
    grid_close(input);
    if (book != NULL)
        free_book(book);
}

static const struct options defaults = {.table = TABLE_DEFAULTS,
                                        .max_cell = MAX_CELL};
static const struct format_option option_rows[] = {
    TABLE_OPTIONS,
    {"max_cell", "BYTES", "the longest cell, such as 64M (16M)", OPTION_NUMBER,
     offsetof(struct options, max_cell), option_size},
    {.name = NULL}};
static const char *const extensions[] = {".xml", ".xls", NULL};

const struct format format_spreadsheetml = {
    .name = "spreadsheetml",
    .title = "XML Spreadsheet 2003",
    .help = "a workbook as one XML file, often called .xls",
    .family = "workbook",
    .extensions = extensions,
    .options = option_rows,
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .sniff = sniff_spreadsheetml,
    .open = spreadsheetml_open,
    .fill = grid_fill,
    .close = spreadsheetml_close,
    .describe = grid_describe,
    .tell = grid_tell,
    .rows = &decoded_rows,
};
