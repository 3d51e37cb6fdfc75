/* fill.c: the reader's half: bytes cut after the last whole line. */
#include <string.h>

#include "fixed.h"

size_t fixed_piece = CHUNK_BYTES;

/* The length of the lines that are whole. A CR at the end may be the first
 * half of a CRLF. */
static size_t whole_lines(const struct fixed_input *fixed,
                          const struct buf *bytes)
{
    size_t len = bytes->len;
    if (fixed->feed.ended)
        return len;
    if (len > 0 && bytes->at[len - 1] == '\r')
        len--;
    while (len > 0 && bytes->at[len - 1] != '\n' && bytes->at[len - 1] != '\r')
        len--;
    return len;
}

static bool refuse_long(const struct input *input, struct err *err)
{
    const struct fixed_input *fixed = input->state;
    return err_set(
        err, EXIT_INPUT, "%s:%llu: a line is longer than %zu bytes (max_line)",
        input->path, (unsigned long long)fixed->line, fixed->max_line);
}

/* Counts the lines that were cut; of very short ones the last ones wait: a row
 * is larger than its line. So does one that is too long: rows before it are
 * given first. */
static bool count_lines(struct input *input, struct buf *bytes, struct err *err)
{
    enum { MOST = 8192 };
    struct fixed_input *fixed = input->state;
    size_t next, at = 0;
    for (unsigned i = 0; at < bytes->len && i < MOST; i++, fixed->line++) {
        size_t len = fixed_line(bytes->at + at, bytes->len - at, &next);
        if (len > fixed->max_line && at > 0)
            break;
        if (len > fixed->max_line)
            return refuse_long(input, err);
        if (fixed->line > fixed->skip && !fixed_is_blank(bytes->at + at, len))
            fixed->next++;
        at += next;
    }
    buf_add(&fixed->rest, bytes->at + at, bytes->len - at);
    bytes->len = at;
    return true;
}

/* Reads until a line is whole. */
static bool read_lines(struct input *input, struct buf *bytes, size_t *whole,
                       struct err *err)
{
    struct fixed_input *fixed = input->state;
    while ((*whole = whole_lines(fixed, bytes)) == 0 && !fixed->feed.ended) {
        if (bytes->len > fixed->max_line + 1)
            return refuse_long(input, err);
        if (!feed_read(&fixed->feed, bytes, fixed_piece, err))
            return false;
    }
    return true;
}

enum step fixed_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct fixed_input *fixed = input->state;
    struct buf *bytes = &chunk->bytes;
    size_t whole;
    buf_clear(bytes);
    buf_add(bytes, fixed->rest.at, fixed->rest.len);
    buf_clear(&fixed->rest);
    if (!read_lines(input, bytes, &whole, err))
        return STEP_FAIL;
    struct buf lines = {.at = bytes->at, .len = whole};
    chunk->first = (struct place){.line = fixed->line, .index = fixed->next};
    chunk->consumed = fixed->feed.consumed;
    if (whole == 0)
        return STEP_END;
    if (!count_lines(input, &lines, err))
        return STEP_FAIL;
    buf_add(&fixed->rest, bytes->at + whole, bytes->len - whole);
    bytes->len = lines.len;
    if (fixed->feed.ended && fixed->feed.unended && fixed->rest.len == 0)
        chunk->unended = fixed->line - 1;
    return STEP_ITEM;
}
