/* format_xml.c: XML as a format: its options, and what is said of an input. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "decode/facts.h"
#include "reader.h"
#include "sniff.h"

enum { MAX_DEPTH = 256, DEPTH_MOST = 1000, MAX_ATTRIBUTES = 1024 };
enum { MAX_ELEMENT = 16 * 1024 * 1024 };

static bool xml_open(struct input *input, struct err *err)
{
    const struct xml_options *said = input->options;
    struct xml_reader *reader = mem_zero(1, sizeof *reader);
    input->state = reader;
    input->typed = input->nested = true;
    input->trim = said->trim;
    if (!source_spool(input->source, err) || !xml_survey(input, reader, err))
        return false;
    input->encoding = reader->stream.feed.encoding;
    reader->untrue = reader->stream.untrue;
    input->guessed |= reader->guessed;
    if (!xml_begin_rows(input, reader, err))
        return false;
    input->encoding = reader->stream.feed.encoding;
    return true;
}

static void xml_close(struct input *input)
{
    struct xml_reader *reader = input->state;
    if (reader == NULL)
        return;
    stream_close(&reader->stream);
    pieces_close(&reader->pieces);
    buf_release(&reader->prefix);
    outline_release(&reader->outline);
    outline_release(&reader->surveyed);
    build_release(&reader->builder);
    buf_release(&reader->path);
    free(reader->open);
    free(reader);
}

static void put_spelt(const char *prefix, const char *name, struct buf *out)
{
    if (*prefix != '\0')
        buf_addf(out, "%.40s:", prefix);
    buf_addf(out, "%.40s", name);
}

/* Two names that are one without their prefixes: their texts meet there. The
 * first ones are told. */
static void put_mixed(const struct outline *outline, struct buf *out)
{
    for (int i = 1; i < outline->count; i++) {
        const struct outline_node *node = &outline->nodes[i];
        const char *name = node->name + node->attribute;
        int row = i;
        while (row > 0 && !outline->nodes[row].row)
            row = outline->nodes[row].parent;
        if (node->other == NULL || row == 0 || row == i)
            continue;
        buf_puts(out, ", both ");
        put_spelt(node->prefix, name, out);
        buf_puts(out, " and ");
        put_spelt(node->other, name, out);
        buf_addf(out, " are \"%.40s\" (names = \"prefix\" keeps them apart)",
                 node->name);
        return;
    }
}

static void xml_describe(const struct input *input, struct buf *out)
{
    const struct xml_reader *reader = input->state;
    buf_addf(out, ", %s", input->encoding);
    if (reader->untrue != NULL)
        buf_addf(out, " (guessed: it declares %s, and is not)", reader->untrue);
    buf_puts(out, ", rows at ");
    buf_add(out, reader->path.at, reader->path.len);
    buf_puts(out, reader->guessed ? " (guessed)" : "");
    input_describe_columns(input, out);
    put_mixed(&reader->outline, out);
}

static void xml_tell(const struct input *input, struct facts *facts)
{
    const struct xml_reader *reader = input->state;
    const char *path =
        facts_text(facts, "%.*s", (int)reader->path.len, reader->path.at);
    facts->notes = facts_text(facts, "; its rows are the elements at %s%s",
                              path, reader->guessed ? " (guessed)" : "");
    facts_option_text(facts, "at", path);
}

static bool set_names(void *member, const struct option_value *value,
                      struct err *err)
{
    return option_either(member, "local", "prefix", value, err);
}

static bool set_depth(void *member, const struct option_value *value,
                      struct err *err)
{
    return option_count_to(member, DEPTH_MOST, value, err);
}

#define AT(member) offsetof(struct xml_options, member)
/* clang-format off */
static const struct format_option option_rows[] = {
    {"at", "PATH", "where its rows are, such as customers/customer",
     OPTION_TEXT, AT(at), option_text},
    {"names", "KIND", "of elements: local, or with their prefix (local)",
     OPTION_TEXT, AT(names), set_names},
    {"encoding", "NAME", "its encoding, such as windows-1258 or UTF-16",
     OPTION_TEXT, AT(encoding), option_encoding},
    {"trim", "BOOL", "take white space off the ends of cells (true)",
     OPTION_TRUTH, AT(trim), option_truth},
    {"max_depth", "N", "elements that stand in each other (256)",
     OPTION_NUMBER, AT(max_depth), set_depth},
    {"max_attributes", "N", "attributes of one element (1024)",
     OPTION_NUMBER, AT(max_attributes), option_count},
    {"max_element", "BYTES", "the longest row, or tag, such as 64M (16M)",
     OPTION_NUMBER, AT(max_element), option_size},
    {.name = NULL},
};
/* clang-format on */
#undef AT

static const struct xml_options defaults = {.trim = true,
                                            .max_depth = MAX_DEPTH,
                                            .max_attributes = MAX_ATTRIBUTES,
                                            .max_element = MAX_ELEMENT};
static const char *const extensions[] = {".xml", NULL};

const struct format format_xml = {
    .name = "xml",
    .title = "XML",
    .help = "elements that repeat, as rows",
    .extensions = extensions,
    .headless = true,
    .options = option_rows,
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .sniff = sniff_xml,
    .open = xml_open,
    .fill = xml_fill,
    .close = xml_close,
    .describe = xml_describe,
    .tell = xml_tell,
    .rows = &xml_row_reader,
};
