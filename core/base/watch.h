/* watch.h: tells a thread that it has been at one turn of its work for long.
 *
 * A thread enters with a function, and marks where each turn begins and ends;
 * that costs it two stores. A thread of the watch's own looks at all who have
 * entered, and where it meets the same turn at two looks it sends that thread
 * a signal (SIGURG, which nobody else here uses), whose handler calls the
 * function, once a turn: within 20 to 40 ms of the turn's begin. So the
 * function runs in the thread itself, in the middle of whatever that is doing,
 * and may do only what a signal handler may. */
#ifndef FASTSYNC_WATCH_H
#define FASTSYNC_WATCH_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "err.h"

struct watch {
    atomic_uint_fast64_t turn; /* odd while one is going on */
    void (*late)(void *subject);
    void *subject;
    /* The watching thread's own. */
    struct watch *next;
    pthread_t thread;
    uint64_t seen, told;
};

/* Starts and ends the looking; nobody may be inside at either. False: it was
 * not begun, and is not to be ended. */
bool watch_begin(struct err *err);
void watch_end(void);

/* The calling thread is watched from here on, by this one watch. */
void watch_enter(struct watch *watch, void (*late)(void *), void *subject);
/* The same thread, before the watch's memory goes. */
void watch_leave(struct watch *watch);

/* A turn begins, or ends; called by the thread that entered. */
static inline void watch_turn(struct watch *watch)
{
    uint64_t turn = atomic_load_explicit(&watch->turn, memory_order_relaxed);
    atomic_store_explicit(&watch->turn, turn + 1, memory_order_relaxed);
}

#endif
