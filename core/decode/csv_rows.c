/* csv_rows.c: the mapper's half: rows into cells, in one pass of masks.
 *
 * A block of 64 bytes becomes a mask of events (delimiters, quotes, line ends)
 * and masks of what cells want to know: bytes of 0x80 and above, bytes that
 * JSON escapes, characters that may not be NFC. Walking from event to event,
 * each cell's flags are what its stretch of the masks says. That the text is
 * UTF-8 is checked in the same masks, by comparing where tails stand with
 * where the leads want them; only leads that Vietnamese text does not use are
 * decoded one by one. A cell that must change (doubled quotes, escapes, other
 * than NFC) is written anew into the arena; all others stay where they are. */
#include <stdlib.h>
#include <string.h>

#include "../scan.h"
#include "../utf8.h"
#include "csv.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define NEVER_INLINE  static __attribute__((noinline))

/* Bytes that white space may begin with, and end with. */
static const unsigned char first_edges[256] = {
    ['\t'] = 1, ['\n'] = 1, ['\v'] = 1, ['\f'] = 1, ['\r'] = 1, [' '] = 1,
    [0xC2] = 1, [0xE1] = 1, [0xE2] = 1, [0xE3] = 1, [0xEF] = 1,
};
static const unsigned char last_edges[256] = {
    ['\t'] = 1, ['\n'] = 1, ['\v'] = 1, ['\f'] = 1, ['\r'] = 1, [' '] = 1,
    [0x80] = 1, [0x81] = 1, [0x82] = 1, [0x83] = 1, [0x84] = 1, [0x85] = 1,
    [0x86] = 1, [0x87] = 1, [0x88] = 1, [0x89] = 1, [0x8A] = 1, [0x8B] = 1,
    [0x9F] = 1, [0xA0] = 1, [0xA8] = 1, [0xA9] = 1, [0xAF] = 1, [0xBF] = 1,
};
static const unsigned char no_edges[256];

void csv_rows_init(struct csv_rows *rows, const struct csv_grammar *grammar,
                   bool trim)
{
    *rows = (struct csv_rows){
        .grammar = *grammar,
        .first_edge = trim ? first_edges : no_edges,
        .last_edge = trim ? last_edges : no_edges,
        .trim = trim,
        .cap = 64,
    };
    rows->cells = mem_alloc(rows->cap * sizeof *rows->cells);
}

void csv_rows_release(struct csv_rows *rows)
{
    buf_release(&rows->scratch);
    free(rows->cells);
    *rows = (struct csv_rows){0};
}

/* Checks the leads that are not told by masks: tails they are owed (in the
 * next block too), and whether they may not be NFC. Answers the invalid. */
static uint64_t check_odd(const struct csv_rows *rows, struct csv_block *block,
                          uint64_t leads, uint64_t *owed)
{
    const char *end = rows->text + rows->len;
    uint64_t bad = 0;
    for (; leads != 0; leads &= leads - 1) {
        unsigned place = scan_first(leads);
        const char *start = rows->text + block->base + place, *at = start;
        if (start >= end || utf8_next(&at, end) < 0) {
            bad |= leads & -leads;
            continue;
        }
        size_t length = (size_t)(at - start);
        if (!utf8_is_nfc(start, length))
            block->odd |= leads & -leads;
        for (size_t i = place + 1; i < place + length; i++) {
            if (i < 64)
                *owed |= UINT64_C(1) << i;
            else
                block->owed |= UINT64_C(1) << (i - 64);
        }
    }
    return bad;
}

/* Are all bytes of 0x80 and above in their places? 0xC2 to 0xCB lead one tail
 * and are NFC, 0xE1 leads two, and is NFC before 0xB8 to 0xBB. */
static bool check_utf8(const struct csv_rows *rows,
                       const struct scan_block *bytes, struct csv_block *block,
                       uint64_t owed, uint64_t second)
{
    uint64_t tails = scan_mask(scan_bits_are(bytes, 0xC0, 0x80));
    uint64_t three = scan_mask(scan_is(bytes, (char)0xE1));
    uint64_t latin = scan_mask(scan_bits_are(bytes, 0xFC, 0xB8));
    uint64_t others = scan_mask(scan_or(scan_from(bytes, 0xCC),
                                        scan_bits_are(bytes, 0xFE, 0xC0))) &
                      ~three;
    uint64_t leads = block->high & ~tails & ~others;
    uint64_t bad = 0;
    owed |= leads << 1 | three << 2;
    block->owed = leads >> 63 | three >> 62;
    block->second = three >> 63;
    block->odd = (three << 1 | second) & ~latin;
    if (others != 0)
        bad = check_odd(rows, block, others, &owed);
    return (bad | (tails ^ owed)) == 0;
}

NEVER_INLINE struct csv_block load(struct csv_rows *rows, size_t base,
                                   const struct csv_block *before)
{
    const struct csv_grammar *grammar = &rows->grammar;
    struct scan_block bytes = scan_load(rows->text + base);
    struct scan_block ends =
        scan_or(scan_is(&bytes, '\n'), scan_is(&bytes, '\r'));
    struct scan_block marks =
        scan_or(scan_is(&bytes, grammar->delimiter),
                scan_or(scan_is(&bytes, grammar->quote),
                        scan_is(&bytes, grammar->escape)));
    struct csv_block block = {
        .base = base,
        .events = scan_mask(scan_or(ends, marks)) & ~before->drop,
        .high = scan_high(&bytes),
        .escape = scan_mask(
            scan_or(scan_below(&bytes, 0x20),
                    scan_or(scan_is(&bytes, '"'), scan_is(&bytes, '\\')))),
    };
    bool sound = !scan_has_nul(&bytes);
    if ((block.high | before->owed) != 0)
        sound &= check_utf8(rows, &bytes, &block, before->owed, before->second);
    if (!sound)
        rows->suspect = base + 64;
    return block;
}

void csv_rows_text(struct csv_rows *rows, char *text, size_t len,
                   struct arena *arena)
{
    static const struct csv_block nothing;
    memset(text + len, ' ', 64);
    text[len] = '\n';
    rows->text = text;
    rows->len = len;
    rows->at = 0;
    rows->arena = arena;
    rows->suspect = 0;
    rows->block = load(rows, 0, &nothing);
}

/* White space off both ends, by code point. */
NEVER_INLINE void trim(struct value *cell)
{
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
    if (len == cell->len && memcmp(rows->scratch.at, cell->text, len) == 0)
        return;
    char *text = arena_alloc(rows->arena, len);
    memcpy(text, rows->scratch.at, len);
    cell->text = text;
    cell->len = (uint32_t)len;
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
    cell->flags = (uint8_t)((scan_text_wide(to, out) ? VALUE_WIDE : 0) |
                            (scan_text_escape(to, out) ? VALUE_ESCAPE : 0));
}

NEVER_INLINE void grow_cells(struct csv_rows *rows)
{
    rows->cap *= 2;
    rows->cells = mem_resize(rows->cells, rows->cap * sizeof *rows->cells);
}

/* What the masks said of the stretch since the last delimiter. */
struct stretch {
    uint64_t since;             /* its bits in this block */
    uint64_t high, escape, odd; /* of the blocks before this one */
    uint64_t bit;               /* the event just met */
};

ALWAYS_INLINE size_t next_event(struct csv_rows *rows, struct csv_block *block,
                                struct stretch *stretch)
{
    while (block->events == 0) {
        stretch->high |= block->high & stretch->since;
        stretch->escape |= block->escape & stretch->since;
        stretch->odd |= block->odd & stretch->since;
        stretch->since = ~UINT64_C(0);
        struct csv_block before = *block;
        *block = load(rows, before.base + 64, &before);
    }
    stretch->bit = block->events & -block->events;
    unsigned place = scan_first(block->events);
    block->events &= block->events - 1;
    return block->base + place;
}

/* A stretch begins behind the event just met. */
ALWAYS_INLINE void begin(struct stretch *stretch)
{
    stretch->since = -(stretch->bit << 1);
    stretch->high = stretch->escape = stretch->odd = 0;
}

/* The event behind `at` is none; the text's end stays one. */
ALWAYS_INLINE void drop_next(const struct csv_rows *rows,
                             struct csv_block *block, size_t at)
{
    size_t place = at + 1 - block->base;
    if (at + 1 == rows->len)
        return;
    if (place < 64)
        block->events &= ~(UINT64_C(1) << place);
    else
        block->drop = 1;
}

enum { QUOTED = 1, CHANGED = 2 }; /* of a cell */

/* The cell from `from` to the event just met at `to`. */
ALWAYS_INLINE void put_cell(struct csv_rows *rows,
                            const struct csv_block *block,
                            const struct stretch *stretch, unsigned index,
                            size_t from, size_t to, unsigned kind)
{
    uint64_t seen = stretch->since & (stretch->bit - 1);
    bool wide = (stretch->high | (block->high & seen)) != 0;
    bool escape = (stretch->escape | (block->escape & seen)) != 0;
    bool odd = (stretch->odd | (block->odd & seen)) != 0;
    struct value cell = {
        .text = rows->text + from,
        .len = (uint32_t)(to - from),
        .type = VALUE_TEXT,
        .flags = (uint8_t)(wide * VALUE_WIDE | escape * VALUE_ESCAPE),
    };
    if (__builtin_expect((kind & CHANGED) != 0, 0))
        unescape(rows, &cell, (kind & QUOTED) != 0);
    const unsigned char *text = (const unsigned char *)cell.text;
    if (__builtin_expect(rows->first_edge[text[0]] |
                             rows->last_edge[text[cell.len - (cell.len != 0)]],
                         0) &&
        cell.len != 0)
        trim(&cell);
    if (__builtin_expect(odd, 0))
        compose(rows, &cell);
    if (__builtin_expect(index >= rows->cap, 0))
        grow_cells(rows);
    rows->cells[index] = cell;
}

/* Line ends that an event at `at` stands for: a CR before LF is none yet. */
ALWAYS_INLINE uint64_t line_ends(const char *text, size_t at)
{
    return text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n');
}

/* Goes on from an opening quote to its closing one and puts the cell, then on
 * to the delimiter or line end behind it, and answers where that is. */
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
    rows->quoted = true;
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

/* Finds the masks of the block that the row begins in. */
static struct csv_block reach(struct csv_rows *rows)
{
    struct csv_block block = rows->block;
    while (rows->at - block.base >= 64) {
        struct csv_block before = block;
        block = load(rows, before.base + 64, &before);
    }
    block.events &= ~UINT64_C(0) << (rows->at - block.base);
    return block;
}

/* Takes the row at rows->at apart. */
static void take_row(struct csv_rows *rows)
{
    struct csv_block block = reach(rows);
    struct stretch stretch = {.since = ~UINT64_C(0) << (rows->at - block.base)};
    const char *text = rows->text, delimiter = rows->grammar.delimiter;
    unsigned index = 0, kind = 0;
    size_t start = rows->at, at;
    rows->quoted = false;
    rows->ends = 0;
    for (;;) {
        at = next_event(rows, &block, &stretch);
        char byte = text[at];
        bool ends = byte == '\n' || byte == '\r';
        rows->starts[index & 3] = start;
        if (byte == delimiter || ends) {
            put_cell(rows, &block, &stretch, index, start, at, kind);
        } else if (byte == rows->grammar.escape) {
            kind = CHANGED;
            drop_next(rows, &block, at);
            rows->ends += line_ends(text, at + 1);
            continue;
        } else {
            if (!opens(rows, start, at))
                continue;
            at = take_quoted(rows, &block, &stretch, index, at);
            ends = text[at] != delimiter;
        }
        index++;
        if (ends)
            break;
        begin(&stretch);
        start = at + 1;
        kind = 0;
    }
    rows->block = block;
    rows->start = rows->at;
    rows->end = at;
    rows->width = index;
    rows->ends++;
    at += text[at] == '\r' && text[at + 1] == '\n' ? 2 : 1;
    rows->at = at < rows->len ? at : rows->len;
}

bool csv_rows_take(struct csv_rows *rows)
{
    while (rows->at < rows->len) {
        rows->line += rows->ends;
        take_row(rows);
        if (rows->width > 1 || rows->quoted ||
            !csv_is_blank(&rows->grammar, rows->text + rows->start,
                          rows->end - rows->start))
            return true;
    }
    return false;
}
