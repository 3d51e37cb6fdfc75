/* dbf.c: tables of dBase and FoxPro as a format. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "charset/charset.h"
#include "decode/facts.h"
#include "decode/input.h"
#include "record.h"
#include "table.h"

static int dbf_sniff(const char *head, size_t len)
{
    return dbf_layout_begins(head, len) ? 90 : 0;
}

/* A name is text of the code page, too. */
static bool name_column(struct dbf_record *record,
                        const struct dbf_field *field, struct value *name,
                        struct err *err)
{
    const char *why = NULL;
    *name = dbf_text(record, field->name, strlen(field->name), &why);
    return why == NULL || err_set(err, EXIT_INPUT,
                                  "the name of a field: %s: say encoding", why);
}

static bool name_columns(struct input *input, const struct dbf_table *table,
                         struct err *err)
{
    static const char deleted[] = "deleted";
    const struct dbf_options *options = input->options;
    const struct dbf_layout *layout = &table->layout;
    struct arena arena;
    struct dbf_record record = {
        .layout = layout, .arena = &arena, .encoding = input->encoding};
    bool good = true;
    arena_init(&arena);
    if (!charset_is_utf8(input->encoding))
        transcoder_open(&record.transcoder, input->encoding);
    struct value *names =
        arena_alloc(&arena, (layout->count + 1) * sizeof *names);
    for (unsigned i = 0; i < layout->count && good; i++)
        good = name_column(&record, &layout->fields[i], &names[i], err);
    names[layout->count] = value_text(deleted, sizeof deleted - 1);
    if (good)
        columns_name(&input->columns, names, layout->count + options->deleted);
    transcoder_close(&record.transcoder);
    buf_release(&record.scratch);
    arena_release(&arena);
    return good;
}

static bool has(const struct dbf_layout *layout, enum dbf_kind kind)
{
    for (unsigned i = 0; i < layout->count; i++)
        if (layout->fields[i].kind == kind)
            return true;
    return false;
}

static bool open_memos(struct input *input, struct dbf_table *table,
                       struct err *err)
{
    const struct dbf_options *options = input->options;
    if (!options->memo || !has(&table->layout, DBF_MEMO))
        return true;
    table->memos =
        dbf_memos_open(input->spec.path ? input->spec.path : "", &table->layout,
                       input->spec.reach, options->max_cell, err);
    return table->memos != NULL;
}

static bool dbf_open(struct input *input, struct err *err)
{
    const struct dbf_options *options = input->options;
    struct dbf_table *table = mem_zero(1, sizeof *table);
    const char *head;
    size_t len;
    input->state = table;
    input->trim = options->trim;
    input->typed = true;
    input->named = true;
    if (!source_peek(input->source, &head, &len, err) ||
        !dbf_layout_read(&table->layout, input->source, err) ||
        !dbf_page_find(input, table, err) || !open_memos(input, table, err))
        return false;
    table->consumed = table->layout.head;
    input->guessed = table->guessed || table->misfit.text != NULL;
    return name_columns(input, table, err);
}

static void dbf_close(struct input *input)
{
    struct dbf_table *table = input->state;
    if (table == NULL)
        return;
    dbf_memos_close(table->memos);
    dbf_layout_release(&table->layout);
    misfit_release(&table->misfit);
    free(table->declared);
    free(table);
    input->state = NULL;
}

/* Fields that hold no text are not passed over without a word. */
static void put_objects(const struct dbf_layout *layout, struct buf *out)
{
    for (unsigned i = 0; i < layout->count; i++)
        if (layout->fields[i].kind == DBF_OBJECT)
            buf_addf(out, "; %s (type %c) holds no text, and stays blank",
                     layout->fields[i].name, layout->fields[i].type);
}

static void put_notes(const struct dbf_table *table, struct buf *out)
{
    put_objects(&table->layout, out);
    if (table->misfit.text != NULL)
        buf_addf(out, "; %s", table->misfit.text);
}

static void dbf_describe(const struct input *input, struct buf *out)
{
    const struct dbf_table *table = input->state;
    buf_addf(out, " (%s), %s%s", dbf_layout_title(&table->layout),
             input->encoding, table->guessed ? " (guessed)" : "");
    input_describe_columns(input, out);
    put_notes(table, out);
}

static void dbf_tell(const struct input *input, struct facts *facts)
{
    const struct dbf_table *table = input->state;
    struct buf notes = {0};
    facts->encoding = input->encoding;
    facts->sure = table->sure;
    facts->header_count = 1;
    facts->header[0] = 1;
    facts->why = "its fields";
    if (table->guessed && input->spec.by_looks &&
        !charset_is_utf8(input->encoding))
        facts_option_text(facts, "encoding", input->encoding);
    put_notes(table, &notes);
    facts->notes = facts_text(facts, "%s", buf_text(&notes));
    buf_release(&notes);
}

static bool take_deleted(void *member, const struct option_value *value,
                         struct err *err)
{
    bool include = strcmp(value->text, "include") == 0;
    *(bool *)member = include;
    return include || strcmp(value->text, "skip") == 0 ||
           err_set(err, EXIT_USAGE, "\"%s\" is neither include nor skip",
                   option_show(value, &(struct option_shown){""}));
}

#define AT(member) offsetof(struct dbf_options, member)

static const struct format_option dbf_option_rows[] = {
    {"encoding", "NAME", "its encoding, such as windows-1258 or TCVN",
     OPTION_TEXT, AT(encoding), option_encoding},
    {"deleted", "WHICH",
     "deleted records: skip, or include with a column `deleted`", OPTION_TEXT,
     AT(deleted), take_deleted},
    {"memo", "BOOL",
     "read the memo file beside the table; false: memos are blank",
     OPTION_TRUTH, AT(memo), option_truth},
    {"trim", "BOOL", "take white space off the ends of cells (true)",
     OPTION_TRUTH, AT(trim), option_truth},
    {"max_cell", "BYTES", "the longest cell, such as 64M (16M)", OPTION_NUMBER,
     AT(max_cell), option_size},
    {.name = NULL},
};

static const struct dbf_options dbf_defaults = {
    .memo = true, .trim = true, .max_cell = 1 << 24};
static const char *const dbf_extensions[] = {".dbf", NULL};

const struct format format_dbf = {
    .name = "dbf",
    .title = "DBF",
    .help = "tables of dBase and FoxPro",
    .extensions = dbf_extensions,
    .options = dbf_option_rows,
    .defaults = &dbf_defaults,
    .options_size = sizeof dbf_defaults,
    .sniff = dbf_sniff,
    .open = dbf_open,
    .fill = dbf_fill,
    .close = dbf_close,
    .describe = dbf_describe,
    .tell = dbf_tell,
    .rows = &dbf_rows,
};
