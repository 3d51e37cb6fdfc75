/* shell.h: runs a command of the configuration, within bounds.
 *
 * A shell runs it in a process group of its own. That gets the terminal where
 * we have it, so that the command may ask its user, but not where pipes join us
 * to others who may read there. Its standard error goes on to ours, as far as
 * SHELL_SAID. Main thread, before others are started. */
#ifndef FASTSYNC_CONFIG_SHELL_H
#define FASTSYNC_CONFIG_SHELL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

enum {
    SHELL_OUTPUT = 4096, /* bytes that it may print */
    SHELL_SAID = 4096,   /* bytes of its standard error that are shown */
    SHELL_SECONDS = 60,
};

/* Fills `output`, which is empty; what is in it may be a secret, stands in no
 * message, and is wiped by the caller. False: err, which begins with `name`;
 * EXIT_INTERRUPTED after a signal. What goes on after `seconds`, a signal or
 * too much output is killed with all of its group. */
bool shell_run(const char *name, const char *command, double seconds,
               struct buf *output, struct err *err);

#endif
