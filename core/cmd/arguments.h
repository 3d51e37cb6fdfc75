/* arguments.h: a command line, taken apart. */
#ifndef FASTSYNC_CMD_ARGUMENTS_H
#define FASTSYNC_CMD_ARGUMENTS_H

#include "cmd.h"
#include "config/config.h"
#include "decode/input.h"

/* One source option as the command line gave it. */
struct source_override {
    const struct format_option *option;
    const char *text;
};

enum { OVERRIDES_MAX = 32, OWN_MAX = 24 };

/* A command line, taken apart. Texts are argv's. */
struct arguments {
    const struct command *command;
    struct config config; /* options already in it, RANK_OPTION */
    /* What --format, --encoding … say; arguments_override puts it over a
     * mapping's own source. */
    struct source_override overrides[OVERRIDES_MAX];
    unsigned override_count;
    bool json, help;
    const char *operands[OPERANDS_MAX]; /* MAPPING, INPUT…, NAME */
    unsigned count;
    /* The command's own options, in the order of command->own; NULL: not
     * given. A repeated one holds its values with '\n' between (owned). */
    char *own[OWN_MAX];
};

/* Takes argv apart for `command` (argv[0] is the first word after its name)
 * and sets up the log. EXIT_USAGE says which word and what was meant. */
bool arguments_parse(struct arguments *arguments, const struct command *command,
                     char *const *argv, struct err *err);
void arguments_release(struct arguments *arguments);
bool arguments_override(const struct arguments *arguments, struct spec *spec,
                        struct err *err);

#endif
