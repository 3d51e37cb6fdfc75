/* survey.c: the first reading: elements are counted where they stand. What is
 * not plain is read anew, by expat. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "decode/tree/names.h"
#include "find.h"
#include "reader.h"

/* The element is met; it becomes the one that is open. */
static int enter(struct xml_reader *reader, const char *name, size_t len)
{
    struct outline *outline = &reader->outline;
    size_t own = len;
    const char *local = outline_name(outline, name, &own);
    int node =
        outline_add(outline, reader->open[reader->depth], '\0', local, own);
    if (node < 0)
        return node;
    outline_meet(outline, node, name, len);
    outline->nodes[node].count++;
    return reader->open[++reader->depth] = node;
}

static bool meet(struct xml_reader *reader, const char *name, size_t len)
{
    struct outline *outline = &reader->outline;
    if (outline_whose(outline, name, len) != OUTLINE_OWN)
        return true;
    size_t own = len;
    const char *local = outline_name(outline, name, &own);
    int node =
        outline_add(outline, reader->open[reader->depth], '@', local, own);
    if (node < 0)
        return false;
    outline_meet(outline, node, name, len);
    outline->nodes[node].count++;
    return true;
}

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
    if (enter(reader, name, strlen(name)) < 0) {
        refuse_many(reader, name);
        return;
    }
    for (const char **at = attributes; *at != NULL; at += 2)
        outline_bind(&reader->outline, at[0], strlen(at[0]), at[1],
                     strlen(at[1]));
    for (; *attributes != NULL; attributes += 2)
        if (!meet(reader, attributes[0], strlen(attributes[0]))) {
            refuse_many(reader, attributes[0]);
            return;
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
    while (text < end && (*text == ' ' || *text == '\n' || *text == '\t'))
        text++; /* nearly all of it is what lines are indented with */
    if (text == end)
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
    int text = outline_add(outline, row, '#', "text", 4);
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

/* A plain text: is it one of XML? */
static bool take_text(struct xml_reader *reader, enum markup_kind kind)
{
    const struct markup *markup = &reader->pieces.markup;
    size_t len = markup->len;
    if (markup->raw)
        len = markup_cook(markup->text, len, kind);
    if (len != MARKUP_NONE && len > 0)
        on_text(reader, markup->text, len);
    return len != MARKUP_NONE;
}

/* Elements that hold a text alone, in the order in which they came before. */
static bool take_expected(struct xml_reader *reader)
{
    struct pieces *pieces = &reader->pieces;
    struct outline *outline = &reader->outline;
    int parent = reader->open[reader->depth], node;
    while (pieces->depth > 0 && pieces->depth < pieces->limits.max_depth &&
           (node = outline_expected(outline, parent)) >= 0 &&
           markup_expected(&pieces->markup, outline->nodes[node].name,
                           outline->nodes[node].len)) {
        outline->nodes[parent].hint = node;
        outline->nodes[node].count++;
        reader->open[reader->depth + 1] = node;
        reader->depth++;
        bool good = take_text(reader, MARKUP_TEXT);
        reader->depth--;
        if (!good)
            return false;
    }
    return true;
}

static bool take_start(struct xml_reader *reader)
{
    const struct markup *markup = &reader->pieces.markup;
    if (enter(reader, markup->text, markup->len) < 0)
        return false;
    for (unsigned i = 0; i < markup->count; i++) {
        const struct markup_attribute *it = &markup->attributes[i];
        size_t len = it->len;
        if (it->raw)
            len = markup_cook(it->value, len, MARKUP_START);
        if (len == MARKUP_NONE)
            return false;
        outline_bind(&reader->outline, it->name, it->name_len, it->value, len);
    }
    for (unsigned i = 0; i < markup->count; i++)
        if (!meet(reader, markup->attributes[i].name,
                  markup->attributes[i].name_len))
            return false;
    if (markup->empty || pieces_leaf(&reader->pieces)) {
        bool good = markup->empty || take_text(reader, MARKUP_TEXT);
        reader->depth--;
        return good;
    }
    return true;
}

static bool take(struct xml_reader *reader, enum markup_kind kind)
{
    switch (kind) {
    case MARKUP_START:
        return take_start(reader);
    case MARKUP_END:
        reader->depth--;
        return true;
    case MARKUP_TEXT:
    case MARKUP_CDATA:
        return reader->depth == 0 || take_text(reader, kind);
    default:
        return kind == MARKUP_OTHER;
    }
}

bool xml_plain = true;

/* False: it is odd, or, with *failed, cannot be read. */
static bool outline_plain(struct xml_reader *reader, bool *failed,
                          struct err *err)
{
    struct pieces *pieces = &reader->pieces;
    enum markup_kind kind;
    *failed = false;
    if (!xml_plain)
        return false;
    pieces_open(pieces, &reader->stream.feed, &reader->stream.limits, false);
    do
        kind = pieces_next(pieces, err);
    while (take(reader, kind) && take_expected(reader));
    *failed = kind == MARKUP_MORE;
    return kind == MARKUP_DONE;
}

static bool outline_odd(struct xml_reader *reader, struct err *err)
{
    while (!reader->stream.ended)
        if (!stream_read(&reader->stream, err))
            return false;
    return true;
}

static bool outline_all(struct input *input, struct xml_reader *reader,
                        struct err *err)
{
    const struct xml_options *said = input->options;
    const struct stream_limits limits = xml_limits(said);
    const struct stream_listener listener = {
        .start = on_start, .end = on_end, .text = on_text, .self = reader};
    bool failed;
    outline_init(&reader->outline, said->names == 1);
    if (!stream_open(&reader->stream, input->source, said->encoding, &limits,
                     &listener, err))
        return false;
    reader->is_plain = outline_plain(reader, &failed, err);
    pieces_close(&reader->pieces);
    if (reader->is_plain || failed)
        return !failed;
    outline_release(&reader->outline);
    outline_init(&reader->outline, said->names == 1);
    reader->depth = 0;
    stream_close(&reader->stream);
    return source_rewind(input->source, err) &&
           stream_open(&reader->stream, input->source, said->encoding, &limits,
                       &listener, err) &&
           outline_odd(reader, err);
}

bool xml_survey(struct input *input, struct xml_reader *reader, struct err *err)
{
    const struct xml_options *said = input->options;
    reader->max_depth = said->max_depth;
    reader->open = mem_zero(said->max_depth + 2, sizeof *reader->open);
    reader->guessed = said->at == NULL;
    return outline_all(input, reader, err) &&
           find_rows(&reader->outline, said->at, &reader->path, err) &&
           name_columns(input, reader, err);
}
