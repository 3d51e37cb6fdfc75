/* cut.c: sixty-four bytes at a time; only brackets outside of strings are
 * looked at one by one. */
#include "cut.h"

#include <string.h>

/* Bits from `from` up to, not including, `to`. */
static uint64_t between(unsigned from, unsigned to)
{
    uint64_t below = to < SCAN_BLOCK ? (UINT64_C(1) << to) - 1 : ~UINT64_C(0);
    return from < SCAN_BLOCK ? below & (~UINT64_C(0) << from) : 0;
}

/* Commas between the array's own values. */
static void take_commas(struct cut *cut, size_t base, uint64_t commas)
{
    if (cut->kind != CUT_COMMAS || cut->depth > 0 || commas == 0)
        return;
    cut->ended += (unsigned)__builtin_popcountll(commas);
    cut->end = base + SCAN_BLOCK - (unsigned)__builtin_clzll(commas);
}

/* False: that was the last bracket to look at. */
static bool take_close(struct cut *cut, size_t at)
{
    if (cut->depth > 0)
        cut->depth--;
    else if (cut->kind == CUT_COMMAS) {
        cut->end = at;
        cut->closed = true;
        return false;
    }
    if (cut->depth > 0 || cut->kind == CUT_COMMAS)
        return true;
    cut->ended++;
    cut->end = at + 1;
    cut->closed = cut->kind == CUT_ONE;
    return !cut->closed;
}

static void look_at(struct cut *cut, const char *text, uint64_t brackets,
                    uint64_t commas)
{
    size_t base = cut->seen;
    unsigned from = 0;
    for (; brackets != 0; brackets &= brackets - 1) {
        unsigned at = scan_first(brackets);
        char bracket = text[base + at];
        take_commas(cut, base, commas & between(from, at));
        from = at + 1;
        if (bracket == '[' || bracket == '{')
            cut->depth++;
        else if (!take_close(cut, base + at))
            return;
    }
    take_commas(cut, base, commas & between(from, SCAN_BLOCK));
}

void cut_look(struct cut *cut, const char *text, size_t len, bool final)
{
    while (!cut->closed && cut->seen < len &&
           (final || len - cut->seen >= SCAN_BLOCK)) {
        size_t left = len - cut->seen;
        struct scan_block block = scan_load(text + cut->seen);
        uint64_t free = quotes_outside(&cut->quotes, &block, quotes_own(left));
        uint64_t brackets = scan_mask(quotes_brackets(&block)) & free;
        bool own = cut->depth == 0 || brackets != 0;
        uint64_t commas = cut->kind == CUT_COMMAS && own
                              ? scan_mask(scan_is(&block, ',')) & free
                              : 0;
        look_at(cut, text, brackets, commas);
        cut->seen += left < SCAN_BLOCK ? left : SCAN_BLOCK;
    }
}

uint64_t cut_lines(const char *text, size_t len, size_t *last)
{
    uint64_t lines = 0;
    for (size_t base = 0; base < len; base += SCAN_BLOCK) {
        struct scan_block block = scan_load(text + base);
        uint64_t ends =
            scan_mask(scan_is(&block, '\n')) & quotes_own(len - base);
        if (ends == 0)
            continue;
        lines += (unsigned)__builtin_popcountll(ends);
        *last = base + SCAN_BLOCK - (unsigned)__builtin_clzll(ends);
    }
    return lines;
}

size_t cut_first(const char *text, size_t len, uint64_t lines)
{
    const char *at = text;
    size_t last;
    if (cut_lines(text, len, &last) <= lines)
        return len;
    for (; lines > 0; lines--)
        at = (const char *)memchr(at, '\n', len - (size_t)(at - text)) + 1;
    return (size_t)(at - text);
}
