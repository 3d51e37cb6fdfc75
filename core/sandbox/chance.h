/* chance.h: the sandbox's dice: splitmix64, which is no secret generator and
 * need not be: a sandbox guards nothing. The state is the caller's to lock. */
#ifndef FASTSYNC_SANDBOX_CHANCE_H
#define FASTSYNC_SANDBOX_CHANCE_H

#include <stdint.h>

/* A state from the system's randomness. */
uint64_t chance_seed(void);
uint64_t chance_next(uint64_t *state);
/* The next one as a number from 0 to below 1. */
double chance_share(uint64_t *state);

#endif
