/* cmd.h: a command: its options, its help and its body, a file each.
 *
 * A command lists the options it takes by name; what an option means stands
 * in one of three tables: the settings (config.h), the source options
 * (decoder.h) and the display options (cmd.c). Flags of a command's own are
 * rows of its `own` table. `--help` is printed from these.
 *
 * To add a command: a file that defines `const struct command command_NAME`,
 * and one line in COMMANDS. */
#ifndef FASTSYNC_CMD_CMD_H
#define FASTSYNC_CMD_CMD_H

#include <stdbool.h>

#include "base/err.h"
#include "config/config.h"
#include "decode/input.h"

/* clang-format off */
#define COMMANDS(X)                                                            \
    X(run) X(check) X(preview) X(cat) X(resume) X(status) X(explain) X(verify) \
    X(forms) X(doctor) X(sandbox) X(version) X(help)
/* clang-format on */

/* One source option as the command line gave it. */
struct source_override {
    const struct format_option *option;
    const char *text;
};

enum { OPERANDS_MAX = 256, OVERRIDES_MAX = 32, OWN_MAX = 24 };

/* A command line, taken apart. Texts are argv's. */
struct arguments {
    const struct command *command;
    struct config config; /* options already in it, RANK_OPTION */
    /* What --format, --encoding … say; arguments_override puts it over a
     * mapping's own source. */
    struct source_override overrides[OVERRIDES_MAX];
    unsigned override_count;
    bool json, arrays, sandbox, dry_run, help;
    const char *operands[OPERANDS_MAX]; /* MAPPING, INPUT…, NAME */
    unsigned count;
    /* The command's own options, in the order of command->own; NULL: not
     * given. A repeated one holds its values with '\n' between (owned). */
    char *own[OWN_MAX];
};

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
    unsigned operands_least, operands_most;
    /* Answers the exit code. For a failure it fills err, whose text main
     * prints; an empty text means all is said. */
    enum exit_code (*body)(struct arguments *arguments, struct err *err);
};

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

extern const struct command *const commands[]; /* ends with NULL */
const struct command *command_find(const char *name);
void command_describe(const struct command *command); /* its --help */

/* Takes argv apart for `command` (argv[0] is the first word behind its name)
 * and sets up the log. EXIT_USAGE says which word and what was meant. */
bool arguments_parse(struct arguments *arguments, const struct command *command,
                     char *const *argv, struct err *err);
void arguments_release(struct arguments *arguments);
bool arguments_override(const struct arguments *arguments, struct spec *spec,
                        struct err *err);

#endif
