/* book.c: a table of the records that count, each with what takes it. What is
 * not in it is passed over. Up to BIFF4 a workbook is one sheet, whose own
 * records tell all this. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bytes.h"
#include "cfb.h"

enum {
    TYPE_GLOBALS = 0x0005,
    TYPE_WORKSPACE = 0x0100, /* BIFF4: several sheets in a row */
    VISIBLE = 0,
    SHEET = 0,
};

static bool damaged(struct err *err, const struct xls_record *record)
{
    return err_set(err, EXIT_INPUT,
                   "it is damaged: a record of type 0x%04X has %u bytes; "
                   "export it once more",
                   record->type, record->len);
}

static bool take_password(struct xls_book *book,
                          const struct xls_record *record, struct err *err)
{
    (void)book;
    (void)record;
    return err_set(err, EXIT_INPUT,
                   "it is protected with a password: save it without one");
}

static bool take_page(struct xls_book *book, const struct xls_record *record,
                      struct err *err)
{
    const char *name = xls_page_name(xls_u16(record->at));
    (void)err;
    /* 1200 is UTF-16, which texts of bytes cannot be. */
    bool usable = name != NULL && strcmp(name, "UTF-16LE") != 0;
    if (!book->encoding_said && usable)
        xls_text_open(&book->text, name);
    return true;
}

static bool take_epoch(struct xls_book *book, const struct xls_record *record,
                       struct err *err)
{
    (void)err;
    book->from_1904 = xls_u16(record->at) == 1;
    return true;
}

/* A text from `skip` on, behind its length of one byte or two, in scratch. */
static bool take_text(struct xls_book *book, const struct xls_record *record,
                      unsigned skip, bool two, struct err *err)
{
    struct xls_bytes bytes;
    unsigned char count[2] = {0};
    unsigned unread;
    buf_clear(&book->scratch);
    xls_bytes_open(&bytes, &book->records, record, skip, err);
    return (xls_bytes_take(&bytes, count, two ? 2 : 1) &&
            xls_text_take(&book->text, &bytes, xls_u16(count), &book->scratch,
                          &unread)) ||
           (!bytes.failed && damaged(err, record));
}

/* Before BIFF5 a format's number is its place among them. */
static bool take_format(struct xls_book *book, const struct xls_record *record,
                        struct err *err)
{
    unsigned id = book->version >= 5 ? xls_u16(record->at) : book->format_place;
    if (!take_text(book, record, book->version >= 4 ? 2 : 0, book->version == 8,
                   err))
        return false;
    book->format_place += book->format_place < UINT16_MAX;
    xls_formats_set(&book->formats, id, buf_text(&book->scratch),
                    book->scratch.len);
    return true;
}

static bool take_xf(struct xls_book *book, const struct xls_record *record,
                    struct err *err)
{
    (void)err;
    unsigned id = book->version >= 5   ? xls_u16(record->at + 2)
                  : book->version == 2 ? record->at[2] & 0x3Fu
                                       : record->at[1];
    xls_formats_add_cell(&book->formats, (uint16_t)id);
    return true;
}

/* NULL, with err: a workbook's own numbers of sheets have 16 bits. */
static struct xls_sheet *add_sheet(struct xls_book *book, struct err *err)
{
    if (book->sheet_count == UINT16_MAX) {
        err_set(err, EXIT_INPUT,
                "it is damaged: it has more than %d sheets; export it once "
                "more",
                UINT16_MAX);
        return NULL;
    }
    if (book->sheet_count == book->sheet_cap) {
        book->sheet_cap = book->sheet_cap * 2 + 8;
        book->sheets =
            mem_resize(book->sheets, book->sheet_cap * sizeof *book->sheets);
    }
    struct xls_sheet *sheet = &book->sheets[book->sheet_count++];
    *sheet = (struct xls_sheet){.end = book->stream.size};
    return sheet;
}

/* A name holds no NUL: what stands behind one is none of it. */
static bool take_sheet(struct xls_book *book, const struct xls_record *record,
                       struct err *err)
{
    enum { AT_SEEN = 4, AT_KIND = 5, AT_NAME = 6, SEEN_BITS = 3 };
    if (book->version < 5)
        return true;
    struct xls_sheet *sheet = add_sheet(book, err);
    if (sheet == NULL)
        return false;
    sheet->start = xls_u32(record->at);
    sheet->hidden = (record->at[AT_SEEN] & SEEN_BITS) != VISIBLE;
    sheet->no_table = record->at[AT_KIND] != SHEET;
    if (!take_text(book, record, AT_NAME, false, err))
        return false;
    sheet->name = mem_text(buf_text(&book->scratch));
    return true;
}

/* BIFF4: the sheet's records follow at once. */
static bool take_embedded(struct xls_book *book,
                          const struct xls_record *record, struct err *err)
{
    uint64_t len = xls_u32(record->at), start = book->records.next;
    if (book->version != 4)
        return true;
    struct xls_sheet *sheet = add_sheet(book, err);
    if (sheet == NULL || !take_text(book, record, 4, false, err))
        return false;
    sheet->name = mem_text(buf_text(&book->scratch));
    sheet->start = start;
    if (len > book->stream.size - start)
        return damaged(err, record);
    sheet->end = start + len;
    xls_records_seek(&book->records, sheet->end, book->stream.size);
    return true;
}

static bool take_strings(struct xls_book *book, const struct xls_record *record,
                         struct err *err)
{
    return xls_strings_read(&book->strings, &book->text, &book->records, record,
                            err);
}

static const struct {
    uint16_t type, least; /* bytes that it has */
    bool (*take)(struct xls_book *book, const struct xls_record *record,
                 struct err *err);
} kinds[] = {
    {0x002F, 0, take_password}, {0x0042, 2, take_page},
    {0x0022, 2, take_epoch},    {0x001E, 1, take_format},
    {0x041E, 3, take_format},   {0x0043, 4, take_xf},
    {0x0243, 4, take_xf},       {0x0443, 4, take_xf},
    {0x00E0, 4, take_xf},       {0x0085, 6, take_sheet},
    {0x008F, 5, take_embedded}, {0x00FC, 8, take_strings},
};

static bool take(struct xls_book *book, const struct xls_record *record,
                 struct err *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].type != record->type)
            continue;
        return record->len < kinds[i].least ? damaged(err, record)
                                            : kinds[i].take(book, record, err);
    }
    return true;
}

/* The first record of all: which BIFF it is, and what begins. Where the
 * record's type does not tell which, its version does, and some programs write
 * that as they like. */
static bool take_begin(struct xls_book *book, unsigned *type, struct err *err)
{
    struct xls_record record;
    enum step step = xls_record_next(&book->records, &record, err);
    if (step == STEP_FAIL)
        return false;
    if (step == STEP_END || !xls_is_begin(record.type) || record.len < 4)
        return err_set(err, EXIT_INPUT,
                       "it is damaged, or no workbook: it has no beginning; "
                       "export it once more");
    unsigned version = xls_u16(record.at) >> 8, high = record.type >> 8;
    book->version = high == 0        ? 2
                    : high == 2      ? 3
                    : high == 4      ? 4
                    : version >= 6   ? 8
                    : version >= 2   ? version
                    : record.len > 8 ? 8
                                     : 5;
    book->text.wide = book->version == 8;
    *type = xls_u16(record.at + 2);
    return true;
}

/* All records up to the end of what began. */
static bool take_all(struct xls_book *book, struct err *err)
{
    struct xls_record record;
    unsigned depth = 1;
    while (depth > 0) {
        enum step step = xls_record_next(&book->records, &record, err);
        if (step == STEP_END)
            return err_set(err, EXIT_INPUT,
                           "it is cut off: its workbook has no end; export it "
                           "once more");
        if (step == STEP_FAIL || !take(book, &record, err))
            return false;
        if (record.type == XLS_EOF)
            depth--;
        else if (xls_is_begin(record.type))
            depth++;
    }
    return true;
}

static int by_start(const void *a, const void *b)
{
    const struct xls_sheet *const *left = a, *const *right = b;
    return ((*left)->start > (*right)->start) -
           ((*left)->start < (*right)->start);
}

/* A sheet ends where the next one begins, so that no bytes are read as rows of
 * several sheets. */
static void end_sheets(struct xls_book *book)
{
    struct xls_sheet **order =
        mem_alloc((book->sheet_count + 1) * sizeof *order);
    unsigned count = 0;
    for (unsigned i = 0; i < book->sheet_count; i++)
        if (!book->sheets[i].no_table)
            order[count++] = &book->sheets[i];
    qsort(order, count, sizeof *order, by_start);
    for (unsigned i = 0; i + 1 < count; i++)
        if (order[i + 1]->start < order[i]->end)
            order[i]->end = order[i + 1]->start;
    free(order);
}

static bool take_records(struct xls_book *book, struct err *err)
{
    unsigned type = 0;
    if (!take_begin(book, &type, err) || !take_all(book, err))
        return false;
    if (type != TYPE_GLOBALS && type != TYPE_WORKSPACE &&
        book->sheet_count == 0 && add_sheet(book, err) == NULL)
        return false;
    end_sheets(book);
    return true;
}

static bool open_stream(struct xls_book *book, struct source *source,
                        struct err *err)
{
    enum { HEAD = 8 };
    char head[HEAD];
    size_t got;
    book->stream.source = source;
    if (!source_read_at(source, 0, head, HEAD, &got, err))
        return false;
    if (xls_cfb_begins(head, got))
        return xls_cfb_open(&book->stream, err);
    xls_stream_add(&book->stream, 0, source_size(source));
    return true;
}

bool xls_book_begins(const char *head, size_t len)
{
    const unsigned char *at = (const unsigned char *)head;
    if (len < 8 || !xls_is_begin(xls_u16(at)))
        return false;
    unsigned size = xls_u16(at + 2), type = xls_u16(at + 6);
    return (size == 4 || size == 6 || size == 8 || size == 16) &&
           (type == TYPE_GLOBALS || type == TYPE_WORKSPACE || type == 0x10 ||
            type == 0x20 || type == 0x40);
}

bool xls_book_open(struct xls_book *book, struct source *source,
                   const char *encoding, struct err *err)
{
    *book = (struct xls_book){.encoding_said = encoding != NULL};
    xls_text_open(&book->text, encoding ? encoding : "windows-1252");
    if (open_stream(book, source, err)) {
        xls_records_open(&book->records, &book->stream);
        if (take_records(book, err))
            return true;
    }
    xls_book_release(book);
    return false;
}

void xls_book_release(struct xls_book *book)
{
    for (unsigned i = 0; i < book->sheet_count; i++)
        free(book->sheets[i].name);
    free(book->sheets);
    xls_formats_release(&book->formats);
    xls_strings_release(&book->strings);
    xls_text_close(&book->text);
    xls_records_close(&book->records);
    xls_stream_release(&book->stream);
    buf_release(&book->scratch);
}
