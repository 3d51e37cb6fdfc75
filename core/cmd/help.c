/* help.c: `fastsync help [COMMAND | security]`, and what every command's --help
 * says: all from the tables of commands and options. */
#include <stdio.h>
#include <string.h>

#include "base/screen/print.h"
#include "base/screen/wrap.h"
#include "base/utf8.h"
#include "cmd.h"
#include "cmd/help/security.h"
#include "options.h"

/* Where the second column begins, but for longer words; what a terminal has at
 * least. */
enum { AT_EXIT = 7, AT_OPTION = 29, AT_COMMAND = 36, WIDTH = 80 };

/* What scripts and cron ask for. `end`: only of commands that may end so. */
static const struct {
    enum exit_code code;
    unsigned end;
    const char *meaning;
} exits[] = {
    /* clang-format off */
    {EXIT_DONE,        0,                "all is well: of a run, nothing rejected, nothing pending"},
    {EXIT_FAULT,       0,                "a fault of fastsync itself"},
    {EXIT_USAGE,       0,                "wrong usage or configuration; nothing was sent"},
    {EXIT_REJECTS,     ENDS_REJECTS,     "done, but some rows were rejected; of verify: something differs"},
    {EXIT_INPUT,       ENDS_INPUT,       "an input cannot be read as what it is said to be"},
    {EXIT_SCRIPT,      ENDS_SCRIPT,      "the script is at fault"},
    {EXIT_RIGHTS,      ENDS_RIGHTS,      "the server refuses the credentials or the rights"},
    {EXIT_PENDING,     ENDS_PENDING,     "the server or the network gave up; what is pending goes first in the next run"},
    {EXIT_GUARD,       ENDS_GUARD,       "a guard stopped the run before harm"},
    {EXIT_BUSY,        ENDS_BUSY,        "another run of this mapping is going on"},
    {EXIT_INTERRUPTED, ENDS_INTERRUPTED, "interrupted; what was in flight is in the journal"},
    /* clang-format on */
};

/* What is explained, and what is said of it, broken between words. */
static void print_pair(const char *word, size_t column, const char *text)
{
    struct buf line = {0};
    size_t len = strlen(word), at = 2 + utf8_runes(word, len) + 1;
    buf_addf(&line, "  %s ", word);
    for (; at < column; at++)
        buf_putc(&line, ' ');
    wrap_put(&line, text, at, column, WIDTH);
    print_lines(&line);
    buf_release(&line);
}

static void list_exits(unsigned ends)
{
    char code[16];
    print_end();
    print_line("Exit codes");
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        if (exits[i].end == 0 || (exits[i].end & ends) != 0) {
            snprintf(code, sizeof code, "%d", (int)exits[i].code);
            print_pair(code, AT_EXIT, exits[i].meaning);
        }
}

static void overview(void)
{
    static const char program[] = "fastsync ";
    unsigned ends = 0;
    print_line("fastsync: from a customer export into Fast, every row "
               "accounted for");
    print_end();
    for (const struct command *const *at = commands; *at; at++) {
        print_pair((*at)->usage + strlen(program), AT_COMMAND, (*at)->help);
        ends |= (*at)->ends;
    }
    list_exits(ends);
    print_end();
    print_line("fastsync COMMAND --help shows a command's options and an "
               "example.");
    print_line("fastsync help security says who may do what.");
}

static void describe_option(const struct option *option)
{
    char word[OPTION_WORD_SIZE], usage[80];
    struct buf text = {0};
    snprintf(usage, sizeof usage, "%s%s%s%s%s",
             option->shorthand ? option->shorthand : "",
             option->shorthand ? ", " : "", option_word(word, option->name),
             option->argument ? " " : "",
             option->argument ? option->argument : "");
    buf_puts(&text, option->help);
    if (option->standard != NULL && *option->standard != '\0')
        buf_addf(&text, " (%s)", option->standard);
    print_pair(usage, AT_OPTION, buf_text(&text));
    buf_release(&text);
}

/* Was an option before this one under the same title? */
static bool is_listed(const struct command *command,
                      const struct option *option)
{
    struct option_cursor all = {.command = command};
    struct option before;
    while (options_next(&all, &before) &&
           strcmp(before.name, option->name) != 0)
        if (strcmp(before.group, option->group) == 0)
            return true;
    return false;
}

static void describe_group(const struct command *command, const char *group)
{
    struct option_cursor all = {.command = command};
    struct option option;
    print_end();
    print_line("%s", group);
    while (options_next(&all, &option))
        if (strcmp(option.group, group) == 0)
            describe_option(&option);
}

void command_describe(const struct command *command)
{
    struct option_cursor all = {.command = command};
    struct option option;
    print_line("%s", command->usage);
    print_end();
    print_line("%s", command->help);
    while (options_next(&all, &option))
        if (!is_listed(command, &option))
            describe_group(command, option.group);
    list_exits(command->ends);
    print_end();
    print_line("Example");
    print_line("  %s", command->example);
}

static enum exit_code help(struct arguments *arguments, struct err *err)
{
    if (arguments->count == 0) {
        overview();
        return EXIT_DONE;
    }
    if (strcmp(arguments->operands[0], "security") == 0) {
        security_describe();
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
    .usage = "fastsync help [COMMAND | security]",
    .help = "the commands, one command's options, or who may do what",
    .example = "fastsync help run",
    .operands_max = 1,
    .body = help,
};
