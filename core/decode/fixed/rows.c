/* rows.c: the mapper's half: lines taken apart.
 *
 * A line is cut at all edges at once, and a column is what stands between two
 * of them. Blanks that fill a column up are none of its cell. What is no text
 * is looked for once in a whole chunk, and only where there is some in its
 * lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "decode/decoded.h"
#include "decode/rejected.h"
#include "fixed.h"

struct state {
    const struct fixed_input *fixed;
    struct decoded_maker maker;
    struct transcoder transcoder;
    struct buf text; /* of a cell that is decoded */
    size_t *offsets;
    size_t at;
    struct place place; /* of the next row */
    bool sound;         /* all of the chunk is text */
};

/* A line while it is taken apart. */
struct line {
    const char *text;
    size_t len, units;
    unsigned inside; /* edges that lie in it */
};

static void rows_open(struct rows *rows)
{
    struct state *state = mem_zero(1, sizeof *state);
    state->fixed = rows->input->state;
    decoded_maker_open(&state->maker, rows->input);
    state->offsets =
        mem_zero(state->fixed->layout.edge_count + 1, sizeof *state->offsets);
    if (state->fixed->page != NULL)
        transcoder_open(&state->transcoder, state->fixed->page);
    rows->state = state;
}

static void rows_close(struct rows *rows)
{
    struct state *state = rows->state;
    decoded_maker_close(&state->maker);
    transcoder_close(&state->transcoder);
    buf_release(&state->text);
    free(state->offsets);
    free(state);
    rows->state = NULL;
}

static bool is_ascii(const char *text, size_t len)
{
    unsigned char all = 0;
    for (size_t i = 0; i < len; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

/* Where bytes are cut, a character may be cut in two. */
static bool is_sound(const struct fixed_input *fixed, const struct buf *bytes)
{
    if (fixed->page != NULL || bytes->len == 0 ||
        memchr(bytes->at, '\0', bytes->len) != NULL)
        return false;
    return fixed->in_bytes ? is_ascii(bytes->at, bytes->len)
                           : utf8_valid(bytes->at, bytes->len) == bytes->len;
}

static void rows_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    const struct buf *bytes = &chunk->bytes;
    rows->chunk = chunk;
    decoded_maker_begin(&state->maker, chunk);
    state->at = 0;
    state->place = chunk->first;
    state->sound = is_sound(state->fixed, bytes);
}

/* Part of a line as UTF-8, in the chunk. */
static struct value decode(struct state *state, struct arena *arena,
                           const char *text, size_t len)
{
    const struct fixed_input *fixed = state->fixed;
    if (fixed->page == NULL || (fixed->ascii && is_ascii(text, len)))
        return value_text(text, len);
    buf_clear(&state->text);
    transcoder_decode(&state->transcoder, text, len, true, &state->text);
    char *copy = arena_alloc(arena, state->text.len);
    if (state->text.len > 0)
        memcpy(copy, state->text.at, state->text.len);
    return value_text(copy, state->text.len);
}

static struct value column_of(struct state *state, struct arena *arena,
                              const struct line *line, unsigned index)
{
    const struct fixed_column *column = &state->fixed->layout.columns[index];
    size_t from = state->offsets[column->from], to = state->offsets[column->to];
    while (to > from && line->text[to - 1] == ' ')
        to--;
    while (to > from && line->text[from] == ' ')
        from++;
    return decode(state, arena, line->text + from, to - from);
}

/* What stands for a byte that could not be decoded begins with 0xFF. */
static bool is_text(const struct value *cell)
{
    return utf8_valid(cell->text, cell->len) == cell->len &&
           (cell->len == 0 || memchr(cell->text, '\0', cell->len) == NULL);
}

/* The cell with a mark for what is no text in it. */
static struct value cleaned(struct arena *arena, const struct value *cell)
{
    struct buf out = {0};
    const char *at = cell->text, *end = at + cell->len;
    while (at < end) {
        const char *from = at;
        bool escaped = (unsigned char)*at == 0xFF && end - at >= 3;
        bool bad = *at == '\0' || utf8_next(&at, end) < 0;
        if (*from == '\0')
            at = from + 1;
        else if (bad && escaped)
            at = from + 3;
        if (bad)
            buf_puts(&out, REJECTED_MARK);
        else
            buf_add(&out, from, (size_t)(at - from));
    }
    char *text = arena_alloc(arena, out.len);
    if (out.len > 0)
        memcpy(text, out.at, out.len);
    struct value clean = value_text(text, out.len);
    buf_release(&out);
    return clean;
}

static const char *say(struct arena *arena, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
static const char *say(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vformat(arena, format, args);
    va_end(args);
    return text;
}

/* Cells with what is no text in them are marked; NULL: there are none. */
static const char *check_text(const struct rows *rows, struct value *cells)
{
    const struct state *state = rows->state;
    const struct columns *columns = &rows->input->columns;
    struct arena *arena = &rows->chunk->arena;
    const char *fault = NULL;
    for (unsigned i = 0; !state->sound && i < columns->count; i++) {
        if (is_text(&cells[i]))
            continue;
        bool nul = utf8_valid(cells[i].text, cells[i].len) == cells[i].len;
        if (fault == NULL)
            fault = say(arena, "%s%s in the column \"%s\"",
                        nul ? "NUL byte" : "invalid ",
                        nul ? "" : rows->input->encoding, columns->all[i].name);
        cells[i] = cleaned(arena, &cells[i]);
    }
    return fault;
}

/* Blanks behind the last column are none of the row. */
static bool is_too_long(const struct state *state, const struct line *line)
{
    size_t end = state->offsets[state->fixed->layout.edge_count - 1];
    return !fixed_is_blank(line->text + end, line->len - end);
}

static const char *check_width(const struct rows *rows, const struct line *line)
{
    const struct state *state = rows->state;
    const struct fixed_layout *layout = &state->fixed->layout;
    const char *unit = state->fixed->in_bytes ? "byte" : "character";
    bool is_short = line->inside < layout->edge_count;
    if (rows->input->ragged || (!is_short && !is_too_long(state, line)))
        return NULL;
    return say(&rows->chunk->arena,
               "%zu %s%s, the columns take %zu (ragged = true takes such rows)",
               line->units, unit, line->units == 1 ? "" : "s",
               layout->edges[layout->edge_count - 1]);
}

/* Where the line ends before a column, nothing is known of that one. */
static unsigned mark_missing(const struct state *state, const struct line *line,
                             struct value *cells)
{
    const struct fixed_layout *layout = &state->fixed->layout;
    if (line->inside == layout->edge_count)
        return layout->count;
    for (unsigned i = 0; i < layout->count; i++)
        if (layout->columns[i].to >= line->inside)
            cells[i] = value_text(REJECTED_MARK, strlen(REJECTED_MARK));
    return 0;
}

/* The row of the line. */
static void take(struct rows *rows, const struct line *line, struct row *row)
{
    struct state *state = rows->state;
    struct arena *arena = &rows->chunk->arena;
    unsigned count = state->fixed->layout.count;
    struct value *cells = arena_alloc(arena, count * sizeof *cells);
    struct decoded decoded = {.place = state->place, .cells = cells};
    for (unsigned i = 0; i < count; i++)
        cells[i] = column_of(state, arena, line, i);
    decoded.width = count;
    decoded.fault = check_text(rows, cells);
    const char *fault = check_width(rows, line);
    if (fault != NULL && mark_missing(state, line, cells) == count)
        decoded = decoded_faulty(rows->input, arena, state->place, cells, count,
                                 fault);
    else if (fault != NULL)
        decoded.fault = fault;
    decoded_make(&state->maker, rows->input, &decoded, NULL, row);
}

/* The next line that is a row. */
static bool next_line(struct rows *rows, struct line *line)
{
    struct state *state = rows->state;
    const struct buf *bytes = &rows->chunk->bytes;
    size_t next;
    for (; state->at < bytes->len; state->at += next, state->place.line++) {
        line->text = bytes->at + state->at;
        line->len = fixed_line(line->text, bytes->len - state->at, &next);
        bool skipped = state->place.line <= state->fixed->skip;
        if (!skipped && !fixed_is_blank(line->text, line->len)) {
            line->inside = fixed_cut(state->fixed, line->text, line->len,
                                     state->offsets, &line->units);
            state->at += next;
            return true;
        }
        left_out_count(&rows->chunk->left, skipped ? LEFT_SKIPPED : LEFT_BLANK,
                       state->place.line);
    }
    return false;
}

static bool rows_next(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    struct line line;
    if (!next_line(rows, &line))
        return false;
    take(rows, &line, row);
    state->place.line++;
    state->place.index++;
    return true;
}

const struct row_reader fixed_rows = {
    .open = rows_open,
    .begin = rows_begin,
    .next = rows_next,
    .close = rows_close,
};
