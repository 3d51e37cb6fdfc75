/* command.h: what a command is: its options, its help and its body, a file
 * each.
 *
 * A command has options of its own, which stand in its file, and takes options
 * that several share by naming them: the settings (config.h), what may be said
 * of an input (spec.h), and the few in options.c that set how it speaks. Its
 * --help is printed from these (help.c). */
#ifndef FASTSYNC_CMD_COMMAND_H
#define FASTSYNC_CMD_COMMAND_H

#include "arguments.h"
#include "base/err.h"

struct own_option {
    const char *name;     /* "listen" for --listen */
    const char *argument; /* what --help calls its value; NULL: a flag */
    const char *help;
};

/* How a command may end beside 0, 1 and 2: a bit for each exit code. */
enum command_end {
    ENDS_REJECTS = 1 << 0,
    ENDS_INPUT = 1 << 1,
    ENDS_SCRIPT = 1 << 2,
    ENDS_RIGHTS = 1 << 3,
    ENDS_PENDING = 1 << 4,
    ENDS_GUARD = 1 << 5,
    ENDS_BUSY = 1 << 6,
    ENDS_INTERRUPTED = 1 << 7,
};

struct command {
    const char *name;
    const char *usage;   /* "fastsync run MAPPING.lua [INPUT…]" */
    const char *help;    /* one line, for the overview */
    const char *example; /* shown by --help, begins with "fastsync" */
    /* Its own options; ends with name NULL. NULL: none. */
    const struct own_option *own;
    /* Names of shared options it takes ("batch", "json"); "source" stands for
     * all that may be said of an input, "server" for all that reach Fast. Ends
     * with NULL. NULL: none. What every command takes is not listed. */
    const char *const *options;
    unsigned operands_min, operands_max;
    unsigned ends; /* enum command_end; 0: --help lists no exit codes */
    /* Answers the exit code. For a failure it fills err, whose text main
     * prints; an empty text means all is said. */
    enum exit_code (*body)(struct arguments *arguments, struct err *err);
};

#endif
