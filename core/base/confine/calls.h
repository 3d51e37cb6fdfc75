/* calls.h: the half of the confinement that the kernel keeps by seccomp: calls
 * that are not made any more. */
#ifndef FASTSYNC_CONFINE_CALLS_H
#define FASTSYNC_CONFINE_CALLS_H

#include <stdbool.h>

/* For all threads; needs no_new_privs. False: nothing has changed, errno; 0:
 * the calls of this machine are not known. */
bool confine_calls(void);

#endif
