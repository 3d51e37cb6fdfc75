/* distinct.h: how many different values there were, in little memory: exactly
 * while they are few, then as HyperLogLog counts them.
 *
 * Flajolet, Fusy, Gandouet and Meunier, 2007; the estimate is Ertl's of 2017,
 * which needs no correction where the counts are small. Values come as hashes
 * of 64 bits. One owner. */
#ifndef FASTSYNC_CMD_INSPECT_DISTINCT_H
#define FASTSYNC_CMD_INSPECT_DISTINCT_H

#include <stdbool.h>
#include <stdint.h>

struct distinct {
    uint64_t *set;  /* of hashes, while they are few; 0: a free place */
    uint32_t count; /* of them */
    uint32_t cap;   /* places, a power of two */
    uint8_t *ranks; /* the registers, once they are many */
    uint8_t bits;   /* there are 1 << bits of them, a byte each */
};

enum { DISTINCT_BITS_MIN = 6, DISTINCT_BITS_MAX = 14 };

/* Takes no memory yet; of `bits` the standard error is 1.04 / sqrt(1 << bits)
 * (14: 0.8 %), and 1 << bits bytes are all that it will ever hold. */
void distinct_init(struct distinct *distinct, unsigned bits);
void distinct_release(struct distinct *distinct);
/* True: the hash is surely new. */
bool distinct_add(struct distinct *distinct, uint64_t hash);
uint64_t distinct_count(const struct distinct *distinct, bool *exact);

#endif
