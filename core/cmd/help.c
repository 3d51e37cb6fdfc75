/* help.c: `fastsync help [COMMAND]`. */
#include "cmd.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void overview(void)
{
    puts("fastsync: from a customer export into Fast, every row accounted "
         "for\n");
    for (const struct command *const *at = commands; *at; at++) {
        size_t len = strlen((*at)->usage);
        int width = 42 + (int)(len - utf8_runes((*at)->usage, len));
        printf("  %-*s %s\n", width, (*at)->usage, (*at)->help);
    }
    puts("\nfastsync COMMAND --help shows a command's options and an example.");
}

static enum exit_code help(struct arguments *arguments, struct err *err)
{
    if (arguments->count == 0) {
        overview();
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
