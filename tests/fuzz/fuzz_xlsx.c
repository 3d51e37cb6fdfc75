/* Any bytes as a workbook: as the archive itself, or as the rows of a sheet in
 * a sound one, so often that they are cut in the middle. Rows are the same
 * whoever decodes them, unless the sheet cannot be read to its end. */
#include "fuzz.h"

#include "../unit/made_xlsx.h"
#include "decode/table/grid.h"
#include "decode/workbook/xlsx/plain.h"

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

static void compare(const struct buf *archive)
{
    struct buf fast = {0}, slow = {0};
    made_dump(archive->at, archive->len, true, &slow);
    made_dump(archive->at, archive->len, false, &fast);
    if (strstr(buf_text(&slow), "\nfailed: ") == NULL)
        demand(strcmp(buf_text(&slow), buf_text(&fast)) == 0);
    buf_release(&fast);
    buf_release(&slow);
}

static const char strings[] =
    "<sst><si><t>M\xC3\xA3</t></si><si><t xml:space=\"preserve\"> x "
    "</t></si><si><t/></si><si><r><t>a</t></r><r><t>b</t></r></si></sst>";

/* So often, and less often where there are many rows: a row may be 16 384 cells
 * wide. */
static unsigned times_of(unsigned wanted, size_t len)
{
    enum { BYTES = 4096 };
    unsigned times = wanted;
    while (times > 1 && times * len > BYTES)
        times--;
    return times;
}

static void make(struct made_xlsx *made, const struct bytes *rows,
                 unsigned times, bool header)
{
    struct buf sheet = {0};
    buf_puts(&sheet, "<worksheet><sheetData>");
    if (header)
        buf_puts(&sheet, "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>T\xC3\xAA"
                         "n</v></c></row>");
    for (unsigned i = 0; i < times; i++)
        buf_add(&sheet, rows->at, rows->left);
    buf_puts(&sheet, "</sheetData></worksheet>");
    made_usual(made);
    made_text(made, "xl/sharedStrings.xml", strings);
    made_part(made, "xl/worksheets/sheet1.xml", sheet.at, sheet.len);
    made_end(made);
    buf_release(&sheet);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    struct bytes from = {bytes, len};
    struct made_xlsx made = {.count = 0};
    unsigned how = take(&from);
    grid_chunk_bytes = 1;
    xlsx_plain_step = 1 + take(&from) * 16;
    if (how % 4 == 0)
        buf_add(&made.archive, from.at, from.left);
    else
        make(&made, &from, times_of(1 + how / 32, from.left), how % 2 == 1);
    if (made.archive.len > 0)
        compare(&made.archive);
    made_release(&made);
    return 0;
}
