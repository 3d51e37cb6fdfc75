/* ods.c: OpenDocument spreadsheets as a format: a zip archive whose part
 * content.xml has all sheets, or that XML by itself (.fods). */
#include "ods.h"

#include <stdlib.h>
#include <string.h>

#include "decode/decoded.h"
#include "decode/detect.h"
#include "find.h"
#include "rows.h"
#include "stream.h"
#include "survey.h"

static const char kind[] = "application/vnd.oasis.opendocument.spreadsheet";

static bool is_zip(const char *head, size_t len)
{
    return len >= 4 && memcmp(head, "PK\3\4", 4) == 0;
}

/* The first member says what the archive is, unpacked, by convention. */
static int ods_sniff(const char *head, size_t len)
{
    enum { NEAR = 4096 };
    size_t near = len < NEAR ? len : NEAR;
    if (is_zip(head, len))
        return ods_has(head, near, kind) ? 100 : 0;
    return ods_has(head, near, "<office:document") && ods_has(head, len, kind)
               ? 95
               : 0;
}

static bool book_begin(void *book, unsigned sheet, struct err *err)
{
    return ods_rows_begin(((struct ods *)book)->rows, sheet, err);
}

static enum step book_next(void *book, struct arena *arena,
                           struct grid_row *row, struct err *err)
{
    return ods_rows_next(((struct ods *)book)->rows, arena, row, err);
}

static bool book_areas(void *book, unsigned sheet,
                       const struct grid_area **areas, unsigned *count,
                       struct err *err)
{
    struct ods *ods = book;
    if (!ods_survey_areas(ods, sheet, err))
        return false;
    *areas = ods->areas;
    *count = ods->area_count;
    return true;
}

static bool book_column_hidden(void *book, unsigned column)
{
    return ods_rows_hides(((struct ods *)book)->rows, column);
}

static uint64_t book_consumed(void *book)
{
    return ods_rows_taken(((struct ods *)book)->rows);
}

static const struct grid_kind ods_kind = {.begin = book_begin,
                                          .next = book_next,
                                          .areas = book_areas,
                                          .column_hidden = book_column_hidden,
                                          .consumed = book_consumed};

static void free_book(struct ods *ods)
{
    if (ods == NULL)
        return;
    for (unsigned i = 0; i < ods->count; i++)
        free((void *)(uintptr_t)ods->sheets[i].name);
    free(ods->sheets);
    free(ods->areas);
    ods_rows_free(ods->rows);
    zip_close(ods->zip);
    free(ods);
}

static void on_manifest(void *self, const char *name,
                        const char *const *attributes)
{
    (void)attributes;
    if (strcmp(name, "encryption-data") == 0)
        *(bool *)self = true;
}

/* Its parts are packed by a password where the manifest says how. */
static bool check_manifest(struct ods *ods, struct err *err)
{
    bool encrypted = false;
    const struct xml_listener listener = {.start = on_manifest,
                                          .self = &encrypted};
    struct ods_stream stream;
    int part = zip_find(ods->zip, "META-INF/manifest.xml");
    if (part < 0)
        return true;
    bool good = ods_stream_open(&stream, ods->source, ods->zip, (unsigned)part,
                                &listener, err);
    while (good && !stream.ended && !encrypted)
        good = ods_stream_step(&stream, err);
    ods_stream_close(&stream);
    if (encrypted)
        return err_set(err, EXIT_INPUT,
                       "it is protected with a password: save it without one");
    return good;
}

static bool open_zip(struct ods *ods, const struct zip_limits *limits,
                     struct err *err)
{
    ods->zip = zip_open(ods->source, limits, err);
    if (ods->zip == NULL || !check_manifest(ods, err))
        return false;
    int content = zip_find(ods->zip, "content.xml");
    if (content < 0)
        return err_set(err, EXIT_INPUT,
                       "it is no OpenDocument spreadsheet: it has no part "
                       "content.xml");
    ods->content = (unsigned)content;
    return true;
}

static bool open_book(struct ods *ods, const struct zip_limits *limits,
                      struct err *err)
{
    char head[4];
    size_t got;
    if (!source_spool(ods->source, err) ||
        !source_read_at(ods->source, 0, head, sizeof head, &got, err))
        return false;
    if (is_zip(head, got) && !open_zip(ods, limits, err))
        return false;
    if (!ods_survey(ods, err))
        return false;
    return ods->count > 0 ||
           err_set(err, EXIT_INPUT,
                   "it is no OpenDocument spreadsheet: it has no sheet");
}

static bool ods_open(struct input *input, struct err *err)
{
    const struct ods_options *options = input->options;
    const struct zip_limits limits = detect_limits(input);
    struct ods *ods = mem_zero(1, sizeof *ods);
    ods->source = input->source;
    ods->max_cell = options->max_cell;
    ods->rows = ods_rows_new(ods);
    input->encoding = "UTF-8";
    if (open_book(ods, &limits, err) &&
        grid_open(input, &ods_kind, ods, ods->sheets, ods->count, err))
        return true;
    free_book(ods);
    return false;
}

static void ods_close(struct input *input)
{
    struct ods *ods = grid_book(input);
    grid_close(input);
    free_book(ods);
}

#define AT(member) offsetof(struct ods_options, member)
static const struct format_option ods_option_rows[] = {
    TABLE_OPTIONS,
    /* clang-format off */
    {"max_cell", "BYTES", "the longest cell, such as 64M (16M)",
     OPTION_NUMBER, AT(max_cell), option_size},
    /* clang-format on */
    {.name = NULL},
};
#undef AT

static const struct ods_options ods_defaults = {
    .table = TABLE_DEFAULTS,
    .max_cell = (size_t)16 << 20,
};
static const char *const ods_extensions[] = {".ods", ".ots", ".fods", NULL};

const struct format format_ods = {
    .name = "ods",
    .title = "ODS",
    .help = "OpenDocument spreadsheets, zipped or flat",
    .family = "workbook",
    .extensions = ods_extensions,
    .options = ods_option_rows,
    .defaults = &ods_defaults,
    .options_size = sizeof ods_defaults,
    .sniff = ods_sniff,
    .open = ods_open,
    .fill = grid_fill,
    .close = ods_close,
    .describe = grid_describe,
    .tell = grid_tell,
    .rows = &decoded_rows,
};
