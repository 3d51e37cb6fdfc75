/* format_html.c: a page of HTML whose tables are sheets: what many systems call
 * .xls. */
#include <stddef.h>

#include "book.h"
#include "decode/decoded.h"
#include "decode/table/grid.h"
#include "sniff.h"

static bool html_open(struct input *input, struct err *err)
{
    return source_spool(input->source, err) && book_open(input, NULL, err);
}

static const struct format_option html_rows[] = {MARKUP_OPTIONS,
                                                 {.name = NULL}};
static const char *const html_extensions[] = {".html", ".htm", ".xls", NULL};

const struct format format_html = {
    .name = "html",
    .title = "HTML",
    .help = "tables of a web page, as many systems call .xls",
    .family = "workbook",
    .extensions = html_extensions,
    .options = html_rows,
    .defaults = &markup_defaults,
    .options_size = sizeof markup_defaults,
    .sniff = sniff_html,
    .open = html_open,
    .fill = grid_fill,
    .close = book_close,
    .describe = book_describe,
    .tell = book_tell,
    .rows = &decoded_rows,
};
