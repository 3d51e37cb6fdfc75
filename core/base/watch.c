/* watch.c: the lock guards the list; only the turns, and what is told of them,
 * go without it. The looks are timed by a clock that no one sets. */
#include "watch.h"

#include <signal.h>
#include <stdbool.h>

#include "interrupt.h"
#include "thread.h"

enum { LOOK_MS = 20, MS = 1000000, SECOND = 1000 * MS, GRACE = 25 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended; /* from watch_begin to watch_end */
static struct watch *watches;
static pthread_mutex_t pairs = PTHREAD_MUTEX_INITIALIZER;
static unsigned begun; /* and not ended; `pairs` guards it */
static bool looking;
static pthread_t looker;
static struct sigaction before;

/* The handler runs in the thread that is late, and finds its watches here. */
static _Thread_local struct watch *own;

/* What was told of a turn that has ended meanwhile is not about this one. */
static void on_signal(int number)
{
    (void)number;
    for (struct watch *watch = own; watch != NULL; watch = watch->outer) {
        int reason = atomic_exchange(&watch->reason, WATCH_NOTHING);
        if (reason != WATCH_NOTHING &&
            atomic_load(&watch->told) == atomic_load(&watch->turn))
            watch->late(watch->subject, (enum watch_reason)reason);
    }
}

static double used_by(clockid_t clock)
{
    struct timespec used = {.tv_sec = 0};
    clock_gettime(clock, &used);
    return (double)used.tv_sec + (double)used.tv_nsec / SECOND;
}

/* Of a turn that was there at the last look. */
static enum watch_reason why(struct watch *watch, bool first)
{
    watch->waiting += atomic_load(&interrupted);
    if (watch->waiting > GRACE)
        return WATCH_INTERRUPTED;
    if (watch->seconds > 0 &&
        used_by(watch->clock) - watch->used >= watch->seconds)
        return WATCH_SPENT;
    return first ? WATCH_LATE : WATCH_NOTHING;
}

static void look(struct watch *watch)
{
    uint64_t turn = atomic_load_explicit(&watch->turn, memory_order_relaxed);
    if (turn % 2 == 0)
        return;
    if (turn != watch->seen) {
        watch->seen = turn;
        watch->used = used_by(watch->clock);
        watch->waiting = 0;
        return;
    }
    enum watch_reason reason = why(watch, atomic_load(&watch->told) != turn);
    if (reason == WATCH_NOTHING)
        return;
    atomic_store(&watch->told, turn);
    atomic_store(&watch->reason, (int)reason);
    pthread_kill(watch->thread, SIGURG);
}

static void *look_on(void *unused)
{
    (void)unused;
    /* The lock is let go while it waits: threads enter and leave meanwhile. */
    pthread_mutex_lock(&lock);
    while (looking) {
        struct timespec next;
        for (struct watch *watch = watches; watch != NULL; watch = watch->next)
            look(watch);
        clock_gettime(CLOCK_MONOTONIC, &next);
        next.tv_nsec += LOOK_MS * MS;
        next.tv_sec += next.tv_nsec / SECOND;
        next.tv_nsec %= SECOND;
        pthread_cond_timedwait(&ended, &lock, &next);
    }
    pthread_mutex_unlock(&lock);
    return NULL;
}

static void end_looking(void)
{
    pthread_cond_destroy(&ended);
    sigaction(SIGURG, &before, NULL);
}

/* Signals are for the threads that there were before. */
static bool start_looking(struct err *err)
{
    sigset_t all, kept;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &kept);
    bool started = thread_start(&looker, look_on, NULL, err);
    pthread_sigmask(SIG_SETMASK, &kept, NULL);
    return started;
}

static bool begin(struct err *err)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    pthread_condattr_t steady;
    sigemptyset(&action.sa_mask);
    sigaction(SIGURG, &action, &before);
    pthread_condattr_init(&steady);
    /* Otherwise a wall clock that is set would stretch a wait, or end it. */
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&ended, &steady);
    pthread_condattr_destroy(&steady);
    looking = true;
    if (start_looking(err))
        return true;
    end_looking();
    return false;
}

static void end(void)
{
    pthread_mutex_lock(&lock);
    looking = false;
    pthread_cond_signal(&ended);
    pthread_mutex_unlock(&lock);
    pthread_join(looker, NULL);
    end_looking();
}

bool watch_begin(struct err *err)
{
    pthread_mutex_lock(&pairs);
    bool good = begun > 0 || begin(err);
    begun += good;
    pthread_mutex_unlock(&pairs);
    return good;
}

void watch_end(void)
{
    pthread_mutex_lock(&pairs);
    if (--begun == 0)
        end();
    pthread_mutex_unlock(&pairs);
}

void watch_enter(struct watch *watch,
                 void (*late)(void *subject, enum watch_reason reason),
                 void *subject, double seconds)
{
    *watch = (struct watch){.late = late,
                            .subject = subject,
                            .seconds = seconds,
                            .outer = own,
                            .thread = pthread_self()};
    if (pthread_getcpuclockid(watch->thread, &watch->clock) != 0)
        watch->seconds = 0;
    own = watch;
    pthread_mutex_lock(&lock);
    watch->next = watches;
    watches = watch;
    pthread_mutex_unlock(&lock);
}

void watch_leave(struct watch *watch)
{
    pthread_mutex_lock(&lock);
    struct watch **at = &watches;
    while (*at != watch)
        at = &(*at)->next;
    *at = watch->next;
    pthread_mutex_unlock(&lock);
    own = watch->outer;
}
