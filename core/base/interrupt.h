/* interrupt.h: Ctrl-C, once and twice.
 *
 * The first SIGINT, SIGTERM or SIGHUP asks for an orderly end: what is in
 * flight is finished and everything is written down. The second ends the
 * process at once with exit code 130; the journal makes that safe. It counts
 * half a second after the first: `timeout` sends two within a moment, to the
 * process and to its group, and means one. Who has SIGHUP ignored (nohup) goes
 * on through it. Signals are taken by a thread of their own, so no handler runs
 * inside anything. */
#ifndef FASTSYNC_INTERRUPT_H
#define FASTSYNC_INTERRUPT_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "err.h"

/* True from the first signal on; any thread may read it. */
extern atomic_bool interrupted;

/* Those that ask for an end. */
void interrupt_signals(sigset_t *signals);
/* Takes the signals from here on, until the interrupt_end of the outermost of
 * such pairs. `wake` (or NULL) is called, from the signal thread, when the
 * first one comes before its own interrupt_end; who waits looks at
 * `interrupted` after this call. Call before other threads are started. False:
 * nothing has changed. */
bool interrupt_begin(void (*wake)(void *), void *argument, struct err *err);
/* Gives the signals back; but after a first one they stay taken, for a second
 * one that follows it must not cut short what is written at the end. */
void interrupt_end(void);
/* Before any interrupt_begin: what the second signal still does, from the
 * signal thread, while all other threads run. */
void interrupt_tidy(void (*tidy)(void));

#endif
