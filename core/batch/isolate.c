/* isolate.c: the size of the next part follows from what was seen so far.
 *
 * Within a part that is known to hold a bad record, halves: a search. In
 * records of which nothing is known, as many as pass between two bad ones
 * on the average; at first a few singly, to see whether most are bad, then
 * ever larger parts. */
#include "isolate.h"

enum {
    SINGLY = 3, /* first records that are tried alone */
    GROWTH = 6, /* then so many times what has passed */
    RARE = 4,   /* of so many at most one may be bad, for parts of several */
};

void isolation_begin(struct isolation *part, uint32_t count)
{
    *part = (struct isolation){.count = count, .upto = count, .max = count};
}

/* How many records are likely to hold no bad one. */
static uint64_t likely_run(const struct isolation *part)
{
    uint64_t seen = part->at, found = part->found;
    if (found == 0)
        return seen < SINGLY ? 1 : GROWTH * seen;
    return seen < RARE * found ? 1 : seen / found;
}

static uint64_t min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static void choose(struct isolation *part)
{
    uint64_t left = part->count - part->at;
    bool known = part->bad > part->at || part->found > 0;
    uint64_t size = known ? likely_run(part) : left;
    if (part->bad > part->at)
        size = min(size, (part->bad - part->at) / 2);
    size = min(min(size, part->max), left);
    if (size == 0 && left > 0)
        size = 1;
    part->upto = part->at + (uint32_t)size;
}

void isolation_limit(struct isolation *part, uint32_t max)
{
    part->max = max;
    choose(part);
}

void isolation_accepted(struct isolation *part)
{
    part->at = part->upto;
    choose(part);
}

void isolation_refused(struct isolation *part)
{
    if (isolation_size(part) == 1) {
        part->found++;
        part->at = part->bad = part->upto;
    } else {
        part->bad = part->upto;
    }
    choose(part);
}

void isolation_too_large(struct isolation *part)
{
    if (isolation_size(part) == 1) {
        isolation_refused(part);
        return;
    }
    part->max = isolation_size(part) / 2;
    choose(part);
}
