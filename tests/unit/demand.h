/* demand.h: ends a test where something is not true, in a way that a fuzzer and
 * a sanitizer tell of, with the line. */
#ifndef FASTSYNC_TESTS_DEMAND_H
#define FASTSYNC_TESTS_DEMAND_H

#include <stdbool.h>

static inline void demand(bool truth)
{
    if (!truth)
        __builtin_trap();
}

#endif
