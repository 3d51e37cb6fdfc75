/* made_xlsx.h: workbooks made of a sheet's XML and its strings, and all that is
 * read from them as text, for tests that compare. */
#ifndef FASTSYNC_TESTS_MADE_XLSX_H
#define FASTSYNC_TESTS_MADE_XLSX_H

#include <isa-l/crc.h>
#include <string.h>

#include "base/buf.h"
#include "decode/cursor.h"
#include "decode/input.h"
#include "demand.h"

/* An archive of parts that are not packed. */
struct made_xlsx {
    struct buf archive, directory;
    unsigned count;
};

static inline void made_put(struct buf *out, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++, number >>= 8)
        buf_putc(out, (char)number);
}

static inline void made_part(struct made_xlsx *made, const char *name,
                             const char *text, size_t len)
{
    static const uint8_t nothing[1];
    const uint8_t *bytes = len > 0 ? (const uint8_t *)text : nothing;
    uint64_t at = made->archive.len, sum = crc32_gzip_refl(0, bytes, len);
    struct buf *heads[] = {&made->archive, &made->directory};
    for (unsigned i = 0; i < 2; i++) {
        struct buf *out = heads[i];
        made_put(out, i == 0 ? 0x04034B50 : 0x02014B50, 4);
        made_put(out, 20, i == 0 ? 2 : 4);
        made_put(out, 0, 8);
        made_put(out, sum, 4);
        made_put(out, len, 4);
        made_put(out, len, 4);
        made_put(out, strlen(name), 2);
        made_put(out, 0, i == 0 ? 2 : 12);
        if (i == 1)
            made_put(out, at, 4);
        buf_puts(out, name);
    }
    buf_add(&made->archive, text, len);
    made->count++;
}

static inline void made_text(struct made_xlsx *made, const char *name,
                             const char *text)
{
    made_part(made, name, text, strlen(text));
}

static inline void made_end(struct made_xlsx *made)
{
    size_t at = made->archive.len, len = made->directory.len;
    buf_add(&made->archive, made->directory.at, len);
    made_put(&made->archive, 0x06054B50, 4);
    made_put(&made->archive, 0, 4);
    made_put(&made->archive, made->count, 2);
    made_put(&made->archive, made->count, 2);
    made_put(&made->archive, len, 4);
    made_put(&made->archive, at, 4);
    made_put(&made->archive, 0, 2);
}

static inline void made_release(struct made_xlsx *made)
{
    buf_release(&made->archive);
    buf_release(&made->directory);
    *made = (struct made_xlsx){.count = 0};
}

#define MADE_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/"

/* The parts that every workbook has, of one sheet. */
static inline void made_usual(struct made_xlsx *made)
{
    made_text(made, "_rels/.rels",
              "<Relationships><Relationship Id=\"a\" Type=\"" MADE_RELATION
              "relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
              "</Relationships>");
    made_text(made, "xl/_rels/workbook.xml.rels",
              "<Relationships><Relationship Id=\"r1\" Type=\"" MADE_RELATION
              "relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
              "</Relationships>");
    made_text(made, "xl/workbook.xml",
              "<workbook xmlns:r=\"" MADE_RELATION "relationships\"><sheets>"
              "<sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets>"
              "</workbook>");
    made_text(made, "xl/styles.xml",
              "<styleSheet><numFmts><numFmt numFmtId=\"164\" "
              "formatCode=\"00000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
              "<xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>"
              "</styleSheet>");
}

static inline void made_dump_left(const struct left_out *left, struct buf *out)
{
    left_out_json(left, out);
    buf_putc(out, '\n');
}

static inline void made_dump_cells(const struct value *cells, unsigned count,
                                   struct buf *out)
{
    for (unsigned i = 0; i < count; i++) {
        buf_putc(out, ' ');
        value_json(out, &cells[i]);
    }
}

static inline void made_dump_row(const struct row *row, struct buf *out)
{
    buf_addf(out, "%llu #%llu s%u", (unsigned long long)row->place.line,
             (unsigned long long)row->place.index, row->place.sheet);
    if (row->fault != NULL)
        buf_addf(out, " ! %s", row->fault);
    else
        made_dump_cells(row->cells,
                        row->width > row->count ? row->width : row->count, out);
    buf_puts(out, " <");
    if (row->origin.decoded)
        made_dump_cells(row->origin.cells, row->origin.len, out);
    else /* it is no workbook, but what only is called so */
        buf_add(out, row->origin.text, row->origin.len);
    buf_puts(out, ">");
    for (unsigned i = 0; row->warnings && i < row->warnings->count; i++)
        buf_addf(out, " ? %s: %s (%s)", row->warnings->all[i].field,
                 row->warnings->all[i].text, row->warnings->all[i].value);
    buf_putc(out, '\n');
}

/* Starts the thread that reads ahead; NULL: nobody does. */
static thread_starter *made_start;

/* All that there is to be said of the workbook. `slow`: by the reader alone, as
 * a table that may stop is read. Answers how many chunks had rows in bytes. */
static inline unsigned made_dump(const char *bytes, size_t len, bool slow,
                                 struct buf *out)
{
    struct spec spec;
    struct err err;
    struct row row;
    struct cursor cursor;
    unsigned bulk = 0;
    const struct chunk *last = NULL;
    spec_init(&spec);
    spec.format = format_find("xlsx");
    spec.start = made_start;
    struct option_value stop = option_text_value("zzzz zzzz", 9);
    if (slow)
        demand(spec_say(&spec, "stop", &stop, &err));
    struct input *input =
        input_open_source(&spec, source_memory(bytes, len), &err);
    spec_release(&spec);
    if (input == NULL) {
        buf_addf(out, "%s\n", err.text);
        return 0;
    }
    for (unsigned i = 0; i < input->columns.count; i++)
        buf_addf(out, "(%s)", input->columns.all[i].name);
    buf_putc(out, '\n');
    cursor_open(&cursor, input);
    enum step step;
    uint64_t number = UINT64_MAX;
    while ((step = cursor_next(&cursor, &row, &err)) == STEP_ITEM) {
        last = cursor.chunk;
        if (last->bytes.len > 0 && last->first.index != number) {
            number = last->first.index;
            bulk++;
        }
        made_dump_row(&row, out);
    }
    if (step == STEP_FAIL)
        buf_addf(out, "failed: %s\n", err.text);
    else
        made_dump_left(&cursor.left, out);
    cursor_close(&cursor);
    input_close(input);
    return bulk;
}

#endif
