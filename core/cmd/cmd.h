/* cmd.h: a command: its options, its help and its body, a file each.
 *
 * Options of a command's own are rows of its `own` table. Those that commands
 * share it lists by name; what they mean stands in one of three tables: the
 * settings (config.h), the formats' options (spec.h) and the display options
 * (options.c). `--help` is printed from all of these.
 *
 * To add a command: a file that defines `const struct command command_NAME`,
 * and one line in COMMANDS. */
#ifndef FASTSYNC_CMD_CMD_H
#define FASTSYNC_CMD_CMD_H

#include <stdbool.h>

#include "base/err.h"

/* clang-format off */
#define COMMANDS(X)                                                            \
    X(run) X(check) X(preview) X(cat) X(resume) X(status) X(explain) X(verify) \
    X(forms) X(doctor) X(sandbox) X(version) X(help)
/* clang-format on */

struct arguments; /* arguments.h */

enum { OPERANDS_MAX = 256 };

/* An option of one command; arguments->own has what was said, in the order of
 * these rows. */
struct own_option {
    const char *name;     /* "listen" for --listen */
    const char *argument; /* NULL: a flag ("" when given) */
    const char *help;
};

struct command {
    const char *name;
    const char *usage;   /* "fastsync run MAPPING.lua [INPUT…]" */
    const char *help;    /* one line, for the overview */
    const char *example; /* shown by --help, begins with "fastsync" */
    /* Names of settings ("batch"), source options ("encoding") and display
     * options ("json") it takes; "source" stands for all source options,
     * "server" for all that reach Fast. Ends with NULL. What every command
     * takes (--quiet, --help …) is not listed. */
    const char *const *options;
    const struct own_option *own; /* ends with name NULL; NULL: none */
    unsigned operands_min, operands_max;
    /* Answers the exit code. For a failure it fills err, whose text main
     * prints; an empty text means all is said. */
    enum exit_code (*body)(struct arguments *arguments, struct err *err);
};

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

extern const struct command *const commands[]; /* ends with NULL */
const struct command *command_find(const char *name);

#endif
