/* chance.c: Steele, Lea and Flood's splitmix64. */
#include "chance.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

uint64_t chance_seed(void)
{
    uint64_t seed = 0;
    int file = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    /* No randomness from the system: the time will do for a sandbox. */
    if (file < 0 || read(file, &seed, sizeof seed) != (ssize_t)sizeof seed)
        seed = (uint64_t)time(NULL) << 20 ^ (uint64_t)getpid();
    if (file >= 0)
        close(file);
    return seed;
}

uint64_t chance_next(uint64_t *state)
{
    /* An odd step goes through all 2^64 states; the rest mixes their bits. */
    uint64_t word = *state += UINT64_C(0x9E3779B97F4A7C15);
    word = (word ^ word >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    word = (word ^ word >> 27) * UINT64_C(0x94D049BB133111EB);
    return word ^ word >> 31;
}

/* 53 bits are what a double has. */
double chance_share(uint64_t *state)
{
    return (double)(chance_next(state) >> 11) * 0x1p-53;
}
