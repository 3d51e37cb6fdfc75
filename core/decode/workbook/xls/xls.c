/* xls.c: workbooks of Excel 2 to 2003 as a format. */
#include <stdlib.h>

#include "base/mem.h"
#include "book.h"
#include "cfb.h"
#include "decode/decoded.h"
#include "decode/decoder.h"
#include "decode/facts.h"
#include "decode/input.h"
#include "decode/table/grid.h"
#include "decode/table/table.h"
#include "reader.h"

struct options {
    struct table_options table;
    const char *encoding; /* of texts before BIFF8; NULL: as it says */
};

/* Nothing else begins so; what is no workbook is told by open. */
static int xls_sniff(const char *head, size_t len)
{
    return xls_cfb_begins(head, len) ? 95 : xls_book_begins(head, len) ? 90 : 0;
}

static bool open_grid(struct input *input, struct xls_reader *reader,
                      struct err *err)
{
    const struct xls_book *book = xls_reader_book(reader);
    struct grid_sheet *sheets = mem_zero(book->sheet_count + 1, sizeof *sheets);
    for (unsigned i = 0; i < book->sheet_count; i++)
        sheets[i] = (struct grid_sheet){.name = book->sheets[i].name,
                                        .hidden = book->sheets[i].hidden,
                                        .no_table = book->sheets[i].no_table};
    bool good = grid_open(input, &xls_reader_kind, reader, sheets,
                          book->sheet_count, err);
    free(sheets);
    return good;
}

static bool xls_open(struct input *input, struct err *err)
{
    const struct options *options = input->options;
    struct xls_book book;
    if (!source_spool(input->source, err) ||
        !xls_book_open(&book, input->source, options->encoding, err))
        return false;
    struct xls_reader *reader = xls_reader_new(&book);
    input->size = source_size(input->source);
    input->encoding = book.text.wide ? "UTF-16" : book.text.encoding;
    if (open_grid(input, reader, err))
        return true;
    xls_reader_free(reader);
    return false;
}

static void xls_close(struct input *input)
{
    struct xls_reader *reader = grid_book(input);
    grid_close(input);
    xls_reader_free(reader);
}

static void xls_describe(const struct input *input, struct buf *out)
{
    const struct xls_book *book = xls_reader_book(grid_book(input));
    buf_addf(out, " (BIFF%u", book->version);
    if (!book->text.wide)
        buf_addf(out, ", %s", book->text.encoding);
    buf_puts(out, ")");
    grid_describe(input, out);
}

static void xls_tell(const struct input *input, struct facts *facts)
{
    const struct xls_book *book = xls_reader_book(grid_book(input));
    grid_tell(input, facts);
    if (book->text.wide)
        return;
    facts->encoding = book->text.encoding;
    facts->sure = "it says so itself, or it was said";
}

static const struct format_option xls_option_rows[] = {
    TABLE_OPTIONS,
    {"encoding", "NAME", "its encoding, such as windows-1258 or UTF-16",
     OPTION_TEXT, offsetof(struct options, encoding), option_encoding},
    {.name = NULL},
};

static const struct options xls_defaults = {.table = TABLE_DEFAULTS};
static const char *const xls_extensions[] = {".xls", ".xlt", NULL};

const struct format format_xls = {
    .name = "xls",
    .title = "XLS",
    .help = "workbooks of Excel 2 to 2003",
    .family = "workbook",
    .extensions = xls_extensions,
    .options = xls_option_rows,
    .defaults = &xls_defaults,
    .options_size = sizeof xls_defaults,
    .sniff = xls_sniff,
    .open = xls_open,
    .fill = grid_fill,
    .close = xls_close,
    .describe = xls_describe,
    .tell = xls_tell,
    .rows = &decoded_rows,
};
