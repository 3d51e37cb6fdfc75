/* format_mhtml.c: a web page with all that belongs to it in one file, as Excel
 * saves a workbook as a "single file web page". */
#include <stddef.h>

#include "book.h"
#include "decode/decoded.h"
#include "decode/table/grid.h"
#include "sniff.h"

static bool mhtml_open(struct input *input, struct err *err)
{
    struct mime parts = {0};
    if (!source_spool(input->source, err))
        return false;
    bool good = mime_read(&parts, input->source, err);
    if (good && parts.count == 0)
        good =
            err_set(err, EXIT_INPUT, "MHTML without a part; export it again");
    good = good && book_open(input, &parts, err);
    mime_release(&parts);
    return good;
}

static const struct format_option mhtml_rows[] = {MARKUP_OPTIONS,
                                                  {.name = NULL}};
static const char *const mhtml_extensions[] = {".mht", ".mhtml", ".xls", NULL};

const struct format format_mhtml = {
    .name = "mhtml",
    .title = "MHTML",
    .help = "a web page with its parts in one file, as Excel saves it",
    .family = "workbook",
    .extensions = mhtml_extensions,
    .options = mhtml_rows,
    .defaults = &markup_defaults,
    .options_size = sizeof markup_defaults,
    .sniff = sniff_mhtml,
    .open = mhtml_open,
    .fill = grid_fill,
    .close = book_close,
    .describe = book_describe,
    .tell = book_tell,
    .rows = &decoded_rows,
};
