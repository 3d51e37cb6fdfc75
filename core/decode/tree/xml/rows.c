/* rows.c: the second reading, by expat: each row is built as it comes, and a
 * chunk ends with one. */
#include <stdio.h>
#include <string.h>

#include "decode/decoded.h"
#include "reader.h"

static void give_row(struct xml_reader *reader)
{
    struct chunk *chunk = reader->chunk;
    unsigned count = reader->input->columns.count;
    const char *fault = reader->builder.fault;
    if (fault != NULL) {
        decoded_fault(reader->input, chunk, reader->place, NULL, 0, fault);
        build_drop(&reader->builder);
    } else {
        struct value *cells = decoded_add(chunk, reader->place, count);
        for (unsigned i = 0; i < count; i++)
            cells[i] = (struct value){.type = VALUE_NIL};
        build_cells(&reader->builder, cells);
    }
    reader->row_depth = 0;
    reader->place.index++;
    if (stream_at(&reader->stream) - reader->chunk_at > CHUNK_BYTES ||
        chunk->decoded_count >= chunk_rows(count))
        stream_pause(&reader->stream);
}

static void begin_row(struct xml_reader *reader)
{
    reader->row_depth = reader->depth;
    reader->row_at = stream_at(&reader->stream);
    reader->place.line = stream_line(&reader->stream);
    if (reader->chunk->decoded_count == 0)
        reader->chunk_at = reader->row_at;
}

/* No more of a row is held than is said: `at` is in it. */
static void check_length(struct xml_reader *reader, uint64_t at)
{
    if (at - reader->row_at > reader->stream.limits.max_element)
        reader->builder.fault = reader->too_long;
}

static void on_start(void *self, const char *name, const char **attributes)
{
    struct xml_reader *reader = self;
    struct outline *outline = &reader->outline;
    size_t len = strlen(name);
    const char *own = outline_name(outline, name, &len);
    int node =
        outline_find(outline, reader->open[reader->depth], '\0', own, len);
    if (node < 0) {
        stream_refuse(&reader->stream, XML_CHANGED);
        return;
    }
    reader->open[++reader->depth] = node;
    if (reader->row_depth == 0 && outline->nodes[node].row)
        begin_row(reader);
    if (reader->row_depth == 0)
        return;
    check_length(reader, stream_at(&reader->stream));
    build_start(&reader->builder, node);
    for (; *attributes != NULL; attributes += 2)
        build_attribute(&reader->builder, attributes[0], strlen(attributes[0]),
                        attributes[1], strlen(attributes[1]));
}

static void on_end(void *self)
{
    struct xml_reader *reader = self;
    reader->depth--;
    if (reader->row_depth > 0 && build_end(&reader->builder)) {
        check_length(reader, stream_after(&reader->stream));
        give_row(reader);
    }
}

static void on_text(void *self, const char *text, size_t len)
{
    struct xml_reader *reader = self;
    if (reader->row_depth == 0)
        return;
    check_length(reader, stream_at(&reader->stream));
    build_text(&reader->builder, text, len);
}

bool xml_begin_rows(struct input *input, struct xml_reader *reader,
                    struct err *err)
{
    const struct xml_options *said = input->options;
    const struct stream_limits limits = xml_limits(said);
    const struct stream_listener listener = {
        .start = on_start, .end = on_end, .text = on_text, .self = reader};
    stream_close(&reader->stream);
    reader->surveyed = reader->outline;
    outline_share(&reader->outline, &reader->surveyed);
    build_init(&reader->builder, &reader->outline);
    reader->input = input;
    reader->depth = 0;
    reader->place.index = 1;
    snprintf(reader->too_long, sizeof reader->too_long,
             "it is longer than %zu bytes (max_element)", said->max_element);
    if (!source_rewind(input->source, err) ||
        !stream_open(&reader->stream, input->source, said->encoding, &limits,
                     &listener, err))
        return false;
    if (reader->is_plain)
        pieces_open(&reader->pieces, &reader->stream.feed, &limits, true);
    return true;
}

enum step xml_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct xml_reader *reader = input->state;
    struct stream *stream = &reader->stream;
    if (reader->is_plain)
        return xml_cut(input, chunk, err);
    if (stream->ended)
        return STEP_END;
    reader->chunk = chunk;
    reader->builder.arena = &chunk->arena;
    do {
        if (!stream_read(stream, err))
            return STEP_FAIL;
    } while (!stream->ended && !stream->paused);
    chunk->consumed = stream->feed.consumed;
    return chunk->decoded_count > 0 ? STEP_ITEM : STEP_END;
}
