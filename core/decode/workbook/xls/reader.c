/* reader.c: cells come one record after the other, or, where rows are out of
 * order, from the places that the layout has sorted. A row ends where a record
 * of another one comes, which is then taken once more. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bytes.h"
#include "cells.h"
#include "layout.h"

struct xls_reader {
    struct xls_book book;
    struct xls_layout layout;  /* of the sheet that is read */
    struct xls_layout another; /* of one that was asked about meanwhile */
    size_t at;                 /* of the layout's places */
    unsigned depth;            /* of charts in the sheet */
    struct xls_row row;
};

struct xls_reader *xls_reader_new(const struct xls_book *book)
{
    struct xls_reader *reader = mem_zero(1, sizeof *reader);
    reader->book = *book;
    reader->book.records.stream = &reader->book.stream;
    reader->row.book = &reader->book;
    reader->row.width = XLS_COLUMNS;
    xls_row_begin(&reader->row, 0, NULL);
    return reader;
}

void xls_reader_free(struct xls_reader *reader)
{
    if (reader == NULL)
        return;
    xls_layout_release(&reader->layout);
    xls_layout_release(&reader->another);
    xls_book_release(&reader->book);
    free(reader);
}

const struct xls_book *xls_reader_book(const struct xls_reader *reader)
{
    return &reader->book;
}

static bool reader_begin(void *opaque, unsigned sheet, struct err *err)
{
    struct xls_reader *reader = opaque;
    reader->book.records.ahead = XLS_AHEAD;
    if (!xls_layout_find(&reader->layout, &reader->book, sheet, err))
        return false;
    if (reader->layout.shuffled)
        reader->book.records.ahead = XLS_AHEAD_LITTLE;
    xls_records_seek(&reader->book.records, reader->layout.first,
                     reader->layout.end);
    reader->at = 0;
    reader->depth = 0;
    return true;
}

static enum step next_in_order(struct xls_reader *reader,
                               struct xls_record *record, struct err *err)
{
    enum step step;
    while ((step = xls_record_next(&reader->book.records, record, err)) ==
           STEP_ITEM) {
        if (xls_is_begin(record->type))
            reader->depth++;
        else if (record->type == XLS_EOF && reader->depth > 0)
            reader->depth--;
        else if (reader->depth == 0 && xls_holds_cells(record->type))
            break;
    }
    return step;
}

static enum step next_by_place(struct xls_reader *reader,
                               struct xls_record *record, struct err *err)
{
    const struct xls_layout *layout = &reader->layout;
    if (reader->at == layout->count)
        return STEP_END;
    xls_records_seek(&reader->book.records, layout->places[reader->at++],
                     layout->end);
    return xls_record_next(&reader->book.records, record, err);
}

static enum step next_cells(struct xls_reader *reader,
                            struct xls_record *record, struct err *err)
{
    return reader->layout.shuffled ? next_by_place(reader, record, err)
                                   : next_in_order(reader, record, err);
}

static void take_back(struct xls_reader *reader,
                      const struct xls_record *record)
{
    if (reader->layout.shuffled)
        reader->at--;
    else
        xls_record_back(&reader->book.records, record);
}

/* Of one that is too short, any: taking it fails. */
static unsigned row_of(const struct xls_record *record)
{
    return record->len >= 2 ? xls_u16(record->at) : 0;
}

/* All cells of the next row that has records of any. */
static enum step take_row(struct xls_reader *reader, struct arena *arena,
                          struct err *err)
{
    struct xls_row *row = &reader->row;
    struct xls_record record;
    enum step step = next_cells(reader, &record, err);
    if (step != STEP_ITEM)
        return step;
    unsigned number = row_of(&record);
    xls_row_begin(row, number, arena);
    do {
        if (!xls_row_take(row, &record, err))
            return STEP_FAIL;
        step = next_cells(reader, &record, err);
    } while (step == STEP_ITEM && row_of(&record) == number);
    if (step == STEP_ITEM)
        take_back(reader, &record);
    return step == STEP_FAIL ? STEP_FAIL : STEP_ITEM;
}

static void *keep(struct arena *arena, const void *from, size_t size)
{
    void *to = arena_alloc(arena, size);
    if (size > 0)
        memcpy(to, from, size);
    return to;
}

static enum step reader_next(void *opaque, struct arena *arena,
                             struct grid_row *to, struct err *err)
{
    struct xls_reader *reader = opaque;
    const struct xls_row *row = &reader->row;
    enum step step;
    while ((step = take_row(reader, arena, err)) == STEP_ITEM &&
           row->width == 0 && row->doubt_count == 0)
        continue;
    if (step != STEP_ITEM)
        return step;
    unsigned n = row->number;
    *to = (struct grid_row){
        .line = n + 1u,
        .cells = keep(arena, row->cells, row->width * sizeof *row->cells),
        .width = row->width,
        .hidden = (reader->layout.hidden_rows[n / 8] & 1 << n % 8) != 0,
        .fault = row->fault,
        .doubts =
            keep(arena, row->doubts, row->doubt_count * sizeof *row->doubts),
        .doubt_count = row->doubt_count};
    return STEP_ITEM;
}

/* Reading goes on where it was. */
static bool reader_areas(void *opaque, unsigned sheet,
                         const struct grid_area **areas, unsigned *count,
                         struct err *err)
{
    struct xls_reader *reader = opaque;
    struct xls_layout *layout = &reader->layout;
    if (layout->sheet != sheet + 1) {
        uint64_t next = reader->book.records.next;
        layout = &reader->another;
        if (!xls_layout_find(layout, &reader->book, sheet, err))
            return false;
        xls_records_seek(&reader->book.records, next, reader->layout.end);
    }
    *areas = layout->areas;
    *count = layout->area_count;
    return true;
}

static bool reader_column_hidden(void *opaque, unsigned column)
{
    const struct xls_reader *reader = opaque;
    return column < XLS_COLUMNS && reader->layout.hidden_columns[column];
}

static uint64_t reader_consumed(void *opaque)
{
    const struct xls_reader *reader = opaque;
    return reader->book.records.next;
}

const struct grid_kind xls_reader_kind = {
    .begin = reader_begin,
    .next = reader_next,
    .areas = reader_areas,
    .column_hidden = reader_column_hidden,
    .consumed = reader_consumed,
    .apart = true,
};
