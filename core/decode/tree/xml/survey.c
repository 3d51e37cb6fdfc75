/* survey.c: the first reading: elements are counted where they stand. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "decode/tree/names.h"
#include "find.h"
#include "reader.h"

static void refuse_many(struct xml_reader *reader, const char *name)
{
    if (strlen(name) > OUTLINE_NAME)
        stream_refuse(&reader->stream,
                      "a name is longer than %d bytes (a fixed limit)",
                      OUTLINE_NAME);
    else
        stream_refuse(&reader->stream,
                      "more than %d different elements and attributes (a "
                      "fixed limit)",
                      OUTLINE_NODES);
}

static void on_start(void *self, const char *name, const char **attributes)
{
    struct xml_reader *reader = self;
    struct outline *outline = &reader->outline;
    int node = outline_add(outline, reader->open[reader->depth], '\0',
                           outline_name(outline, name));
    if (node < 0) {
        refuse_many(reader, name);
        return;
    }
    outline->nodes[node].count++;
    reader->open[++reader->depth] = node;
    for (; *attributes != NULL; attributes += 2) {
        if (outline_skips(attributes[0]))
            continue;
        int attribute = outline_add(outline, node, '@',
                                    outline_name(outline, attributes[0]));
        if (attribute < 0) {
            refuse_many(reader, attributes[0]);
            return;
        }
        outline->nodes[attribute].count++;
    }
}

static void on_end(void *self)
{
    ((struct xml_reader *)self)->depth--;
}

static void on_text(void *self, const char *text, size_t len)
{
    struct xml_reader *reader = self;
    struct outline_node *node =
        &reader->outline.nodes[reader->open[reader->depth]];
    const char *end = text + len;
    if (node->text)
        return;
    utf8_trim(&text, &end);
    node->text = text < end;
}

static bool add_column(struct outline *outline, struct tree_names *names,
                       int node, struct err *err)
{
    struct outline_node *it = &outline->nodes[node];
    it->column = tree_names_add(names, it->name, it->len);
    return it->column >= 0 ||
           err_set(err, EXIT_INPUT,
                   "its rows have more than %d columns (a fixed limit)",
                   TREE_NAMES);
}

/* The text comes last; there is at least one column. */
static bool add_columns(struct outline *outline, struct tree_names *names,
                        int row, struct err *err)
{
    bool good = true;
    for (int i = outline->nodes[row].first; good && i >= 0;
         i = outline->nodes[i].next)
        good = add_column(outline, names, i, err);
    if (!outline->nodes[row].text && names->count > 0)
        return good;
    int text = outline_add(outline, row, '#', "text");
    return good && text >= 0 && add_column(outline, names, text, err);
}

static bool name_columns(struct input *input, struct xml_reader *reader,
                         struct err *err)
{
    struct outline *outline = &reader->outline;
    struct tree_names names = {0};
    bool good = true;
    int count = outline->count;
    for (int i = 1; good && i < count; i++)
        if (outline->nodes[i].row)
            good = add_columns(outline, &names, i, err);
    if (good)
        columns_name(&input->columns, names.all, names.count);
    tree_names_release(&names);
    return good;
}

struct stream_limits xml_limits(const struct xml_options *said)
{
    return (struct stream_limits){.max_depth = said->max_depth,
                                  .max_attributes = said->max_attributes,
                                  .max_element = said->max_element};
}

static bool outline_all(struct input *input, struct xml_reader *reader,
                        struct err *err)
{
    const struct xml_options *said = input->options;
    const struct stream_limits limits = xml_limits(said);
    const struct stream_listener listener = {
        .start = on_start, .end = on_end, .text = on_text, .self = reader};
    outline_init(&reader->outline, said->names == 1);
    if (!stream_open(&reader->stream, input->source, said->encoding, &limits,
                     &listener, err))
        return false;
    while (!reader->stream.ended)
        if (!stream_read(&reader->stream, err))
            return false;
    return true;
}

bool xml_survey(struct input *input, struct xml_reader *reader,
                struct err *err)
{
    const struct xml_options *said = input->options;
    reader->max_depth = said->max_depth;
    reader->open = mem_zero(said->max_depth + 2, sizeof *reader->open);
    reader->guessed = said->at == NULL;
    return outline_all(input, reader, err) &&
           find_rows(&reader->outline, said->at, &reader->path, err) &&
           name_columns(input, reader, err);
}
