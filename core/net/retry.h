/* retry.h: when to try again. Pure: time and chance are passed in.
 *
 * Full-jitter exponential delays: a number between nothing and a bound that
 * doubles with every attempt, so that many clients of a server that comes back
 * do not come back as one. What the server asks for by Retry-After is
 * waited at least. */
#ifndef FASTSYNC_RETRY_H
#define FASTSYNC_RETRY_H

#include <stdint.h>
#include <time.h>

#define RETRY_FIRST 0.5  /* seconds: the bound after the first attempt */
#define RETRY_MAX   60.0 /* seconds: the bound never grows above this */

/* A number from 0 up to, not including, 1; moves *state on. */
double retry_chance(uint64_t *state);
/* Seconds to wait after attempt number `attempt` (from 1). `asked` is what
 * Retry-After said, negative: nothing. */
double retry_delay(unsigned attempt, double asked, uint64_t *state);
/* When to try again: retry_delay after `now`, but at `end` for the last time,
 * so that the whole time given is used. -1: it is over, or the server asks for
 * more than is left of it. */
double retry_due(double now, double end, unsigned attempt, double asked,
                 uint64_t *state);
/* A Retry-After header's value, seconds or an HTTP date, as seconds from now;
 * -1 where it is absent (NULL) or means nothing. A date counts from the same
 * answer's Date header, `date`, as it is the server's clock that has made both;
 * from `now` where there is none that can be read. */
double retry_after(const char *value, const char *date, time_t now);

#endif
