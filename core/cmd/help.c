/* help.c: `fastsync help [COMMAND]`, and what every command's --help says: all
 * from the tables of commands and options. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cmd.h"
#include "options.h"

/* Where the second column begins, but for longer words. */
enum { USAGE_WIDTH = 42, OPTION_WIDTH = 26 };

static void overview(void)
{
    puts("fastsync: from a customer export into Fast, every row accounted "
         "for\n");
    for (const struct command *const *at = commands; *at; at++) {
        /* printf counts bytes, and "…" has three. */
        size_t len = strlen((*at)->usage);
        int width = USAGE_WIDTH + (int)(len - utf8_runes((*at)->usage, len));
        printf("  %-*s %s\n", width, (*at)->usage, (*at)->help);
    }
    puts("\nfastsync COMMAND --help shows a command's options and an example.");
}

static void describe_option(const struct option *option)
{
    char word[80];
    snprintf(word, sizeof word, "%s%s--%s%s%s",
             option->shorthand ? option->shorthand : "",
             option->shorthand ? ", " : "", option->name,
             option->argument ? " " : "",
             option->argument ? option->argument : "");
    for (char *at = word; *at != '\0'; at++)
        if (*at == '_')
            *at = '-';
    printf("  %-*s %s", OPTION_WIDTH, word, option->help);
    if (option->standard != NULL && *option->standard != '\0')
        printf(" (%s)", option->standard);
    putchar('\n');
}

void command_describe(const struct command *command)
{
    struct option_cursor all = {.command = command};
    struct option option;
    printf("%s\n\n%s\n\nOptions\n", command->usage, command->help);
    while (options_next(&all, &option))
        describe_option(&option);
    printf("\nExample\n  %s\n", command->example);
}

static enum exit_code help(struct arguments *arguments, struct err *err)
{
    if (arguments->count == 0) {
        overview();
        return EXIT_DONE;
    }
    const struct command *command = command_find(arguments->operands[0]);
    if (command == NULL) {
        command_unknown(arguments->operands[0], err);
        return EXIT_USAGE;
    }
    command_describe(command);
    return EXIT_DONE;
}

const struct command command_help = {
    .name = "help",
    .usage = "fastsync help [COMMAND]",
    .help = "the commands, or one command's options",
    .example = "fastsync help run",
    .operands_max = 1,
    .body = help,
};
