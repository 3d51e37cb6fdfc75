/* thread.h: starts a thread, or says why there is none to be had: every thread
 * of the program is started here, so that none is waited for in vain. */
#ifndef FASTSYNC_THREAD_H
#define FASTSYNC_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "err.h"

/* What to do about a thread that cannot be started. */
#define THREAD_HINT                                                            \
    "raise the limit on processes (ulimit -u), or start fewer (--jobs)"

/* Runs `body` in a new thread; the caller joins it. False: EXIT_FAULT, and
 * there is nothing to join. */
bool thread_start(pthread_t *thread, void *(*body)(void *), void *argument,
                  struct err *err);

#endif
