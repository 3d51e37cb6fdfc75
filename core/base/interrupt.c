/* interrupt.c: the signals are blocked everywhere and waited for in one
 * thread. Threads inherit what is blocked, so that those started later take no
 * signal either. SIGUSR1, from ourselves, ends that thread. */
#include "interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include "clock.h"
#include "log.h"
#include "thread.h"

enum { DEEPEST = 8 };
static const double moment = 0.5; /* seconds that no second signal counts in */

atomic_bool interrupted;

static pthread_t watcher;
static bool watching;
static sigset_t taken, before;
static void (*tidy_up)(void);

/* Who is woken: the innermost that has begun. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned depth;
static struct {
    void (*wake)(void *);
    void *argument;
} waiting[DEEPEST];

static void wake_waiting(void)
{
    pthread_mutex_lock(&lock);
    if (depth > 0 && waiting[depth - 1].wake != NULL)
        waiting[depth - 1].wake(waiting[depth - 1].argument);
    pthread_mutex_unlock(&lock);
}

/* The second one. Nothing is finished: who asks twice does not want to wait,
 * and the journal is safe. */
static _Noreturn void end_at_once(void)
{
    if (tidy_up != NULL)
        tidy_up();
    _exit(EXIT_INTERRUPTED);
}

static void *watch(void *unused)
{
    double first = 0;
    (void)unused;
    for (;;) {
        int number;
        if (sigwait(&taken, &number) != 0 || number == SIGUSR1)
            return NULL;
        if (!atomic_exchange(&interrupted, true)) {
            first = clock_now();
            log_note("stopping: what is in flight is finished and written "
                     "down; once more to end at once");
            wake_waiting();
        } else if (clock_now() - first >= moment) {
            end_at_once();
        }
    }
}

void interrupt_signals(sigset_t *signals)
{
    struct sigaction hangup;
    sigemptyset(signals);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGTERM);
    /* A blocked signal comes to sigwait even where it is ignored. */
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN)
        sigaddset(signals, SIGHUP);
}

static bool start(struct err *err)
{
    if (watching)
        return true;
    interrupt_signals(&taken);
    sigaddset(&taken, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &taken, &before);
    watching = thread_start(&watcher, watch, NULL, err);
    if (!watching)
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    return watching;
}

bool interrupt_begin(void (*wake)(void *), void *argument, struct err *err)
{
    if (!start(err))
        return false;
    pthread_mutex_lock(&lock);
    waiting[depth].wake = wake;
    waiting[depth++].argument = argument;
    pthread_mutex_unlock(&lock);
    return true;
}

void interrupt_end(void)
{
    pthread_mutex_lock(&lock);
    bool last = --depth == 0;
    pthread_mutex_unlock(&lock);
    if (!last || atomic_load(&interrupted))
        return;
    /* sigwait cannot be ended otherwise; SIGUSR1 is blocked everywhere else. */
    pthread_kill(watcher, SIGUSR1);
    pthread_join(watcher, NULL);
    watching = false;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void interrupt_tidy(void (*tidy)(void))
{
    tidy_up = tidy;
}
