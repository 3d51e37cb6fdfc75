/* line.c: where lines end, and where they are cut. */
#include <string.h>

#include "base/utf8.h"
#include "fixed.h"

/* CR is rare: it is looked for only in the line that LF has ended. */
size_t fixed_line(const char *text, size_t len, size_t *next)
{
    const char *feed = len > 0 ? memchr(text, '\n', len) : NULL;
    size_t end = feed ? (size_t)(feed - text) : len;
    const char *back = end > 0 ? memchr(text, '\r', end) : NULL;
    *next = feed ? end + 1 : len;
    if (back == NULL)
        return end;
    size_t at = (size_t)(back - text);
    if (feed == NULL || at + 1 < end) /* it ends a line by itself */
        *next = at + 1;
    return at;
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
    for (; at < len && *count > 0; --*count)
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
