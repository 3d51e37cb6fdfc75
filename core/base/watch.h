/* watch.h: tells a thread that it has been at one turn of its work for long.
 *
 * A thread enters with a function, and marks where each turn begins and ends;
 * that costs it two stores. A thread of the watch's own looks at all who have
 * entered, and where it meets the same turn at two looks it sends that thread
 * a signal (SIGURG, which nobody else here uses), whose handler calls the
 * function: within 20 to 40 ms of the turn's begin with WATCH_LATE, once; then
 * with what is to end the turn, at every look, until it has ended. So the
 * function runs in the thread itself, in the middle of whatever that is doing,
 * and may do only what a signal handler may.
 *
 * Time is what the thread itself has used of a processor: a machine that is
 * busy with others makes nothing late. */
#ifndef FASTSYNC_WATCH_H
#define FASTSYNC_WATCH_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#include "err.h"

enum watch_reason {
    WATCH_NOTHING,
    WATCH_LATE,       /* the turn is no short one */
    WATCH_SPENT,      /* it has used its seconds */
    WATCH_INTERRUPTED /* the program is to end, and the turn goes on for half a
                         second more */
};

struct watch {
    atomic_uint_fast64_t turn; /* odd while one is going on */
    void (*late)(void *subject, enum watch_reason reason);
    void *subject;
    double seconds; /* a turn, at most; 0: as long as it takes */
    /* What is told, and of which turn. */
    atomic_uint_fast64_t told;
    atomic_int reason;
    struct watch *outer; /* of the same thread */
    /* The watching thread's own. */
    struct watch *next;
    pthread_t thread;
    clockid_t clock;
    uint64_t seen;
    double used;      /* by the thread, when the turn was first seen */
    unsigned waiting; /* looks since the program was to end */
};

/* Starts and ends the looking, in pairs; the outermost counts. False: it was
 * not begun, and is not to be ended. */
bool watch_begin(struct err *err);
void watch_end(void);

/* The calling thread is watched from here on, by this watch, inside of those
 * that it has entered already. */
void watch_enter(struct watch *watch,
                 void (*late)(void *subject, enum watch_reason reason),
                 void *subject, double seconds);
/* The same thread, before the watch's memory goes; the last one first. */
void watch_leave(struct watch *watch);

/* A turn begins (also where the last one did not end), or ends; called by the
 * thread that entered. */
static inline void watch_turn(struct watch *watch)
{
    uint64_t turn = atomic_load_explicit(&watch->turn, memory_order_relaxed);
    atomic_store_explicit(&watch->turn, (turn | 1) + 2, memory_order_relaxed);
}

static inline void watch_rest(struct watch *watch)
{
    uint64_t turn = atomic_load_explicit(&watch->turn, memory_order_relaxed);
    atomic_store_explicit(&watch->turn, (turn | 1) + 1, memory_order_relaxed);
}

#endif
