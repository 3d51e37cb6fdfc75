/* xlsx.c: workbooks of Excel since 2007 (OOXML) as a format: zip archives of
 * XML parts. */
#include <stddef.h>
#include <string.h>

#include "bulk.h"
#include "decode/detect.h"
#include "decode/input.h"
#include "decode/table/grid.h"
#include "decode/table/table.h"
#include "reader.h"
#include "rows.h"

struct xlsx_options {
    struct table_options table; /* first: TABLE_OPTIONS */
    size_t max_cell;
};

static bool holds(const char *head, size_t len, const char *word)
{
    size_t size = strlen(word);
    for (size_t i = 0; i + size <= len; i++)
        if (memcmp(head + i, word, size) == 0)
            return true;
    return false;
}

/* A zip archive may be many things; names of the first parts stand at its
 * front. */
static int xlsx_sniff(const char *head, size_t len)
{
    if (len < 4 || memcmp(head, "PK\x03\x04", 4) != 0)
        return 0;
    if (holds(head, len, "[Content_Types].xml") || holds(head, len, "xl/"))
        return 90;
    return 40;
}

static bool xlsx_open(struct input *input, struct err *err)
{
    const struct zip_limits limits = detect_limits(input);
    const struct xlsx_options *said = input->options;
    struct xlsx_reader *reader =
        xlsx_reader_open(input->source, &limits, said->max_cell, err);
    if (reader == NULL)
        return false;
    if (grid_open(input, &xlsx_grid, reader, reader->book->sheets,
                  reader->book->sheet_count, err))
        return true;
    xlsx_reader_close(reader);
    return false;
}

/* By the mappers where rows tell all by themselves, by the reader elsewhere. */
static enum step xlsx_fill(struct input *input, struct chunk *chunk,
                           struct err *err)
{
    enum step step = xlsx_bulk_fill(input, grid_book(input), chunk, err);
    return step == STEP_END ? grid_fill(input, chunk, err) : step;
}

static void xlsx_close(struct input *input)
{
    struct xlsx_reader *reader = grid_book(input);
    grid_close(input);
    xlsx_reader_close(reader);
}

static const struct format_option xlsx_option_rows[] = {
    TABLE_OPTIONS,
    {"max_cell", "BYTES", "the longest cell, such as 64M (16M)", OPTION_NUMBER,
     offsetof(struct xlsx_options, max_cell), option_size},
    {.name = NULL},
};

static const struct xlsx_options xlsx_defaults = {
    .table = TABLE_DEFAULTS,
    .max_cell = (size_t)16 << 20,
};

static const char *const xlsx_extensions[] = {".xlsx", ".xlsm", ".xltx",
                                              ".xltm", NULL};

const struct format format_xlsx = {
    .name = "xlsx",
    .title = "Excel workbook",
    .help = "a workbook of Excel (.xlsx, .xlsm, .xltx)",
    .family = "workbook",
    .extensions = xlsx_extensions,
    .options = xlsx_option_rows,
    .defaults = &xlsx_defaults,
    .options_size = sizeof xlsx_defaults,
    .sniff = xlsx_sniff,
    .open = xlsx_open,
    .fill = xlsx_fill,
    .close = xlsx_close,
    .describe = grid_describe,
    .tell = grid_tell,
    .rows = &xlsx_rows,
};
