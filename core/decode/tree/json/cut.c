/* cut.c: sixty-four bytes at a time. Quotes that no backslash escapes open and
 * close by turns: so the running parity of their mask is the mask of what lies
 * in strings. Only brackets outside them are looked at one by one. */
#include "cut.h"

#include "base/scan.h"

enum {
    OPENS = '[',
    CLOSES = ']',
    CURLY = 0xDF
}; /* '{' and '}' too, by CURLY */

/* The mask of what a backslash stands in front of. */
static uint64_t escapes(struct cut *cut, uint64_t slashes)
{
    uint64_t found = cut->escaped ? 1 : 0;
    slashes &= ~found;
    cut->escaped = false;
    while (slashes != 0) {
        unsigned at = scan_first(slashes);
        cut->escaped = at == SCAN_BLOCK - 1;
        found |= cut->escaped ? 0 : UINT64_C(2) << at;
        slashes &= ~(UINT64_C(3) << at);
    }
    return found;
}

/* Bytes in strings, the opening quotes among them. */
static uint64_t strings(struct cut *cut, uint64_t quotes)
{
    for (unsigned by = 1; by < SCAN_BLOCK; by *= 2)
        quotes ^= quotes << by;
    if (cut->quoted)
        quotes = ~quotes;
    cut->quoted = quotes >> (SCAN_BLOCK - 1) != 0;
    return quotes;
}

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

static void look_at(struct cut *cut, size_t base, uint64_t opens,
                    uint64_t closes, uint64_t commas)
{
    unsigned from = 0;
    for (uint64_t left = opens | closes; left != 0; left &= left - 1) {
        unsigned at = scan_first(left);
        take_commas(cut, base, commas & between(from, at));
        from = at + 1;
        if ((opens >> at & 1) != 0)
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
        size_t base = cut->seen, left = len - base;
        struct scan_block block = scan_load(text + base);
        uint64_t own =
            between(0, left < SCAN_BLOCK ? (unsigned)left : SCAN_BLOCK);
        uint64_t slashes = scan_mask(scan_is(&block, '\\')) & own;
        uint64_t quotes = scan_mask(scan_is(&block, '"')) & own;
        if (slashes != 0 || cut->escaped)
            quotes &= ~escapes(cut, slashes);
        uint64_t free = own & ~strings(cut, quotes);
        uint64_t commas = cut->kind == CUT_COMMAS
                              ? scan_mask(scan_is(&block, ',')) & free
                              : 0;
        look_at(cut, base,
                scan_mask(scan_bits_are(&block, CURLY, OPENS)) & free,
                scan_mask(scan_bits_are(&block, CURLY, CLOSES)) & free, commas);
        cut->seen += left < SCAN_BLOCK ? left : SCAN_BLOCK;
    }
}

uint64_t cut_lines(const char *text, size_t len, size_t *last)
{
    uint64_t lines = 0;
    for (size_t base = 0; base < len; base += SCAN_BLOCK) {
        struct scan_block block = scan_load(text + base);
        uint64_t ends =
            scan_mask(scan_is(&block, '\n')) &
            between(0, len - base < SCAN_BLOCK ? (unsigned)(len - base)
                                               : SCAN_BLOCK);
        if (ends == 0)
            continue;
        lines += (unsigned)__builtin_popcountll(ends);
        *last = base + SCAN_BLOCK - (unsigned)__builtin_clzll(ends);
    }
    return lines;
}
