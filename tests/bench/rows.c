/* rows.c: bytes to cells, sixteen at a time where the processor can.
 *
 * A block of the file is held; a row that does not end in it moves to its
 * start and more is read behind. Cells are found in place, and only what has
 * doubled quotes or decomposed letters is rewritten, into the scratch space.
 * Behind the block stand zero bytes, so that looking ahead is always allowed.
 */
#include "work.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 1 << 20, AHEAD = 64 };

/* What sixteen bytes hold, a bit for each: `stop` ends a plain cell. */
struct seen {
    unsigned stop, wide, escape;
};

#ifdef __SSE2__
#include <emmintrin.h>

static inline unsigned bits(__m128i mask)
{
    return (unsigned)_mm_movemask_epi8(mask);
}

static inline struct seen look(const char *at)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i low = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8(',')),
                                _mm_cmpeq_epi8(v, _mm_set1_epi8('\n')));
    __m128i marks = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                 _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    return (struct seen){bits(ends), bits(v), bits(_mm_or_si128(low, marks))};
}
/* Is all of it ASCII, two bytes led by C2 to CB, or E1 BA and E1 BB with one
 * more: what Vietnamese in NFC is made of? Leads and tails are compared as
 * bits: each lead must be followed by its tails, and no tail stands alone. */
static bool is_common(const char *at, size_t len)
{
    unsigned due = 0, second = 0; /* bits carried into the next sixteen */
    for (size_t i = 0; i < len; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
        unsigned here = len - i < 16 ? (1u << (len - i)) - 1 : 0xFFFF;
        unsigned high = bits(v) & here;
        if ((high | due | second) == 0)
            continue;
        __m128i pair = _mm_add_epi8(v, _mm_set1_epi8(0x80 - 0xC2));
        unsigned two =
            here & bits(_mm_cmplt_epi8(pair, _mm_set1_epi8((char)(0x80 + 10))));
        unsigned three = here & bits(_mm_cmpeq_epi8(v, _mm_set1_epi8('\xE1')));
        unsigned tail =
            here & bits(_mm_cmplt_epi8(v, _mm_set1_epi8((char)0xC0)));
        unsigned viet = bits(_mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8(1)),
                                            _mm_set1_epi8('\xBB')));
        unsigned behind = three << 1 | (second & 1);
        unsigned want = two << 1 | behind | three << 2 | due;
        if ((want & here) != tail || (two | three | tail) != high ||
            (behind & here & ~viet) != 0)
            return false;
        due = i + 16 < len ? want >> 16 : want & ~here;
        second = behind >> 16;
    }
    return due == 0;
}
#else
static bool is_common(const char *at, size_t len)
{
    size_t i = 0;
    while (i < len && (unsigned char)at[i] < 0x80)
        i++;
    return i == len;
}

static inline struct seen look(const char *at)
{
    struct seen seen = {0, 0, 0};
    for (unsigned i = 0; i < 16; i++) {
        unsigned char c = (unsigned char)at[i];
        seen.stop |= (unsigned)(c == ',' || c == '\n') << i;
        seen.wide |= (unsigned)(c >= 0x80) << i;
        seen.escape |= (unsigned)(c < 0x20 || c == '"' || c == '\\') << i;
    }
    return seen;
}
#endif

static inline uint32_t flags_of(unsigned wide, unsigned escape)
{
    return (wide != 0 ? WIDE : 0u) | (escape != 0 ? ESCAPE : 0u);
}

uint32_t cell_flags(const char *at, size_t len)
{
    unsigned wide = 0, escape = 0;
    for (; len >= 16; at += 16, len -= 16) {
        struct seen seen = look(at);
        wide |= seen.wide;
        escape |= seen.escape;
    }
    if (len > 0) {
        char last[16];
        memset(last, ' ', sizeof last);
        memcpy(last, at, len);
        struct seen seen = look(last);
        wide |= seen.wide;
        escape |= seen.escape;
    }
    return flags_of(wide, escape);
}

/* A cell without quotes; answers its end, NULL where the block ends first. */
static inline const char *plain_cell(const char *at, const char *end,
                                     struct cell *cell)
{
    const char *start = at;
    unsigned wide = 0, escape = 0;
    for (; at < end; at += 16) {
        struct seen seen = look(at);
        if (seen.stop != 0) {
            unsigned below = (seen.stop & -seen.stop) - 1;
            at += __builtin_ctz(seen.stop);
            if (at >= end)
                return NULL;
            *cell = (struct cell){start, (uint32_t)(at - start),
                                  flags_of(wide | (seen.wide & below),
                                           escape | (seen.escape & below))};
            return at;
        }
        wide |= seen.wide;
        escape |= seen.escape;
    }
    return NULL;
}

/* A cell that begins with a quote; *doubled counts its doubled quotes. */
static const char *quoted_cell(const char *at, const char *end,
                               struct cell *cell, unsigned *doubled,
                               uint64_t *lines)
{
    const char *start = ++at;
    *doubled = 0;
    for (;; at++) {
        const char *quote = memchr(at, '"', (size_t)(end - at));
        if (quote == NULL || quote + 1 >= end)
            return NULL;
        for (const char *c = at; c < quote; c++)
            *lines += *c == '\n';
        at = quote + 1;
        if (*at != '"')
            break;
        ++*doubled;
    }
    *cell = (struct cell){start, (uint32_t)(at - 1 - start), WIDE | ESCAPE};
    return at;
}

static void undouble(struct scratch *scratch, struct cell *cell)
{
    char *to = scratch->at;
    for (uint32_t i = 0; i < cell->len; i++) {
        *to++ = cell->at[i];
        i += cell->at[i] == '"';
    }
    cell->at = scratch->at;
    cell->len = (uint32_t)(to - scratch->at);
    scratch->at = to;
}

static const char *row_cells(struct rows *rows, struct row *row, const char *at,
                             const char *end)
{
    struct cell spare;
    unsigned doubled;
    for (row->count = 0;; at++) {
        struct cell *cell =
            row->count < COLUMNS ? &row->cells[row->count] : &spare;
        row->count++;
        if (*at != '"') {
            at = plain_cell(at, end, cell);
        } else {
            at = quoted_cell(at, end, cell, &doubled, &rows->line);
            if (at != NULL && doubled > 0)
                undouble(&rows->scratch, cell);
        }
        if (at == NULL || *at == '\n')
            return at;
        if (*at != ',') {
            row->fault = "text behind a closing quote";
            return memchr(at, '\n', (size_t)(end - at));
        }
    }
}

enum { VALID, DECOMPOSED, INVALID };

static inline bool is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Valid UTF-8, and composed as far as one can tell by looking. */
static int judge(const char *at, size_t len)
{
    const char *end = at + len;
    int verdict = VALID;
    while (at < end) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x80) {
            at++;
        } else if (c >= 0xC2 && c < 0xE0 && end - at > 1 && is_tail(at[1])) {
            if (c == 0xCC || c == 0xCD)
                verdict = DECOMPOSED;
            at += 2;
        } else if (c == 0xE1 && end - at > 2 &&
                   ((unsigned char)at[1] | 1) == 0xBB && is_tail(at[2])) {
            at += 3; /* U+1E80 to U+1EFF: most of Vietnamese */
        } else if (c >= 0xE0 && c < 0xF0 && end - at > 2 && is_tail(at[1]) &&
                   is_tail(at[2]) &&
                   !(c == 0xE0 && (unsigned char)at[1] < 0xA0) &&
                   !(c == 0xED && (unsigned char)at[1] >= 0xA0)) {
            verdict = DECOMPOSED;
            at += 3;
        } else if (c >= 0xF0 && c < 0xF5 && end - at > 3 && is_tail(at[1]) &&
                   is_tail(at[2]) && is_tail(at[3]) &&
                   !(c == 0xF0 && (unsigned char)at[1] < 0x90) &&
                   !(c == 0xF4 && (unsigned char)at[1] >= 0x90)) {
            verdict = DECOMPOSED;
            at += 4;
        } else {
            return INVALID;
        }
    }
    return verdict;
}

static void finish_cells(struct rows *rows, struct row *row)
{
    if (row->count != COLUMNS && row->fault == NULL)
        row->fault = "wrong number of cells";
    unsigned count = row->count < COLUMNS ? row->count : COLUMNS;
    bool common = is_common(row->source, row->source_len);
    for (unsigned i = 0; i < count; i++) {
        struct cell *cell = &row->cells[i];
        if (cell->len == 0)
            continue;
        if (!common && (cell->flags & WIDE) != 0) {
            int verdict = judge(cell->at, cell->len);
            if (verdict == INVALID)
                row->fault = "not UTF-8";
            else if (verdict == DECOMPOSED)
                *cell = cell_nfc(&rows->scratch, *cell);
        }
        if ((unsigned char)(cell->at[0] - 0x21) >= 0x5E ||
            (unsigned char)(cell->at[cell->len - 1] - 0x21) >= 0x5E)
            *cell = cell_trim(*cell);
    }
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* More of the file behind what is left of the block. */
static bool refill(struct rows *rows)
{
    if (rows->over)
        return false;
    rows->end -= rows->start;
    memmove(rows->block, rows->block + rows->start, rows->end);
    rows->start = 0;
    if (rows->end == rows->size) {
        rows->size *= 2;
        rows->block = realloc(rows->block, rows->size + AHEAD);
        rows->scratch.size = rows->size;
        rows->scratch.first = realloc(rows->scratch.first, 8 * rows->size);
        if (rows->block == NULL || rows->scratch.first == NULL)
            fail("memory");
    }
    ssize_t got =
        read(rows->file, rows->block + rows->end, rows->size - rows->end);
    if (got < 0)
        fail("read");
    rows->over = got == 0;
    rows->end += (size_t)got;
    memset(rows->block + rows->end, 0, AHEAD);
    return got > 0;
}

bool rows_next(struct rows *rows, struct row *row)
{
    for (;;) {
        const char *at = rows->block + rows->start;
        uint64_t line = rows->line;
        row->fault = NULL;
        rows->scratch.at = rows->scratch.first;
        const char *end = row_cells(rows, row, at, rows->block + rows->end);
        if (end != NULL) {
            row->line = line;
            row->source = at;
            row->source_len = (size_t)(end - at);
            rows->line++;
            rows->start += row->source_len + 1;
            finish_cells(rows, row);
            return true;
        }
        rows->line = line;
        if (!refill(rows))
            return false;
    }
}

void rows_open(struct rows *rows, const char *path, struct row *header)
{
    *rows = (struct rows){.file = open(path, O_RDONLY), .size = BLOCK};
    if (rows->file < 0)
        fail(path);
    rows->line = 1;
    rows->block = calloc(BLOCK + AHEAD, 1);
    rows->scratch.first = malloc(8 * BLOCK);
    if (rows->block == NULL || rows->scratch.first == NULL)
        fail("memory");
    rows_next(rows, header);
}

void rows_close(struct rows *rows)
{
    close(rows->file);
    free(rows->block);
    free(rows->scratch.first);
}
