/* help.c: `fastsync help [COMMAND]`. */
#include "cmd.h"

static enum exit_code help(struct arguments *arguments, struct err *err)
{
    if (arguments->count == 0) {
        commands_overview();
        return EXIT_DONE;
    }
    const struct command *command = command_find(arguments->operands[0]);
    if (command == NULL) {
        err_set(err, EXIT_USAGE, "%s: no such command; see fastsync help",
                arguments->operands[0]);
        return EXIT_USAGE;
    }
    command_describe(command);
    return EXIT_DONE;
}

static const char *const no_options[] = {NULL};

const struct command command_help = {
    .name = "help",
    .usage = "fastsync help [COMMAND]",
    .help = "the commands, or one command's options",
    .example = "fastsync help run",
    .options = no_options,
    .operands_most = 1,
    .body = help,
};
