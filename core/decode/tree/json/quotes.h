/* quotes.h: which of sixty-four bytes lie in strings.
 *
 * Quotes that no backslash escapes open and close by turns: so the running
 * parity of their mask is the mask of what lies in strings. For who looks at
 * brackets, commas and colons without parsing. Pure. */
#ifndef FASTSYNC_DECODE_TREE_JSON_QUOTES_H
#define FASTSYNC_DECODE_TREE_JSON_QUOTES_H

#include "base/scan.h"

/* Zero-initialised before the first block. */
struct quotes {
    bool open;    /* what follows is in a string, */
    bool escaped; /* after a backslash */
};

/* Brackets of both kinds: curly ones are others but for one bit. */
static inline struct scan_block quotes_brackets(const struct scan_block *block)
{
    enum { BUT = 0xDF };
    return scan_or(scan_bits_are(block, BUT, '['),
                   scan_bits_are(block, BUT, ']'));
}

/* The mask of what a backslash stands in front of. */
static inline uint64_t quotes_escapes(struct quotes *quotes, uint64_t slashes)
{
    uint64_t found = quotes->escaped ? 1 : 0;
    slashes &= ~found;
    quotes->escaped = false;
    while (slashes != 0) {
        unsigned at = scan_first(slashes);
        quotes->escaped = at == SCAN_BLOCK - 1;
        found |= quotes->escaped ? 0 : UINT64_C(2) << at;
        slashes &= ~(UINT64_C(3) << at);
    }
    return found;
}

/* Those of the block's `own` bytes that are in no string; the quotes that close
 * are among them. */
static inline uint64_t quotes_outside(struct quotes *quotes,
                                      const struct scan_block *block,
                                      uint64_t own)
{
    uint64_t slashes = scan_mask(scan_is(block, '\\')) & own;
    uint64_t inside = scan_mask(scan_is(block, '"')) & own;
    if (slashes != 0 || quotes->escaped)
        inside &= ~quotes_escapes(quotes, slashes);
    for (unsigned by = 1; by < SCAN_BLOCK; by *= 2)
        inside ^= inside << by;
    if (quotes->open)
        inside = ~inside;
    quotes->open = inside >> (SCAN_BLOCK - 1) != 0;
    return own & ~inside;
}

/* A block's own bytes, of which `left` are there. */
static inline uint64_t quotes_own(size_t left)
{
    return left < SCAN_BLOCK ? (UINT64_C(1) << left) - 1 : ~UINT64_C(0);
}

#endif
