/* nfc.c: NFC by segments.
 *
 * A segment begins at a code point that stands in the table of steady ones,
 * which never change and never join what precedes them. Text made of those
 * alone, as nearly all is, is NFC already and is told so by a scan; a segment
 * that is not is decomposed, ordered and composed with what utf8proc knows. */
#include "nfc.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "mem.h"
#include "utf8.h"

/* Ranges of steady code points: NFC by themselves, combining class 0, and
 * never the second of a composition. Not all there are, but all that customer
 * lists are made of. A test holds them against utf8proc. */
static const struct {
    int32_t first, last;
} steady[] = {
    {0x0000, 0x02FF}, {0x0391, 0x03CE},   {0x0400, 0x0482}, {0x048A, 0x052F},
    {0x05D0, 0x05EA}, {0x0621, 0x064A},   {0x0E01, 0x0E37}, {0x0E3F, 0x0E47},
    {0x1E00, 0x1EFF}, {0x2010, 0x205E},   {0x20A0, 0x20BF}, {0x2100, 0x2125},
    {0x2190, 0x2328}, {0x2460, 0x2ADB},   {0x3003, 0x3029}, {0x3041, 0x3096},
    {0x309B, 0x30FF}, {0x3400, 0x4DBF},   {0x4E00, 0x9FFC}, {0xAC00, 0xD7A3},
    {0xFF01, 0xFFBE}, {0x1F300, 0x1FAD6},
};

static bool is_steady(int32_t rune)
{
    /* Latin and Vietnamese letters, without a search. */
    if (rune < 0x300 || (rune >= 0x1E00 && rune <= 0x1EFF))
        return true;
    size_t low = 0, high = sizeof steady / sizeof steady[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > steady[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof steady / sizeof steady[0] && rune >= steady[low].first;
}

bool utf8_is_nfc(const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end)
        if (!is_steady(utf8_next(&at, end)))
            return false;
    return true;
}

/* A segment, decomposed. */
struct segment {
    int32_t *at;
    size_t len, cap;
    int32_t fixed[256];
};

static void segment_add(struct segment *segment, int32_t rune)
{
    enum { LONGEST = 32 }; /* a canonical decomposition has at most four */
    if (segment->cap - segment->len < LONGEST) {
        int32_t *old = segment->at;
        segment->cap *= 2;
        segment->at = mem_alloc(segment->cap * sizeof *segment->at);
        memcpy(segment->at, old, segment->len * sizeof *segment->at);
        if (old != segment->fixed)
            free(old);
    }
    int boundclass = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(rune, segment->at + segment->len, LONGEST,
                                UTF8PROC_DECOMPOSE, &boundclass);
    /* A negative count is an error, a greater one says how much room it would
     * need; neither happens with a valid code point. */
    if (count > 0 && count <= LONGEST)
        segment->len += (size_t)count;
}

static unsigned rank(int32_t rune)
{
    return (unsigned)utf8proc_get_property(rune)->combining_class & 0xFF;
}

/* Orders marks by their class, keeping the order of equals: by insertion for
 * a few, by counting for a flood, which must not cost its square. */
static void order_marks(int32_t *at, size_t len)
{
    if (len > 32) {
        size_t place[257] = {0};
        int32_t *copy = mem_alloc(len * sizeof *copy);
        memcpy(copy, at, len * sizeof *copy);
        for (size_t i = 0; i < len; i++)
            place[rank(at[i]) + 1]++;
        for (size_t i = 1; i < 257; i++)
            place[i] += place[i - 1];
        for (size_t i = 0; i < len; i++)
            at[place[rank(copy[i])]++] = copy[i];
        free(copy);
        return;
    }
    for (size_t i = 1; i < len; i++) {
        int32_t rune = at[i];
        size_t to = i;
        for (; to > 0 && rank(at[to - 1]) > rank(rune); to--)
            at[to] = at[to - 1];
        at[to] = rune;
    }
}

/* Orders, composes, writes and empties the segment. */
static void segment_end(struct segment *segment, struct buf *out)
{
    for (size_t i = 0; i < segment->len;) {
        size_t last = i;
        while (last < segment->len && rank(segment->at[last]) != 0)
            last++;
        order_marks(segment->at + i, last - i);
        i = last + 1;
    }
    utf8proc_ssize_t len =
        utf8proc_normalize_utf32(segment->at, (utf8proc_ssize_t)segment->len,
                                 UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    for (utf8proc_ssize_t i = 0; i < len; i++)
        utf8_put(out, segment->at[i]);
    segment->len = 0;
}

void utf8_nfc(struct buf *out, const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    struct segment segment;
    segment.at = segment.fixed;
    segment.len = 0;
    segment.cap = sizeof segment.fixed / sizeof segment.fixed[0];
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (is_steady(rune))
            segment_end(&segment, out);
        if (rune >= 0)
            segment_add(&segment, rune);
    }
    segment_end(&segment, out);
    if (segment.at != segment.fixed)
        free(segment.at);
}
