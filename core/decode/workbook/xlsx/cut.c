/* cut.c: pairs of bytes that a mark begins with, 64 at once; each that is found
 * is then looked at. Text holds neither '<' nor, mostly, "/s". */
#include "cut.h"

#include <stdbool.h>
#include <string.h>

#include "base/scan.h"
#include "tag.h"

/* "<r", "<!", "<?" and "/s". */
static uint64_t pairs(const char *at)
{
    struct scan_block first = scan_load(at), second = scan_load(at + 1);
    struct scan_block opens = scan_is(&first, '<');
    struct scan_block odd =
        scan_or(scan_is(&second, '!'), scan_is(&second, '?'));
    uint64_t after = scan_mask(scan_or(odd, scan_is(&second, 'r')));
    uint64_t slash = scan_mask(scan_is(&first, '/'));
    return (scan_mask(opens) & after) |
           (slash & scan_mask(scan_is(&second, 's')));
}

static bool ends_name(char c)
{
    return xlsx_is_blank(c) || c == '>' || c == '/';
}

/* What stands at `at`, where a pair is. *more: it goes on out of view. */
static enum xlsx_mark look(const char *text, size_t len, size_t at, bool *more)
{
    static const char end[] = "</sheetData", row[] = "<row";
    const char *word = row;
    size_t start = at, size;
    if (text[at] == '<' && text[at + 1] != 'r')
        return XLSX_ODD;
    if (text[at] == '/') {
        word = end;
        if (at == 0)
            return XLSX_NONE;
        start = at - 1;
    }
    size = strlen(word);
    size_t seen = len - start < size ? len - start : size;
    if (memcmp(text + start, word, seen) != 0)
        return XLSX_NONE;
    *more = start + size >= len;
    if (*more || !ends_name(text[start + size]))
        return XLSX_NONE;
    return word == row ? XLSX_ROW : XLSX_END;
}

enum xlsx_mark xlsx_cut(const char *text, size_t len, size_t from, size_t *at)
{
    for (size_t base = from; base + 1 < len; base += SCAN_BLOCK) {
        uint64_t mask = pairs(text + base);
        if (len - 1 - base < SCAN_BLOCK)
            mask &= (UINT64_C(1) << (len - 1 - base)) - 1;
        for (; mask != 0; mask &= mask - 1) {
            bool more = false;
            *at = base + scan_first(mask);
            enum xlsx_mark mark = look(text, len, *at, &more);
            *at -= text[*at] == '/';
            if (mark != XLSX_NONE || more)
                return mark;
        }
    }
    *at = from < len ? len - 1 : from;
    if (*at > from && text[*at] == '/')
        --*at;
    return XLSX_NONE;
}

size_t xlsx_cut_find(const char *text, size_t len, size_t from,
                     const char *word)
{
    size_t size = strlen(word);
    while (from + size <= len) {
        const char *at = memchr(text + from, '<', len - from);
        if (at == NULL)
            break;
        from = (size_t)(at - text);
        if (len - from >= size && memcmp(at, word, size) == 0)
            return from;
        from++;
    }
    return len;
}
