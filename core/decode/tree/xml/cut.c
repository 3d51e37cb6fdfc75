/* cut.c: the second reading of what is plain: nothing is looked into, but where
 * a row begins and ends. A chunk is the text from its first row to its last,
 * with the tags in front that are open there: so it reads as the document does.
 */
#include "decode/decoded.h"
#include "reader.h"

/* A chunk has about as many bytes as are read at four times. */
static uint64_t chunk_size(void)
{
    return stream_piece < CHUNK_BYTES / 4 ? 4 * stream_piece : CHUNK_BYTES;
}

/* So many of the tags that are open. */
static void note_tags(struct xml_reader *reader, unsigned depth)
{
    const struct pieces *pieces = &reader->pieces;
    size_t begin = 0;
    buf_clear(&reader->prefix);
    for (unsigned i = 0; i < depth; i++) {
        buf_putc(&reader->prefix, '<');
        buf_add(&reader->prefix, pieces->names.at + begin,
                pieces->ends[i] - begin);
        buf_putc(&reader->prefix, '>');
        begin = pieces->ends[i];
    }
}

static void begin_row(struct xml_reader *reader, unsigned depth)
{
    struct pieces *pieces = &reader->pieces;
    reader->row_at = pieces->token;
    reader->row_depth = depth;
    if (reader->cut_count > 0)
        return;
    note_tags(reader, depth - 1);
    reader->cut_from = pieces->keep = pieces->token;
    reader->first = (struct place){.line = pieces_line(pieces, pieces->token),
                                   .index = reader->place.index};
}

/* True: the chunk is to be given. */
static bool end_row(struct xml_reader *reader)
{
    struct pieces *pieces = &reader->pieces;
    uint64_t after = pieces_after(pieces);
    reader->row_depth = 0;
    if (reader->skips) {
        reader->skips = false;
        reader->skipped = true;
        return true;
    }
    reader->place.index++;
    reader->cut_to = after;
    reader->cut_count++;
    return after - reader->cut_from > chunk_size() ||
           reader->cut_count >= chunk_rows(reader->input->columns.count);
}

/* No more of a row is held than is said. True: the rows before it are to be
 * given. */
static bool check_length(struct xml_reader *reader)
{
    struct pieces *pieces = &reader->pieces;
    uint64_t len = pieces_after(pieces) - reader->row_at;
    if (reader->skips || len <= pieces->limits.max_element)
        return false;
    reader->skips = true;
    reader->place.line = pieces_line(pieces, reader->row_at);
    if (reader->cut_count == 0)
        pieces->keep = UINT64_MAX;
    return reader->cut_count > 0;
}

/* Finds the element's kind where rows may be; in a row it does not matter. */
static bool enter(struct xml_reader *reader, unsigned depth)
{
    const struct markup *markup = &reader->pieces.markup;
    struct outline *outline = &reader->outline;
    size_t len = markup->len;
    const char *name = outline_name(outline, markup->text, &len);
    int node = outline_find(outline, reader->open[depth - 1], '\0', name, len);
    if (node < 0)
        return false;
    reader->open[depth] = node;
    if (outline->nodes[node].row)
        begin_row(reader, depth);
    return true;
}

/* What the token does; *full: the chunk is to be given. */
static bool take(struct xml_reader *reader, enum markup_kind kind, bool *full)
{
    struct pieces *pieces = &reader->pieces;
    bool start = kind == MARKUP_START, ended = kind == MARKUP_END;
    bool empty = start && pieces->markup.empty;
    unsigned depth = pieces->depth + (empty || ended); /* the tag's */
    if (start && reader->row_depth == 0 && !enter(reader, depth))
        return false;
    if (reader->row_depth == 0) {
        *full = reader->cut_count > 0 &&
                pieces_after(pieces) - reader->cut_to > chunk_size();
        return true;
    }
    ended |= empty;
    if (!ended)
        markup_pass(&pieces->markup);
    *full = check_length(reader);
    if (ended && depth == reader->row_depth)
        *full |= end_row(reader);
    return true;
}

static void give(struct xml_reader *reader, struct chunk *chunk)
{
    struct pieces *pieces = &reader->pieces;
    chunk->first = reader->first;
    buf_add(&chunk->bytes, reader->prefix.at, reader->prefix.len);
    buf_add(&chunk->bytes, pieces_text(pieces, reader->cut_from),
            (size_t)(reader->cut_to - reader->cut_from));
    reader->cut_count = 0;
    pieces->keep = UINT64_MAX;
}

/* A chunk of its own. */
static void give_skipped(struct xml_reader *reader, struct chunk *chunk)
{
    reader->skipped = false;
    decoded_fault(reader->input, chunk, reader->place, NULL, 0,
                  reader->too_long);
    reader->place.index++;
}

static bool cut_rows(struct xml_reader *reader, struct err *err)
{
    bool full = false;
    while (!full && !reader->stream.ended) {
        enum markup_kind kind = pieces_next(&reader->pieces, err);
        if (kind == MARKUP_MORE)
            return false;
        reader->stream.ended = kind == MARKUP_DONE;
        if (kind == MARKUP_ODD || !take(reader, kind, &full))
            return err_set(err, EXIT_INPUT, XML_CHANGED);
    }
    return true;
}

enum step xml_cut(struct input *input, struct chunk *chunk, struct err *err)
{
    struct xml_reader *reader = input->state;
    if (!reader->skipped && !cut_rows(reader, err))
        return STEP_FAIL;
    chunk->consumed = reader->stream.feed.consumed;
    if (reader->cut_count > 0)
        give(reader, chunk);
    else if (reader->skipped)
        give_skipped(reader, chunk);
    else
        return STEP_END;
    return STEP_ITEM;
}
