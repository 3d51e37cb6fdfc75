/* fill.c: the reader's half: bytes cut after the last whole row.
 *
 * The usual way is short: read into the chunk, after the row that the last
 * chunk could not finish; look where rows end; keep the rest for the next one.
 * When a row in the middle is damaged, what stands before it goes first, and
 * all from the row on waits in `rest`, from which further chunks are copied
 * until only an unfinished row is left there. Damaged lines go alone. */
#include <stdlib.h>
#include <string.h>

#include "broken.h"

/* Where the chunk's first row stands. Bytes that wait in `rest` are not
 * consumed yet, which can be told only where they are the input's own. */
static void place(struct csv_input *reader, struct chunk *chunk)
{
    size_t left = reader->rest.len - reader->taken;
    chunk->first = (struct place){.line = reader->line, .index = reader->index};
    chunk->consumed = reader->feed.consumed;
    if (reader->feed.transcoder.decoder == NULL)
        chunk->consumed -= left < chunk->consumed ? left : 0;
}

static void advance(struct csv_input *reader, uint64_t lines, uint64_t rows)
{
    reader->line += lines;
    reader->index += rows;
}

/* Reads into `into`, leaving out what stands before the first row. */
static bool read_rows(struct csv_input *reader, struct buf *into,
                      struct err *err)
{
    size_t from = into->len;
    if (!feed_read(&reader->feed, into, csv_limits.chunk, err))
        return false;
    size_t got = into->len - from;
    size_t drop = reader->skip < got ? reader->skip : got;
    if (drop > 0)
        memmove(into->at + from, into->at + from + drop, got - drop);
    reader->skip -= drop;
    into->len -= drop;
    return true;
}

/* Is the line whole that ends at `next`, which must be after `found`? */
static bool line_ends(const char *text, size_t len, size_t found, size_t next)
{
    return next < len || (next > found && text[next - 1] == '\n');
}

/* Finds the end of the line that holds `found`, reading on while it is not in
 * view and keeping no more than `keep` bytes. */
static bool find_line_end(struct csv_input *reader, size_t found, size_t keep,
                          size_t *next, bool *dropped, struct err *err)
{
    struct buf *rest = &reader->rest;
    memmove(rest->at, rest->at + reader->taken, rest->len - reader->taken);
    rest->len -= reader->taken;
    reader->taken = 0;
    *dropped = false;
    for (;;) {
        *next = csv_next_line(rest->at, rest->len, found);
        if (reader->feed.ended || line_ends(rest->at, rest->len, found, *next))
            return true;
        bool waiting = rest->len > found && rest->at[rest->len - 1] == '\r';
        if (rest->len > keep && !waiting) {
            rest->len = keep;
            *dropped = true;
        }
        found = waiting ? rest->len - 1 : rest->len;
        if (!read_rows(reader, rest, err))
            return false;
    }
}

/* The first line counts even where no more than blanks is kept of it. */
static void count_lines(const struct csv_input *reader, const char *text,
                        size_t len, uint64_t *lines, uint64_t *rows)
{
    *lines = *rows = 0;
    for (size_t at = 0; at < len; ++*lines) {
        size_t next = csv_next_line(text, len, at);
        *rows +=
            at == 0 || !csv_is_blank(&reader->grammar, text + at, next - at);
        at = next;
    }
}

/* A damaged line is shown as one, without its end. */
static size_t without_line_end(const char *text, size_t len)
{
    if (len > 0 && text[len - 1] == '\n')
        len--;
    if (len > 0 && text[len - 1] == '\r')
        len--;
    return len;
}

/* The lines of a damaged row, in a chunk of their own. */
static bool give_damage(struct csv_input *reader, struct chunk *chunk,
                        const struct csv_cut *cut, struct err *err)
{
    enum { MOST = 1024 * 1024 };
    const struct csv_grammar *grammar = &reader->grammar;
    size_t keep = grammar->max_row + grammar->max_quoted + 2, next;
    bool dropped;
    uint64_t lines, rows;
    keep = keep < MOST ? keep : MOST;
    if (!find_line_end(reader, cut->found, keep, &next, &dropped, err))
        return false;
    const char *text = reader->rest.at;
    size_t len = without_line_end(text, next);
    bool cut_off = dropped || len > keep;
    if (cut_off)
        len = keep;
    count_lines(reader, text, cut_off ? len : next, &lines, &rows);
    buf_add(&chunk->bytes, text, len);
    buf_clear(&reader->before);
    reader->taken = next;
    chunk->damage = csv_damages[cut->trouble];
    chunk->damaged_at = reader->line;
    place(reader, chunk);
    advance(reader, lines, rows);
    return true;
}

/* Cuts after the last row that can be given. */
static struct csv_beside cut_rows(struct csv_input *reader, struct buf *bytes,
                                  size_t from, struct csv_cut *cut)
{
    csv_cut(&reader->grammar, bytes->at + from, bytes->len - from,
            reader->feed.ended, cut);
    csv_cut_stop(reader, bytes, from, cut);
    csv_cut_footer(reader, bytes, from, cut);
    return csv_hold_parts(reader, bytes->at + from, cut);
}

/* The chunk shows what it must beside its rows, `len` bytes of text. */
static void show_beside(struct csv_input *reader, struct chunk *chunk,
                        const char *text, size_t len,
                        const struct csv_beside *beside)
{
    chunk->before = reader->before.len;
    chunk->after = beside->after;
    csv_keep_parts(reader, text, len, beside);
}

/* Rows under another header would be read by the names of the first. */
static bool refuse_table(const struct csv_input *reader, struct err *err)
{
    return err_set(err, EXIT_INPUT,
                   "%s:%llu: a header with its columns in another order begins "
                   "another table; make it a file of its own",
                   reader->feed.source->path, (unsigned long long)reader->line);
}

/* Of what waits no more than a chunk holds, where rows end in that: after a
 * damaged row it may be megabytes. */
static struct csv_beside cut_waiting(struct csv_input *reader,
                                     struct csv_cut *cut)
{
    struct buf part = reader->rest;
    bool ended = reader->feed.ended;
    if (reader->taken + csv_limits.chunk < part.len && !reader->stops) {
        part.len = reader->taken + csv_limits.chunk;
        reader->feed.ended = false; /* there is more of it */
        struct csv_beside beside = cut_rows(reader, &part, reader->taken, cut);
        reader->feed.ended = ended;
        if (cut->end > 0)
            return beside;
    }
    return cut_rows(reader, &reader->rest, reader->taken, cut);
}

/* Gives from what waits. STEP_END: there is no whole row in it. Rows that are
 * none are given too: the mapper counts them. */
static enum step give_rest(struct csv_input *reader, struct chunk *chunk,
                           struct err *err)
{
    if (reader->taken < reader->rest.len) {
        struct csv_cut cut;
        struct csv_beside beside = cut_waiting(reader, &cut);
        const char *text = reader->rest.at + reader->taken;
        if (cut.end == 0 && cut.trouble == CSV_SOUND)
            return STEP_END;
        if (cut.end == 0 && cut.trouble == CSV_OTHER)
            return refuse_table(reader, err) ? STEP_ITEM : STEP_FAIL;
        if (cut.end == 0)
            return give_damage(reader, chunk, &cut, err) ? STEP_ITEM
                                                         : STEP_FAIL;
        reader->taken += cut.end;
        buf_add(&chunk->bytes, reader->before.at, reader->before.len);
        buf_add(&chunk->bytes, text, cut.end + beside.after);
        show_beside(reader, chunk, text, cut.end, &beside);
        place(reader, chunk);
        advance(reader, cut.lines, cut.rows);
        return STEP_ITEM;
    }
    return STEP_END;
}

static void swap(struct buf *a, struct buf *b)
{
    struct buf kept = *a;
    *a = *b;
    *b = kept;
}

/* Reads into the chunk after what waits, and gives what is whole of it; all
 * waits again when nothing is. */
static enum step give_fresh(struct csv_input *reader, struct chunk *chunk,
                            struct err *err)
{
    struct csv_cut cut;
    struct buf *bytes = &chunk->bytes;
    size_t from = reader->before.len;
    buf_clear(bytes);
    buf_reserve(bytes, csv_limits.chunk + csv_limits.chunk / 16);
    buf_add(bytes, reader->before.at, from);
    buf_add(bytes, reader->rest.at + reader->taken,
            reader->rest.len - reader->taken);
    buf_clear(&reader->rest);
    reader->taken = 0;
    if (!read_rows(reader, bytes, err))
        return STEP_FAIL;
    struct csv_beside beside = cut_rows(reader, bytes, from, &cut);
    if (cut.end == 0) {
        swap(bytes, &reader->rest);
        reader->taken = from;
        buf_clear(bytes);
        return STEP_END;
    }
    size_t end = from + cut.end;
    buf_add(&reader->rest, bytes->at + end, bytes->len - end);
    bytes->len = end + beside.after;
    show_beside(reader, chunk, bytes->at + from, cut.end, &beside);
    place(reader, chunk);
    advance(reader, cut.lines, cut.rows);
    return STEP_ITEM;
}

/* The input's last line, where nothing is left and it has no line end. What has
 * a footer is whole. */
static uint64_t find_unended(const struct csv_input *reader)
{
    bool over = reader->feed.ended && reader->taken == reader->rest.len &&
                !reader->footed;
    return over && reader->feed.unended ? reader->line - 1 : 0;
}

static enum step give_rows(struct csv_input *reader, struct chunk *chunk,
                           struct err *err)
{
    if (csv_give_early(reader, chunk))
        return STEP_ITEM;
    for (;;) {
        enum step step = give_rest(reader, chunk, err);
        bool over = step == STEP_END && reader->feed.ended;
        if (step == STEP_END && !over)
            step = give_fresh(reader, chunk, err);
        if (reader->failed)
            *err = reader->failure;
        if (reader->failed || over)
            return reader->failed ? STEP_FAIL : STEP_END;
        if (step != STEP_END)
            return step;
    }
}

/* What was left out after the last row goes in a chunk without any. */
enum step csv_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct csv_input *reader = input->state;
    enum step step = give_rows(reader, chunk, err);
    if (step == STEP_ITEM)
        chunk->unended = find_unended(reader);
    bool left = left_out_any(&reader->left);
    left_out_add(&chunk->left, &reader->left);
    reader->left = (struct left_out){.count = {0}};
    return step == STEP_END && left ? STEP_ITEM : step;
}
