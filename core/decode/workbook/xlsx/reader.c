/* reader.c: rows that hold nothing are passed over, whatever they look like:
 * a used range of a million rows costs no more than its text. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

struct xlsx_reader *xlsx_reader_open(struct source *source,
                                     const struct zip_limits *limits,
                                     size_t max_cell, struct err *err)
{
    struct xlsx_book *book = xlsx_book_open(source, limits, max_cell, err);
    if (book == NULL)
        return NULL;
    struct xlsx_reader *reader = mem_zero(1, sizeof *reader);
    reader->book = book;
    xlsx_row_init(&reader->row, book, 0);
    return reader;
}

void xlsx_reader_close(struct xlsx_reader *reader)
{
    if (reader == NULL)
        return;
    xlsx_sheet_close(&reader->sheet);
    xlsx_row_release(&reader->row);
    xlsx_areas_release(&reader->areas);
    xlsx_book_close(reader->book);
    free(reader);
}

static bool begin(void *book, unsigned sheet, struct err *err)
{
    struct xlsx_reader *reader = book;
    if (reader->sheet.plain != NULL && reader->sheet.sheet != sheet)
        reader->done += xlsx_plain_taken(reader->sheet.plain);
    xlsx_sheet_close(&reader->sheet);
    reader->line = 0;
    return xlsx_sheet_open(&reader->sheet, reader->book, sheet, err);
}

/* Most rows grow downwards; what a file has in another order is read so. */
bool xlsx_reader_line(struct xlsx_reader *reader, uint64_t said,
                      struct err *err)
{
    const char *name = reader->book->sheets[reader->sheet.sheet].name;
    uint64_t line = said > 0 ? said : reader->line + 1;
    if (line > XLSX_ROWS)
        return err_set(err, EXIT_INPUT,
                       "sheet \"%s\": more than %d rows" ERR_FIXED, name,
                       XLSX_ROWS);
    reader->line = line;
    return true;
}

static enum step read_row(struct xlsx_reader *reader, struct arena *arena,
                          struct err *err)
{
    const char *text;
    size_t len;
    enum step step = xlsx_sheet_next(&reader->sheet, &text, &len, err);
    if (step != STEP_ITEM)
        return step;
    text = memcpy(arena_alloc(arena, len + BUF_SLACK), text, len);
    reader->row.arena = arena;
    reader->row.readable = text + len;
    xlsx_row_read(&reader->row, text, text + len);
    return xlsx_reader_line(reader, reader->row.line, err) ? STEP_ITEM
                                                           : STEP_FAIL;
}

static enum step next(void *book, struct arena *arena, struct grid_row *row,
                      struct err *err)
{
    struct xlsx_reader *reader = book;
    const struct xlsx_row *read = &reader->row;
    for (;;) {
        struct arena_mark mark = arena_mark(arena);
        enum step step = read_row(reader, arena, err);
        if (step != STEP_ITEM)
            return step;
        unsigned width = xlsx_row_width(read);
        if (width > 0 || read->fault != NULL) {
            *row = (struct grid_row){
                .line = reader->line,
                .cells = read->cells,
                .width = width,
                .hidden = read->hidden,
                .fault = read->fault,
                .doubts = read->doubts,
                .doubt_count = read->doubt_count,
            };
            return STEP_ITEM;
        }
        arena_return(arena, mark);
    }
}

static bool areas(void *book, unsigned sheet, const struct grid_area **all,
                  unsigned *count, struct err *err)
{
    struct xlsx_reader *reader = book;
    if (!xlsx_areas_read(&reader->areas, reader->book, sheet, err))
        return false;
    *all = reader->areas.all;
    *count = reader->areas.count;
    return true;
}

static bool column_hidden(void *book, unsigned column)
{
    return hidden_has(&((struct xlsx_reader *)book)->sheet.hidden, column);
}

static uint64_t consumed(void *book)
{
    const struct xlsx_reader *reader = book;
    return reader->done + (reader->sheet.plain != NULL
                               ? xlsx_plain_taken(reader->sheet.plain)
                               : 0);
}

const struct grid_kind xlsx_grid = {
    .begin = begin,
    .next = next,
    .areas = areas,
    .column_hidden = column_hidden,
    .consumed = consumed,
    .apart = true,
};
