/* clock.h: the time that has passed, by a clock that never jumps, and the
 * calendar. Any thread. */
#ifndef FASTSYNC_CLOCK_H
#define FASTSYNC_CLOCK_H

#include <stdint.h>

/* Seconds from some moment on. */
double clock_now(void);

/* A day of the Gregorian calendar, as if it had always been kept. */
struct date {
    int year, month, day; /* months and days from 1 */
};

/* Days are counted from 1970-01-01; both for years of -100 000 to 100 000. */
struct date clock_date(int64_t days);
int64_t clock_days(struct date date);

#endif
