/* line.c: where lines end, and where they are cut. */
#include <string.h>

#include "base/utf8.h"
#include "fixed.h"

/* The first LF or CR, or the end. Both are looked for in windows: text may have
 * many of the one and none of the other. */
static size_t find_end(const char *text, size_t len)
{
    enum { WINDOW = 512 };
    for (size_t from = 0; from < len; from += WINDOW) {
        size_t size = len - from < WINDOW ? len - from : WINDOW;
        const char *feed = memchr(text + from, '\n', size);
        if (feed != NULL)
            size = (size_t)(feed - text) - from;
        const char *back = memchr(text + from, '\r', size);
        if (back != NULL || feed != NULL)
            return (size_t)((back != NULL ? back : feed) - text);
    }
    return len;
}

size_t fixed_line(const char *text, size_t len, size_t *next)
{
    size_t end = find_end(text, len);
    bool both = end + 1 < len && text[end] == '\r' && text[end + 1] == '\n';
    *next = end + both + (end < len);
    return end;
}

bool fixed_is_blank(const char *text, size_t len)
{
    if (len == 0)
        return true;
    if ((unsigned char)*text > ' ' && (unsigned char)*text < 0x80)
        return false;
    const char *start = text, *end = text + len;
    utf8_trim(&start, &end);
    return start == end;
}

/* After the character at `at`; what stands for a byte that could not be decoded
 * (charset.h) is one. */
static inline size_t next_character(const char *text, size_t len, size_t at,
                                    bool decoded)
{
    if (decoded && (unsigned char)text[at] == 0xFF && len - at >= 3)
        return at + 3;
    at++;
    while (at < len && ((unsigned char)text[at] & 0xC0) == 0x80)
        at++;
    return at;
}

/* After `*count` of them, or the end; *count: what was left. */
static size_t go_on(const char *text, size_t len, size_t at, bool decoded,
                    size_t *count)
{
    for (; at<len && * count> 0; --*count)
        at = next_character(text, len, at, decoded);
    return at;
}

unsigned fixed_cut(const struct fixed_input *fixed, const char *text,
                   size_t len, size_t *offsets, size_t *units)
{
    const struct fixed_layout *layout = &fixed->layout;
    bool decoded = fixed->feed.transcoder.decoder != NULL;
    unsigned inside = 0;
    size_t at = 0, reached = 0;
    for (unsigned i = 0; i < layout->edge_count; i++) {
        size_t edge = layout->edges[i], left = edge - reached;
        if (fixed->in_bytes) {
            at = edge < len ? edge : len;
            left = edge - at;
        } else {
            at = go_on(text, len, at, decoded, &left);
        }
        reached = edge - left;
        offsets[i] = at;
        inside += left == 0;
    }
    size_t more = len;
    go_on(text, len, at, decoded, &more);
    *units = fixed->in_bytes ? len : reached + (len - more);
    return inside;
}
