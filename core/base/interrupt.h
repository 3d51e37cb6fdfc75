/* interrupt.h: Ctrl-C, once and twice.
 *
 * The first SIGINT or SIGTERM asks for an orderly end: what is in flight is
 * finished and everything is written down. The second ends the process at
 * once with exit code 130; the journal makes that safe. Signals are taken by a
 * thread of their own, so no handler runs inside anything. */
#ifndef FASTSYNC_INTERRUPT_H
#define FASTSYNC_INTERRUPT_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "err.h"

/* True from the first signal on; any thread may read it. */
extern atomic_bool interrupted;

/* Takes the signals from here on; `wake` is called, from the signal thread,
 * when the first one comes. Call before other threads are started. False: they
 * are not taken, and not to be given back. */
bool interrupt_begin(void (*wake)(void *), void *argument, struct err *err);
/* Gives the signals back. */
void interrupt_end(void);

#endif
