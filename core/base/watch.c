/* watch.c: the lock guards the list; only the turns are read without it. The
 * looks are timed by a clock that no one sets. */
#include "watch.h"

#include <signal.h>
#include <stdbool.h>
#include <time.h>

#include "thread.h"

enum { LOOK_MS = 20, MS = 1000000, SECOND = 1000 * MS };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended; /* from watch_begin to watch_end */
static struct watch *watches;
static bool looking;
static pthread_t looker;
static struct sigaction before;

/* The handler runs in the thread that is late, and finds its watch here. */
static _Thread_local struct watch *own;

static void on_signal(int number)
{
    (void)number;
    if (own != NULL)
        own->late(own->subject);
}

static void look(struct watch *watch)
{
    uint64_t turn = atomic_load_explicit(&watch->turn, memory_order_relaxed);
    /* Odd: a turn is going on. The same at two looks: it has been for a whole
     * interval at least. */
    bool same = turn == watch->seen && turn % 2 == 1;
    watch->seen = turn;
    if (!same || watch->told == turn)
        return;
    watch->told = turn;
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

bool watch_begin(struct err *err)
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
    if (thread_start(&looker, look_on, NULL, err))
        return true;
    end_looking();
    return false;
}

void watch_end(void)
{
    pthread_mutex_lock(&lock);
    looking = false;
    pthread_cond_signal(&ended);
    pthread_mutex_unlock(&lock);
    pthread_join(looker, NULL);
    end_looking();
}

void watch_enter(struct watch *watch, void (*late)(void *), void *subject)
{
    *watch = (struct watch){
        .late = late, .subject = subject, .thread = pthread_self()};
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
    own = NULL;
}
