/* arguments.h: a command line, taken apart. */
#ifndef FASTSYNC_CMD_ARGUMENTS_H
#define FASTSYNC_CMD_ARGUMENTS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/log.h"
#include "config/config.h"
#include "decode/spec.h"

enum { OPERANDS_MAX = 256, OVERRIDES_MAX = 32, OWN_MAX = 24 };

/* What --format, --encoding … said. */
struct source_override {
    const char *name, *text;
};

struct command;

/* Texts are argv's, but for those of `own`. */
struct arguments {
    const struct command *command;
    struct config config; /* options already in it, RANK_OPTION */
    struct source_override overrides[OVERRIDES_MAX];
    unsigned override_count;
    bool json, help;
    struct log_settings log;
    const char *operands[OPERANDS_MAX]; /* MAPPING, INPUT…, NAME */
    unsigned count;
    /* The command's own options, in the order of command->own; NULL: not
     * given. A flag that is given is "yes". One that is given again holds its
     * values with '\n' between (owned). */
    char *own[OWN_MAX];
};

/* Takes argv apart for `command` (argv[0] is the first word after its name)
 * and sets up the log. EXIT_USAGE says which word and what was meant. */
bool arguments_parse(struct arguments *arguments, const struct command *command,
                     char *const *argv, struct err *err);
/* Does a word name a Lua script? */
bool arguments_script(const char *word);
/* In any case, also after a failure. */
void arguments_release(struct arguments *arguments);
/* Puts what the command line said of inputs over what the mapping says. */
bool arguments_override(const struct arguments *arguments, struct spec *spec,
                        struct err *err);

#endif
