/* interrupt.c: the signals are blocked everywhere and waited for in one
 * thread. Threads inherit what is blocked, so that those started later take no
 * signal either. SIGUSR1, from ourselves, ends that thread. */
#include "interrupt.h"

#include <pthread.h>
#include <unistd.h>

#include "log.h"
#include "thread.h"

atomic_bool interrupted;

static pthread_t watcher;
static sigset_t taken, before;
static void (*on_first)(void *);
static void *on_first_argument;

static void *watch(void *unused)
{
    (void)unused;
    for (;;) {
        int number;
        if (sigwait(&taken, &number) != 0 || number == SIGUSR1)
            return NULL;
        /* The second one. Nothing is tidied: who asks twice does not want to
         * wait, and the journal is safe. */
        if (atomic_exchange(&interrupted, true))
            _exit(EXIT_INTERRUPTED);
        log_note("stopping: what is in flight is finished and written down; "
                 "once more to end at once");
        on_first(on_first_argument);
    }
}

bool interrupt_begin(void (*wake)(void *), void *argument, struct err *err)
{
    on_first = wake;
    on_first_argument = argument;
    sigemptyset(&taken);
    sigaddset(&taken, SIGINT);
    sigaddset(&taken, SIGTERM);
    sigaddset(&taken, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &taken, &before);
    if (thread_start(&watcher, watch, NULL, err))
        return true;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return false;
}

void interrupt_end(void)
{
    /* sigwait cannot be ended otherwise; SIGUSR1 is blocked everywhere else. */
    pthread_kill(watcher, SIGUSR1);
    pthread_join(watcher, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
