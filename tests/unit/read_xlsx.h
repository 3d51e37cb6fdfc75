/* read_xlsx.h: a workbook of rows, read by the reader one by one and by mappers
 * many at once, for tests that compare. */
#ifndef FASTSYNC_TESTS_READ_XLSX_H
#define FASTSYNC_TESTS_READ_XLSX_H

#include <check.h>

#include "decode/table/grid.h"
#include "decode/workbook/xlsx/plain.h"
#include "made_xlsx.h"

static struct made_xlsx made;
static struct buf sheet, fast, slow;

static inline void setup(void)
{
    xlsx_plain_step = 256 * 1024;
    grid_chunk_bytes = 1; /* so that few rows go by many ways */
    made = (struct made_xlsx){.count = 0};
}

static inline void teardown(void)
{
    made_release(&made);
    buf_release(&sheet);
    buf_release(&fast);
    buf_release(&slow);
}

static const char strings[] =
    "<sst><si><t>M\xC3\xA3</t></si><si><t xml:space=\"preserve\"> T\xC3\xAAn "
    "</t></si><si><t/></si><si/><si><r><rPr><b/></rPr><t>a&amp;</t></r>"
    "<rPh sb=\"0\" eb=\"1\"><t>no</t></rPh><r><t>b_x000D_&#10;c</t></r></si>"
    "<si><t>_x005F_x0041_ e\xCC\x81</t></si><si><t>S\xE1\xBB\x91</t></si>"
    "</sst>";

/* A workbook of those rows, read both ways; answers the chunks in bytes. */
static inline unsigned read_rows(const char *front, const char *rows,
                                 const char *back)
{
    struct buf all = {0};
    made_release(&made);
    made_usual(&made);
    made_text(&made, "xl/sharedStrings.xml", strings);
    buf_puts(&all, front);
    buf_puts(&all, rows);
    buf_puts(&all, back);
    made_part(&made, "xl/worksheets/sheet1.xml", all.at, all.len);
    made_end(&made);
    buf_release(&all);
    buf_clear(&fast);
    buf_clear(&slow);
    unsigned bulk = made_dump(made.archive.at, made.archive.len, false, &fast);
    made_dump(made.archive.at, made.archive.len, true, &slow);
    ck_assert_str_eq(buf_text(&fast), buf_text(&slow));
    return bulk;
}

static const char front[] = "<worksheet><sheetData>";
static const char back[] = "</sheetData></worksheet>";
#define HEADER                                                                 \
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\">"        \
    "<v>1</v></c><c r=\"C1\" t=\"s\"><v>6</v></c></row>"

#endif
