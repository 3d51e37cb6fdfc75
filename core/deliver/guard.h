/* guard.h: what stops a run before it does harm (EXIT_GUARD).
 *
 * An export that is empty or far smaller than the last one, and a mapping that
 * rejects most rows or skips them all, are mistakes more often than not. Until
 * so many rows have been seen that none of this can be the case any more,
 * nothing is sent; and later a run stops where the rejects become too many.
 * Pure. */
#ifndef FASTSYNC_GUARD_H
#define FASTSYNC_GUARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger.h"

enum {
    GUARD_ROWS = 1000, /* before this many, a standard max_rejected is mute */
    GUARD_SMALL = 100, /* and a standard max_shrink of an export this small */
};

struct guard {
    double max_rejected;  /* share of the rows; 1: any */
    double max_skipped;   /* the same */
    double max_shrink;    /* share of `before`; 1: any */
    uint64_t min_rows;    /* 0: any */
    uint64_t before;      /* rows of the last run; 0: not known */
    bool strict_rejected; /* somebody asked for it: whatever the number */
    bool all_skipped;     /* a whole input may be skipped */
};

/* `sent`: some of this input is on its way already, which the message says. */

/* Rows that must have been seen before anything may be sent; 0: none. */
uint64_t guard_wait(const struct guard *guard);
/* False: too many rows have been rejected so far. */
bool guard_rejects(const struct guard *guard, const struct ledger *ledger,
                   bool sent, struct err *err);
/* False: too many have been skipped so far. */
bool guard_skips(const struct guard *guard, const struct ledger *ledger,
                 bool sent, struct err *err);
/* False: the whole input was skipped. */
bool guard_all_skipped(const struct guard *guard, const struct ledger *ledger,
                       struct err *err);
/* False: the whole input is too small. */
bool guard_size(const struct guard *guard, const struct ledger *ledger,
                bool sent, struct err *err);

#endif
