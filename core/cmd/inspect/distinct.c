/* distinct.c: a set with open places that becomes registers when it would be as
 * large as they are. */
#include "distinct.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { FIRST_CAP = 16 };

void distinct_init(struct distinct *distinct, unsigned bits)
{
    *distinct = (struct distinct){.bits = (uint8_t)bits};
}

void distinct_release(struct distinct *distinct)
{
    free(distinct->set);
    free(distinct->ranks);
    *distinct = (struct distinct){0};
}

/* Where the hash is, or may be put. */
static uint64_t *find_place(const struct distinct *distinct, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 32) & (distinct->cap - 1);
    while (distinct->set[at] != 0 && distinct->set[at] != hash)
        at = (at + 1) & (distinct->cap - 1);
    return &distinct->set[at];
}

/* The first bits say the register, the zeros after them its rank. */
static void add_rank(struct distinct *distinct, uint64_t hash)
{
    uint64_t rest = hash << distinct->bits | UINT64_C(1)
                                                 << (distinct->bits - 1);
    uint8_t rank = (uint8_t)(__builtin_clzll(rest) + 1);
    uint8_t *kept = &distinct->ranks[hash >> (64 - distinct->bits)];
    if (*kept < rank)
        *kept = rank;
}

static void become_registers(struct distinct *distinct)
{
    distinct->ranks = mem_zero(1, (size_t)1 << distinct->bits);
    for (uint32_t i = 0; i < distinct->cap; i++)
        if (distinct->set[i] != 0)
            add_rank(distinct, distinct->set[i]);
    free(distinct->set);
    distinct->set = NULL;
}

static void grow(struct distinct *distinct)
{
    uint64_t *old = distinct->set;
    uint32_t cap = distinct->cap;
    distinct->cap = cap == 0 ? FIRST_CAP : 2 * cap;
    distinct->set = mem_zero(distinct->cap, sizeof *distinct->set);
    for (uint32_t i = 0; i < cap; i++)
        if (old[i] != 0)
            *find_place(distinct, old[i]) = old[i];
    free(old);
}

/* Places are at most half taken. */
static bool make_room(struct distinct *distinct)
{
    if (2 * distinct->count < distinct->cap)
        return true;
    uint32_t most = (UINT32_C(1) << distinct->bits) / sizeof *distinct->set;
    if (distinct->cap >= most && distinct->cap >= FIRST_CAP) {
        become_registers(distinct);
        return false;
    }
    grow(distinct);
    return true;
}

bool distinct_add(struct distinct *distinct, uint64_t hash)
{
    hash += hash == 0;
    if (distinct->ranks != NULL) {
        add_rank(distinct, hash);
        return false;
    }
    if (distinct->cap > 0 && *find_place(distinct, hash) == hash)
        return false;
    if (make_room(distinct)) {
        *find_place(distinct, hash) = hash;
        distinct->count++;
    } else {
        add_rank(distinct, hash);
    }
    return true;
}

/* Ertl's two series: of registers that are still 0, and of those that are full.
 */
static double sigma(double x)
{
    double sum = x, power = 1, before;
    if (x == 1)
        return HUGE_VAL;
    do {
        x *= x;
        before = sum;
        sum += x * power;
        power += power;
    } while (sum > before);
    return sum;
}

static double tau(double x)
{
    double power = 1, sum = 1 - x, before;
    if (x <= 0 || x >= 1)
        return 0;
    do {
        x = sqrt(x);
        before = sum;
        power *= 0.5;
        sum -= (1 - x) * (1 - x) * power;
    } while (sum < before);
    return sum / 3;
}

uint64_t distinct_count(const struct distinct *distinct, bool *exact)
{
    *exact = distinct->ranks == NULL;
    if (*exact)
        return distinct->count;
    size_t all = (size_t)1 << distinct->bits;
    unsigned most = 64u - distinct->bits;
    double many = (double)all;
    uint32_t with[66] = {0};
    for (size_t i = 0; i < all; i++)
        with[distinct->ranks[i]]++;
    double z = many * tau(1 - with[most + 1] / many);
    for (unsigned rank = most; rank > 0; rank--)
        z = 0.5 * (z + with[rank]);
    z += many * sigma(with[0] / many);
    return (uint64_t)(many * many / (2 * log(2.0)) / z + 0.5);
}
