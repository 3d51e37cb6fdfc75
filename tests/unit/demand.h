/* demand.h: ends a test where something is not true, in a way that a fuzzer and
 * a sanitizer tell of. */
#ifndef FASTSYNC_TESTS_DEMAND_H
#define FASTSYNC_TESTS_DEMAND_H

#include <stdbool.h>
#include <stdio.h>

#define demand(truth) demand_at(truth, __FILE__, __LINE__, #truth)

static inline void demand_at(bool truth, const char *file, int line,
                             const char *what)
{
    if (truth)
        return;
    fprintf(stderr, "%s:%d: not true: %s\n", file, line, what);
    __builtin_trap();
}

#endif
