/* dump.c: a dump of a database, as its server's own programs write it, as a
 * format: the rows of one table. Nothing of it is run. */
#include <stdlib.h>

#include "base/mem.h"
#include "decode/decoded.h"
#include "decode/decoder.h"
#include "decode/encoding/looks.h"
#include "decode/facts.h"
#include "state.h"

/* What no text is, such as a picture among the texts, is no other encoding. */
static bool open_text(struct input *input, struct dump *dump, struct err *err)
{
    const struct dump_options *options = input->options;
    const struct misfit *misfit = &dump->lexer.text.feed.misfit;
    const char *head, *encoding = options->encoding;
    size_t len;
    if (!source_peek(input->source, &head, &len, err))
        return false;
    const char *looks = looks_undeclared(head, len, len < SOURCE_PEEK);
    if (encoding == NULL && input->spec.by_looks)
        encoding = looks;
    if (!dump_text_open(&dump->lexer.text, input->source, encoding, err))
        return false;
    dump->guessed = encoding != options->encoding;
    input->encoding = dump->lexer.text.feed.encoding;
    bool other = misfit->plainly && looks != NULL;
    input->doubt = other ? misfit->text : NULL;
    return true;
}

bool dump_begin(struct input *input, struct err *err)
{
    struct dump *dump = input->state;
    const struct dump_options *options = input->options;
    struct lexer *lexer = &dump->lexer;
    struct buf head = {0};
    bool whole;
    *lexer = (struct lexer){.max = options->max_cell};
    if (!open_text(input, dump, err))
        return false;
    bool good = feed_head(&lexer->text.feed, &head, &whole, err);
    dump->dialect =
        options->dialect ? options->dialect : dump_dialect_of(buf_text(&head));
    lexer->dialect = dump->dialect;
    buf_release(&head);
    return good;
}

static void end(struct dump *dump)
{
    dump_text_close(&dump->lexer.text);
    buf_release(&dump->lexer.buf);
    dump->lexer = (struct lexer){.held = false};
}

static bool dump_open(struct input *input, struct err *err)
{
    const struct dump_options *options = input->options;
    struct dump *dump = mem_zero(1, sizeof *dump);
    input->state = dump;
    input->typed = true;
    input->trim = options->trim;
    if (!source_spool(input->source, err) || !dump_begin(input, err) ||
        !dump_survey(input, err))
        return false;
    end(dump);
    input->size = source_size(input->source);
    return source_rewind(input->source, err) && dump_begin(input, err);
}

static enum step dump_fill(struct input *input, struct chunk *chunk,
                           struct err *err)
{
    struct dump *dump = input->state;
    enum step step = dump_rows(input, chunk, err);
    chunk->consumed = dump->lexer.text.feed.consumed;
    if (step == STEP_FAIL)
        err_name(err, input->path);
    return step;
}

static void dump_close(struct input *input)
{
    struct dump *dump = input->state;
    if (dump == NULL)
        return;
    end(dump);
    statement_release(&dump->statement);
    dump_table_release(&dump->table);
    sql_names_release(&dump->known);
    free(dump->computed);
    free(dump->columns);
    free(dump->created);
    free(dump);
}

static const char *misfit_of(const struct dump *dump)
{
    return dump->lexer.text.feed.misfit.text;
}

static void dump_describe(const struct input *input, struct buf *out)
{
    const struct dump *dump = input->state;
    buf_addf(out, ", %s, %s, table \"%s\"", dump->dialect->title,
             input->encoding, dump->table.name);
    input_describe_columns(input, out);
    if (misfit_of(dump) != NULL)
        buf_addf(out, "; %s", misfit_of(dump));
}

static void dump_tell(const struct input *input, struct facts *facts)
{
    const struct dump *dump = input->state;
    const struct dump_options *options = input->options;
    facts->encoding = input->encoding;
    facts->sure = options->encoding ? "as it was said"
                  : misfit_of(dump) ? "nothing says it"
                                    : "it looks like it";
    if (dump->guessed)
        facts_option_text(facts, "encoding", input->encoding);
    if (misfit_of(dump) != NULL)
        facts->notes = facts_text(facts, "; %s", misfit_of(dump));
    if (dump->tables > 1 || options->table != NULL)
        facts_option_text(facts, "table", dump->table.name);
}

#define AT(member) offsetof(struct dump_options, member)
static const struct format_option option_rows[] = {
    {"table", "NAME", "the table whose rows are read", OPTION_TEXT, AT(table),
     option_text},
    {"dialect", "NAME",
     "mysql, postgresql, sqlserver, oracle, sqlite or standard", OPTION_TEXT,
     AT(dialect), dump_dialect_set},
    {"encoding", "NAME", "its encoding, such as windows-1258 or UTF-16",
     OPTION_TEXT, AT(encoding), option_encoding},
    {"trim", "BOOL", "take white space off the ends of cells (true)",
     OPTION_TRUTH, AT(trim), option_truth},
    {"max_cell", "BYTES", "the longest cell, such as 64M (16M)", OPTION_NUMBER,
     AT(max_cell), option_size},
    {.name = NULL},
};
#undef AT

static const struct dump_options defaults = {.max_cell = 16 * 1024 * 1024,
                                             .trim = true};
static const char *const extensions[] = {".sql", ".dump", NULL};

const struct format format_dump = {
    .name = "dump",
    .title = "SQL dump",
    .help = "the rows of a table in an SQL dump",
    .extensions = extensions,
    .headless = true,
    .options = option_rows,
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .sniff = dump_sniff,
    .open = dump_open,
    .fill = dump_fill,
    .close = dump_close,
    .describe = dump_describe,
    .tell = dump_tell,
    .rows = &decoded_rows,
};
