/* layout.c: one look at the heads of all records of a sheet, and a second one
 * where the rows turn out not to stand in order. */
#include "layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bytes.h"

enum { MERGED = 0xE5, COLUMNS = 0x7D, ROW = 0x208, CHART = 0x20 };

/* Their types' low bytes, and which high ones they have: 0, 2, 4. */
enum { H0 = 1, H2 = 2, H4 = 4 };

static const unsigned char cells[256] = {
    [0x02] = H0,           /* INTEGER */
    [0x03] = H0 | H2,      /* NUMBER */
    [0x04] = H0 | H2,      /* LABEL */
    [0x05] = H0 | H2,      /* BOOLERR */
    [0x06] = H0 | H2 | H4, /* FORMULA */
    [0x7E] = H2,           /* RK */
    [0xBD] = H0,           /* MULRK */
    [0xD6] = H0,           /* RSTRING */
    [0xFD] = H0,           /* LABELSST */
};

bool xls_holds_cells(unsigned type)
{
    static const unsigned char high[] = {H0, 0, H2, 0, H4};
    unsigned at = type >> 8;
    return at < sizeof high && (cells[type & 0xFF] & high[at]) != 0;
}

void xls_layout_release(struct xls_layout *layout)
{
    free(layout->places);
    free(layout->areas);
    layout->places = NULL;
    layout->areas = NULL;
    layout->sheet = 0;
}

static void clear(struct xls_layout *layout)
{
    layout->count = layout->area_count = 0;
    layout->shuffled = false;
    layout->sheet = 0;
    memset(layout->hidden_rows, 0, sizeof layout->hidden_rows);
    memset(layout->hidden_columns, 0, sizeof layout->hidden_columns);
}

static void take_row(struct xls_layout *layout, const struct xls_record *record)
{
    enum { AT_FLAGS = 12, HIDDEN = 0x20 };
    if (record->len <= AT_FLAGS || (record->at[AT_FLAGS] & HIDDEN) == 0)
        return;
    unsigned row = xls_u16(record->at);
    layout->hidden_rows[row / 8] |= (unsigned char)(1 << row % 8);
}

static void take_columns(struct xls_layout *layout,
                         const struct xls_record *record)
{
    enum { AT_FLAGS = 8, HIDDEN = 0x01 };
    if (record->len <= AT_FLAGS || (record->at[AT_FLAGS] & HIDDEN) == 0)
        return;
    unsigned last = xls_u16(record->at + 2);
    for (unsigned i = xls_u16(record->at); i <= last && i < XLS_COLUMNS; i++)
        layout->hidden_columns[i] = true;
}

static void add_area(struct xls_layout *layout, const unsigned char *at)
{
    struct grid_area area = {.top = xls_u16(at) + 1u,
                             .bottom = xls_u16(at + 2) + 1u,
                             .left = xls_u16(at + 4),
                             .right = xls_u16(at + 6)};
    if (area.top > area.bottom || area.left > area.right ||
        area.right >= XLS_COLUMNS)
        return;
    if (layout->area_count == layout->area_cap) {
        layout->area_cap = layout->area_cap * 2 + 16;
        layout->areas =
            mem_resize(layout->areas, layout->area_cap * sizeof *layout->areas);
    }
    layout->areas[layout->area_count++] = area;
}

static void take_merged(struct xls_layout *layout,
                        const struct xls_record *record)
{
    enum { AREA = 8 };
    unsigned count = record->len >= 2 ? xls_u16(record->at) : 0;
    for (unsigned i = 0; i < count && 2 + (i + 1) * AREA <= record->len; i++)
        add_area(layout, record->at + 2 + (size_t)i * AREA);
}

static void add_place(struct xls_layout *layout, uint64_t place, unsigned row)
{
    enum { ROW_BITS = 16 };
    if (layout->count == layout->cap) {
        layout->cap = layout->cap * 2 + 4096;
        layout->places =
            mem_resize(layout->places, layout->cap * sizeof *layout->places);
    }
    layout->places[layout->count++] = place << ROW_BITS | row;
}

/* By row; records of one row stay in their order, as the last one of a cell
 * counts. */
static void sort_places(struct xls_layout *layout)
{
    uint64_t *sorted = mem_alloc((layout->count + 1) * sizeof *sorted);
    size_t *starts = mem_zero(XLS_ROWS + 1, sizeof *starts);
    for (size_t i = 0; i < layout->count; i++)
        starts[(layout->places[i] & 0xFFFF) + 1]++;
    for (size_t i = 1; i < XLS_ROWS; i++)
        starts[i] += starts[i - 1];
    for (size_t i = 0; i < layout->count; i++)
        sorted[starts[layout->places[i] & 0xFFFF]++] = layout->places[i] >> 16;
    free(starts);
    free(layout->places);
    layout->places = sorted;
    layout->cap = layout->count + 1;
}

/* Where a scan is. */
struct scan {
    unsigned depth; /* of what began and has not ended */
    unsigned row;   /* of the last cell */
};

static void take(struct xls_layout *layout, struct scan *scan,
                 const struct xls_record *record)
{
    if (xls_holds_cells(record->type) && record->len >= 2) {
        unsigned row = xls_u16(record->at);
        layout->shuffled |= row < scan->row;
        scan->row = row;
        if (layout->shuffled)
            add_place(layout, record->place, row);
    } else if (record->type == ROW) {
        take_row(layout, record);
    } else if (record->type == COLUMNS) {
        take_columns(layout, record);
    } else if (record->type == MERGED) {
        take_merged(layout, record);
    }
}

static bool no_end(const struct xls_sheet *sheet, struct err *err)
{
    return err_set(err, EXIT_INPUT,
                   "it is damaged or cut off: its sheet %s%s%shas no end; "
                   "export it once more",
                   sheet->name ? "\"" : "", sheet->name ? sheet->name : "",
                   sheet->name ? "\" " : "");
}

/* Charts that lie in the sheet begin and end on their own. */
static bool scan_records(struct xls_layout *layout, struct xls_book *book,
                         const struct xls_sheet *sheet, struct err *err)
{
    struct xls_record record = {0};
    struct scan scan = {.depth = 1};
    while (scan.depth > 0) {
        enum step step = xls_record_next(&book->records, &record, err);
        if (step == STEP_FAIL)
            return false;
        if (step == STEP_END)
            return no_end(sheet, err);
        if (record.type == XLS_EOF)
            scan.depth--;
        else if (xls_is_begin(record.type))
            scan.depth++;
        else if (scan.depth == 1)
            take(layout, &scan, &record);
    }
    layout->end = record.place;
    return true;
}

/* A chart keeps its numbers in cells too, which are no rows. */
static bool begin(struct xls_layout *layout, struct xls_book *book,
                  const struct xls_sheet *sheet, bool *empty, struct err *err)
{
    struct xls_record record;
    xls_records_seek(&book->records, sheet->start, sheet->end);
    enum step step = xls_record_next(&book->records, &record, err);
    if (step == STEP_FAIL)
        return false;
    if (step == STEP_END || !xls_is_begin(record.type) || record.len < 4)
        return err_set(err, EXIT_INPUT,
                       "it is damaged: its sheet \"%s\" has no beginning; "
                       "export it once more",
                       sheet->name ? sheet->name : "");
    layout->first = layout->end = book->records.next;
    *empty = xls_u16(record.at + 2) == CHART;
    return true;
}

bool xls_layout_find(struct xls_layout *layout, struct xls_book *book,
                     unsigned at, struct err *err)
{
    const struct xls_sheet *sheet = &book->sheets[at];
    bool empty = false;
    if (layout->sheet == at + 1)
        return true;
    clear(layout);
    if (!begin(layout, book, sheet, &empty, err) ||
        (!empty && !scan_records(layout, book, sheet, err)))
        return false;
    if (layout->shuffled) {
        clear(layout);
        layout->shuffled = true;
        xls_records_seek(&book->records, layout->first, sheet->end);
        if (!scan_records(layout, book, sheet, err))
            return false;
        sort_places(layout);
    }
    layout->sheet = at + 1;
    return true;
}
