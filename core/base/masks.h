/* masks.h: what the walkers over tables of text ask of sixty-four bytes, all
 * at once and by the widest vectors that the processor has.
 *
 * A mask has a bit for each byte, the lowest for the first (scan.h). The
 * compiler knows SSE2 alone; what more this machine has is asked when the
 * program starts, before threads do, and never changes. All ways give the same
 * masks. Pure; any thread. */
#ifndef FASTSYNC_MASKS_H
#define FASTSYNC_MASKS_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that mean something in a table; what there is none of is '\n'. */
struct marks {
    char delimiter, quote, escape;
};

/* Of UTF-8 only what common letters need is told; leads that are neither `two`
 * nor `three` are others. Where `high` is 0, all of it is 0. */
struct masks {
    uint64_t events;  /* marks and control bytes */
    uint64_t special; /* in ASCII: as in VALUE_SPECIAL (value.h) */
    uint64_t nul;
    uint64_t high;  /* 0x80 and above */
    uint64_t tails; /* 0x80 to 0xBF */
    uint64_t two;   /* 0xC3 to 0xC6: U+00C0 to U+01BF */
    uint64_t three; /* 0xE1 */
    uint64_t latin; /* 0xB8 to 0xBB, that make U+1E00 to U+1EFF after 0xE1 */
};

/* One way to make the masks of `blocks` blocks of 64 bytes. */
struct masks_way {
    const char *name;
    void (*all)(const char *at, struct marks marks, struct masks *masks,
                size_t blocks);
    /* Line ends, quotes and escapes alone. */
    void (*ends)(const char *at, struct marks marks, uint64_t *masks,
                 size_t blocks);
};

/* So many blocks at once are worth the call. */
enum { MASKS_BLOCKS = 8 };

/* The best way. */
extern const struct masks_way *masks_way;
/* All ways that this machine knows, for tests; ends with NULL. */
const struct masks_way *const *masks_ways(void);

#endif
