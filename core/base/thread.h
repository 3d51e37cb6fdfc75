/* thread.h: a thread is started, or it is said why not: a machine may have a
 * limit on processes. Who starts several joins those that did start. */
#ifndef FASTSYNC_THREAD_H
#define FASTSYNC_THREAD_H

#include <pthread.h>
#include <stdbool.h>

#include "err.h"

/* False: EXIT_FAULT, and what to do. */
typedef bool thread_starter(pthread_t *thread, void *(*body)(void *),
                            void *argument, struct err *err);
thread_starter thread_start;

#endif
