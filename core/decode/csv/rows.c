/* rows.c: the mapper's half: rows into cells, in one pass of masks.
 *
 * A block of 64 bytes becomes a mask of events (delimiters, quotes, control
 * bytes) and masks of what cells want to know (block.c). Walking from
 * event to event, each cell's flags are what its stretch of the masks says. A
 * cell that must change (doubled quotes, escapes, other than NFC) is written
 * anew into the arena; all others stay where they are. */
#include <stdlib.h>
#include <string.h>

#include "base/nfc.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "decode/table/unwrap.h"
#include "rows.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define NEVER_INLINE  static __attribute__((noinline))

/* Bytes that white space may begin with, and end with; and what spreadsheets
 * put before digits that are to stay. */
static const unsigned char first_edges[256] = {
    ['='] = 1,  ['\''] = 1, ['\t'] = 1, ['\n'] = 1, ['\v'] = 1,
    ['\f'] = 1, ['\r'] = 1, [' '] = 1,  [0xC2] = 1, [0xE1] = 1,
    [0xE2] = 1, [0xE3] = 1, [0xEF] = 1,
};
static const unsigned char last_edges[256] = {
    ['\t'] = 1, ['\n'] = 1, ['\v'] = 1, ['\f'] = 1, ['\r'] = 1, [' '] = 1,
    [0x80] = 1, [0x81] = 1, [0x82] = 1, [0x83] = 1, [0x84] = 1, [0x85] = 1,
    [0x86] = 1, [0x87] = 1, [0x88] = 1, [0x89] = 1, [0x8A] = 1, [0x8B] = 1,
    [0x9F] = 1, [0xA0] = 1, [0xA8] = 1, [0xA9] = 1, [0xAF] = 1, [0xBF] = 1,
};
static const unsigned char first_marks[256] = {['='] = 1, ['\''] = 1};
static const unsigned char no_edges[256];

void csv_rows_init(struct csv_rows *rows, const struct csv_grammar *grammar,
                   bool trim)
{
    *rows = (struct csv_rows){
        .grammar = *grammar,
        .first_edge = trim ? first_edges : first_marks,
        .last_edge = trim ? last_edges : no_edges,
        .trim = trim,
        .cap = 64,
    };
    rows->cells = mem_alloc(rows->cap * sizeof *rows->cells);
    csv_skips(&rows->grammar); /* the delimiter may be a candidate's */
}

void csv_rows_release(struct csv_rows *rows)
{
    buf_release(&rows->scratch);
    buf_release(&rows->unwrapped);
    free(rows->run.all);
    free(rows->cells);
    *rows = (struct csv_rows){0};
}

void csv_rows_text(struct csv_rows *rows, char *text, size_t len,
                   struct arena *arena)
{
    memset(text + len, ' ', 64);
    text[len] = '\n';
    rows->text = text;
    rows->len = len;
    rows->arena = arena;
    rows->before = rows->after = rows->run.end = 0;
    rows->at = rows->bad_upto = rows->odd = 0;
    rows->carry = (struct csv_carry){0};
    csv_load(rows, 0);
}

/* Letters of Vietnamese end as white space does, in single bytes: true when
 * the last letter certainly is one, and the first byte is no white space. */
static inline bool ends_in_letter(const unsigned char *text, size_t len)
{
    unsigned char first = text[0];
    return len >= 3 && first > ' ' && first < 0xE1 && first != 0xC2 &&
           ((text[len - 2] >= 0xC3 && text[len - 2] <= 0xC6) ||
            (text[len - 3] == 0xE1 && (text[len - 2] & 0xFE) == 0xBA));
}

/* White space off both ends, by code point. */
NEVER_INLINE void trim(struct value *cell)
{
    if (ends_in_letter((const unsigned char *)cell->text, cell->len))
        return;
    const char *start = cell->text, *end = cell->text + cell->len;
    utf8_trim(&start, &end);
    cell->text = start;
    cell->len = (uint32_t)(end - start);
}

/* Makes the cell's text NFC if it is not. */
NEVER_INLINE void compose(struct csv_rows *rows, struct value *cell)
{
    if (utf8_is_nfc(cell->text, cell->len))
        return;
    buf_clear(&rows->scratch);
    utf8_nfc(&rows->scratch, cell->text, cell->len);
    size_t len = rows->scratch.len;
    char *text = arena_alloc(rows->arena, len);
    memcpy(text, rows->scratch.at, len);
    cell->text = text;
    cell->len = (uint32_t)len;
    cell->flags = value_flags(text, len);
}

/* Takes doubled quotes and escapes out of the cell. */
NEVER_INLINE void unescape(struct csv_rows *rows, struct value *cell,
                           bool quoted)
{
    const struct csv_grammar *grammar = &rows->grammar;
    const char *from = cell->text;
    size_t len = cell->len, out = 0;
    char *to = arena_alloc(rows->arena, len);
    for (size_t i = 0; i < len; i++) {
        char next = i + 1 < len ? from[i + 1] : '\0';
        bool special = next == grammar->quote || next == grammar->escape ||
                       next == grammar->delimiter || next == '\n' ||
                       next == '\r';
        if (i + 1 < len && ((from[i] == grammar->escape &&
                             grammar->escape != '\n' && special) ||
                            (quoted && grammar->doubled &&
                             from[i] == grammar->quote && next == from[i])))
            i++;
        to[out++] = from[i];
    }
    cell->text = to;
    cell->len = (uint32_t)out;
    cell->flags = value_flags(to, out);
}

/* What the masks said of the stretch since the last delimiter. */
struct stretch {
    uint64_t since;         /* its bits in this block */
    uint64_t high, special; /* of the blocks before this one */
    uint64_t bit;           /* the event just met */
};

/* Goes to the next block. */
ALWAYS_INLINE void next_block(struct csv_rows *rows, struct csv_block *block,
                              struct stretch *stretch)
{
    stretch->high |= block->high & stretch->since;
    stretch->special |= block->special & stretch->since;
    stretch->since = ~UINT64_C(0);
    csv_load(rows, block->base + 64);
    block->base += 64;
    block->events = rows->block.events;
    block->high = rows->block.high;
    block->special = rows->block.special;
}

ALWAYS_INLINE size_t next_event(struct csv_rows *rows, struct csv_block *block,
                                struct stretch *stretch)
{
    while (block->events == 0)
        next_block(rows, block, stretch);
    stretch->bit = block->events & -block->events;
    unsigned place = scan_first(block->events);
    block->events &= block->events - 1;
    return block->base + place;
}

/* A stretch begins after the event just met. */
ALWAYS_INLINE void begin(struct stretch *stretch)
{
    stretch->since = -(stretch->bit << 1);
    stretch->high = stretch->special = 0;
}

/* The event after `at` is none; the text's end stays one. */
ALWAYS_INLINE void drop_next(struct csv_rows *rows, struct csv_block *block,
                             size_t at)
{
    size_t place = at + 1 - block->base;
    if (at + 1 == rows->len)
        return;
    if (place < 64)
        block->events &= ~(UINT64_C(1) << place);
    else
        rows->carry.drop = 1;
}

/* Takes off what a spreadsheet has put around or before the cell. */
NEVER_INLINE void unwrap(struct csv_rows *rows, struct value *cell)
{
    unsigned index = (unsigned)(cell - rows->cells);
    if (rows->marked || !table_unwrap(cell, rows->arena))
        return;
    if (rows->trim)
        trim(cell);
    buf_add(&rows->unwrapped, &index, sizeof index);
}

enum { QUOTED = 1, CHANGED = 2 }; /* of a cell */

/* The cell is not simply what stands there. */
NEVER_INLINE void mend(struct csv_rows *rows, struct value *cell, unsigned kind)
{
    if ((kind & CHANGED) != 0)
        (rows->grammar.copy ? csv_uncopy : unescape)(rows, cell, kind & QUOTED);
    if (rows->trim)
        trim(cell);
    if (cell->len > 0 && first_marks[(unsigned char)*cell->text])
        unwrap(rows, cell);
}

NEVER_INLINE struct value *grow_cells(struct csv_rows *rows)
{
    rows->cap *= 2;
    return rows->cells =
               mem_resize(rows->cells, rows->cap * sizeof *rows->cells);
}

/* The cell from `from` to the event just met at `to`. */
ALWAYS_INLINE void put_cell(struct csv_rows *rows,
                            const struct csv_block *block,
                            const struct stretch *stretch, unsigned index,
                            size_t from, size_t to, unsigned kind)
{
    uint64_t seen = stretch->since & (stretch->bit - 1);
    uint64_t high = stretch->high | (block->high & seen);
    uint64_t special = stretch->special | (block->special & seen);
    struct value *cell = &rows->cells[index];
    const unsigned char *text = (const unsigned char *)rows->text + from;
    uint32_t len = (uint32_t)(to - from);
    if (__builtin_expect(index >= rows->cap, 0))
        cell = grow_cells(rows) + index;
    cell->text = (const char *)text;
    cell->len = len;
    cell->type = VALUE_TEXT;
    cell->flags = (uint8_t)((high != 0 ? VALUE_WIDE : 0) |
                            (special != 0 ? VALUE_SPECIAL : 0));
    unsigned edges =
        rows->first_edge[text[0]] | rows->last_edge[text[len - (len != 0)]];
    if (__builtin_expect((edges | (kind & CHANGED)) != 0, 0) && len != 0)
        mend(rows, cell, kind);
}

/* Line ends that an event at `at` stands for: a CR before LF is none yet. */
ALWAYS_INLINE uint64_t line_ends(const char *text, size_t at)
{
    return text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n');
}

/* Goes on from an opening quote to its closing one and puts the cell, then on
 * to the delimiter or line end after it, and answers where that is. */
ALWAYS_INLINE size_t take_quoted(struct csv_rows *rows, struct csv_block *block,
                                 struct stretch *stretch, unsigned index,
                                 size_t opened)
{
    const struct csv_grammar *grammar = &rows->grammar;
    const char *text = rows->text;
    unsigned kind = QUOTED;
    size_t at;
    begin(stretch);
    while ((at = next_event(rows, block, stretch)) < rows->len) {
        char byte = text[at];
        if (byte == grammar->quote) {
            if (!grammar->doubled || text[at + 1] != byte)
                break;
            kind |= CHANGED;
            drop_next(rows, block, at);
        } else if (byte == '\n' || byte == '\r') {
            rows->ends += line_ends(text, at);
        } else if (byte == grammar->escape) {
            kind |= CHANGED;
            drop_next(rows, block, at);
            rows->ends += line_ends(text, at + 1);
        }
    }
    put_cell(rows, block, stretch, index, opened + 1, at, kind);
    while (at < rows->len && text[at] != grammar->delimiter &&
           text[at] != '\n' && text[at] != '\r')
        at = next_event(rows, block, stretch);
    return at;
}

/* Only blanks divide the quote from the start of its cell. */
ALWAYS_INLINE bool opens(const struct csv_rows *rows, size_t start, size_t at)
{
    while (at > start && csv_is_gap(&rows->grammar, rows->text[at - 1]))
        at--;
    return at == start;
}

/* The masks of the block that the row begins in. */
ALWAYS_INLINE struct csv_block reach(struct csv_rows *rows)
{
    while (rows->at - rows->block.base >= 64)
        csv_load(rows, rows->block.base + 64);
    struct csv_block block = rows->block;
    block.events &= ~UINT64_C(0) << (rows->at - block.base);
    return block;
}

/* Past the delimiters and quotes within `="…"`, where that is what it is.
 * (Inlined, as block and stretch are to stay in registers.) */
ALWAYS_INLINE void skip_wrapped(struct csv_rows *rows, struct csv_block *block,
                                struct stretch *stretch, size_t opened)
{
    size_t after = csv_wrapped(&rows->grammar, rows->text, rows->len, opened);
    for (size_t at = opened; after != CSV_UNDECIDED && at + 1 < after;)
        at = next_event(rows, block, stretch);
}

/* What is no delimiter: a quote or an escape, somewhere in the cell, or a line
 * end. Answers where the cell ended, or SIZE_MAX while it goes on. */
ALWAYS_INLINE size_t at_other(struct csv_rows *rows, struct csv_block *block,
                              struct stretch *stretch, unsigned index,
                              size_t start, size_t at, unsigned *kind)
{
    char byte = rows->text[at];
    if (byte == '\n' || byte == '\r') {
        put_cell(rows, block, stretch, index, start, at, *kind);
        return at;
    }
    if (byte == rows->grammar.quote && opens(rows, start, at))
        return take_quoted(rows, block, stretch, index, at);
    if (byte == rows->grammar.quote && rows->text[at - 1] == '=' &&
        opens(rows, start, at - 1))
        skip_wrapped(rows, block, stretch, at);
    if (byte == rows->grammar.escape) {
        *kind = CHANGED;
        drop_next(rows, block, at);
        rows->ends += line_ends(rows->text, at + 1);
    }
    return SIZE_MAX;
}

/* Takes the row at rows->at apart. */
static void take_row(struct csv_rows *rows)
{
    struct csv_block block = reach(rows);
    struct stretch stretch = {.since = ~UINT64_C(0) << (rows->at - block.base)};
    const char *text = rows->text, delimiter = rows->grammar.delimiter;
    unsigned index = 0, kind = 0;
    size_t start = rows->at, at;
    rows->ends = 1;
    for (;;) {
        at = next_event(rows, &block, &stretch);
        rows->starts[index & 3] = start;
        if (__builtin_expect(text[at] == delimiter, 1)) {
            put_cell(rows, &block, &stretch, index, start, at, kind);
        } else {
            at = at_other(rows, &block, &stretch, index, start, at, &kind);
            if (at == SIZE_MAX)
                continue;
            if (text[at] != delimiter)
                break;
        }
        begin(&stretch);
        index++;
        start = at + 1;
        kind = 0;
    }
    rows->block.events = block.events;
    rows->start = rows->at;
    rows->end = at;
    rows->width = rows->taken = index + 1;
    at += text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
    rows->at = at < rows->len ? at : rows->len;
}

/* Some character in the row may not be NFC: looks at every cell. */
NEVER_INLINE void compose_row(struct csv_rows *rows)
{
    for (unsigned i = 0; i < rows->width; i++)
        if ((rows->cells[i].flags & VALUE_WIDE) != 0)
            compose(rows, &rows->cells[i]);
}

/* The row is none, and counted as what it is. */
static inline bool skipped(struct csv_rows *rows)
{
    const char *text = rows->text + rows->start;
    if (!csv_may_skip(&rows->grammar, *text))
        return false;
    enum left_kind kind =
        csv_left_kind(&rows->grammar, text, rows->end - rows->start);
    if (kind != LEFT_KINDS && rows->left != NULL)
        left_out_count(rows->left, kind, rows->line);
    return kind != LEFT_KINDS;
}

bool csv_rows_take(struct csv_rows *rows)
{
    while (rows->at < rows->len) {
        rows->line += rows->ends;
        buf_clear(&rows->unwrapped);
        take_row(rows);
        if (rows->start < rows->odd)
            compose_row(rows);
        if (!skipped(rows))
            return true;
    }
    return false;
}
