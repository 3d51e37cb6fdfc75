/* clock.h: the time that has passed, by a clock that never jumps. Any
 * thread. */
#ifndef FASTSYNC_CLOCK_H
#define FASTSYNC_CLOCK_H

/* Seconds from some moment on. */
double clock_now(void);

#endif
