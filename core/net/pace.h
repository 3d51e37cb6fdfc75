/* pace.h: how much may be in flight at once, and when nothing may be.
 *
 * Three bounds, and a request goes when all of them let it: --rate (records a
 * second, sent again or for the first time); a window of requests in flight
 * that grows by one a round of successes up to --concurrency and halves when
 * the server says that it is pressed (429, 503, time-outs); and a circuit that
 * opens when many requests in a row have failed and none has succeeded: then
 * nothing is sent for a while, and after that one request tries for all.
 * Pure: time is passed in, in seconds of a clock that never jumps. */
#ifndef FASTSYNC_PACE_H
#define FASTSYNC_PACE_H

#include <stdbool.h>
#include <stdint.h>

enum { PACE_FAILURES = 8 };  /* in a row, that open the circuit, at least */
#define PACE_PAUSE_FIRST 5.0 /* seconds: how long it is open at first */
#define PACE_PAUSE_MAX   60.0

struct pace {
    uint64_t rate;     /* records a second, 0: no limit */
    unsigned max;      /* requests in flight at most */
    double window;     /* of them, at present */
    double free_at;    /* nothing goes before: the rate, or Retry-After */
    double cut_at;     /* when the window was halved last */
    unsigned failures; /* in a row */
    unsigned openings; /* of the circuit, in a row */
    double closed_at; /* when an open circuit lets one request try; 0: closed */
    bool trying;      /* that request is on its way */
};

void pace_init(struct pace *pace, uint64_t rate, unsigned max);

/* Whether one more may go beside `flying` others. From `end` on, when its batch
 * is tried for the last time, an open circuit does not hold it up. */
bool pace_lets(const struct pace *pace, double now, unsigned flying,
               double end);
/* When what is due at `due` may go, as far as time alone decides. */
double pace_next(const struct pace *pace, double due, double end);
static inline bool pace_is_open(const struct pace *pace)
{
    return pace->closed_at > 0;
}

/* One went, with so many records. */
void pace_sent(struct pace *pace, double now, uint32_t records);
/* It was answered in a way that ends it or moves it on; true: that closed an
 * open circuit. */
bool pace_answered(struct pace *pace);
/* It failed and is to be tried again; it was sent at `sent`. True: that opened
 * the circuit, until pace->closed_at. */
bool pace_failed(struct pace *pace, double now, double sent, bool pressed);
/* The server asks to be left alone so long. */
void pace_asked(struct pace *pace, double until);

#endif
