/* arguments.c: word by word. What an option means is options.c's to know; here
 * is only where its value stands, and which words are operands. */
#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "options.h"
#include "source/plain.h"

/* "--batch=7": the option's name ends at '='. */
static bool is_word(const struct option *option, const char *word, size_t len)
{
    if (option->shorthand != NULL && strcmp(word, option->shorthand) == 0)
        return true;
    char own[OPTION_WORD_SIZE];
    return strlen(option_word(own, option->name)) == len &&
           memcmp(own, word, len) == 0;
}

/* A walk over all options, for each word of one command line: there are some
 * fifty. */
static bool find(const struct command *command, const char *word, size_t len,
                 struct option *option)
{
    struct option_cursor all = {.command = command};
    while (options_next(&all, option))
        if (is_word(option, word, len))
            return true;
    return false;
}

/* "-qv", "-ofile", "-o file": letters in turn; one that has a value takes the
 * rest of its word, or the next one. */
static bool take_letters(struct arguments *arguments, char *const **argv,
                         struct err *err)
{
    const struct command *command = arguments->command;
    const char *word = *(*argv)++;
    for (const char *at = word + 1; *at != '\0'; at++) {
        const char letter[] = {'-', *at, '\0'};
        const char *text = at[1] != '\0' ? at + 1 : **argv;
        struct option option;
        if (!find(command, letter, 2, &option))
            return options_unknown(command, at == word + 1 ? word : letter,
                                   err);
        if (option.argument == NULL) {
            if (!option.set(&option, arguments, "yes", err))
                return false;
            continue;
        }
        if (text == NULL)
            return err_set(err, EXIT_USAGE, "%s needs a value: %s", letter,
                           option.argument);
        *argv += at[1] == '\0';
        return option.set(&option, arguments, text, err);
    }
    return true;
}

/* Takes one option and its value, moving *argv past them. */
static bool take_option(struct arguments *arguments, char *const **argv,
                        struct err *err)
{
    const struct command *command = arguments->command;
    const char *word = *(*argv)++;
    size_t len = strcspn(word, "=");
    struct option option;
    if (!find(command, word, len, &option))
        return options_unknown(command, word, err);
    const char *text = word[len] == '=' ? word + len + 1 : NULL;
    if (option.argument == NULL && text != NULL)
        return err_set(err, EXIT_USAGE, "%.*s takes no value", (int)len, word);
    if (option.argument == NULL)
        text = "yes";
    else if (text == NULL && **argv == NULL)
        return err_set(err, EXIT_USAGE, "%s needs a value: %s", word,
                       option.argument);
    else if (text == NULL)
        text = *(*argv)++;
    return option.set(&option, arguments, text, err);
}

static bool take_operand(struct arguments *arguments, const char *word,
                         struct err *err)
{
    if (arguments->count == arguments->command->operands_max ||
        arguments->count == OPERANDS_MAX)
        return err_set(err, EXIT_USAGE, "%s: unexpected argument; usage: %s",
                       word, arguments->command->usage);
    arguments->operands[arguments->count++] = word;
    return true;
}

/* After "--" every word is an operand; "-" alone is one too: standard input. */
static bool take_words(struct arguments *arguments, char *const *argv,
                       struct err *err)
{
    bool options = true, good = true;
    while (good && *argv != NULL) {
        const char *word = *argv;
        if (options && strcmp(word, "--") == 0) {
            options = false;
            argv++;
        } else if (options && word[0] == '-' && word[1] != '-' &&
                   word[1] != '\0') {
            good = take_letters(arguments, &argv, err);
        } else if (options && word[0] == '-' && word[1] != '\0') {
            good = take_option(arguments, &argv, err);
        } else {
            good = take_operand(arguments, *argv++, err);
        }
    }
    return good;
}

bool arguments_script(const char *word)
{
    size_t len = strlen(word);
    return len > 4 && strcmp(word + len - 4, ".lua") == 0;
}

/* Every mapping is returned. A file that cannot be read may hold it, and a pipe
 * is read once. */
static bool may_be_lua(const char *path)
{
    static const char word[] = "return";
    const char *why;
    FILE *file = plain_handed(path) ? NULL : plain_stream(path, &why);
    if (file == NULL)
        return true;
    size_t matched = 0;
    int byte;
    /* A letter that does not fit may begin the word anew. */
    while (matched < sizeof word - 1 && (byte = getc(file)) != EOF)
        matched = byte == word[matched] ? matched + 1 : byte == word[0];
    bool failed = ferror(file);
    fclose(file);
    return failed || matched == sizeof word - 1;
}

/* A mapping is known by its name, or else by a word that no mapping does
 * without. A file that is not there is told when it is opened. */
static bool check_mapping(const struct arguments *arguments, struct err *err)
{
    const char *usage = arguments->command->usage;
    if (strstr(usage, "MAPPING.lua") == NULL || arguments->count == 0 ||
        arguments_script(arguments->operands[0]))
        return true;
    const char *first = arguments->operands[0], *script = NULL;
    for (unsigned i = 1; script == NULL && i < arguments->count; i++)
        if (arguments_script(arguments->operands[i]))
            script = arguments->operands[i];
    if (script != NULL)
        return err_set(err, EXIT_USAGE,
                       "%s is no Lua script; %s goes before it: %s", first,
                       script, usage);
    return may_be_lua(first) ||
           err_set(err, EXIT_USAGE,
                   "%s is no Lua script, which every mapping is: %s", first,
                   usage);
}

bool arguments_parse(struct arguments *arguments, const struct command *command,
                     char *const *argv, struct err *err)
{
    *arguments =
        (struct arguments){.command = command, .log = {.level = LOG_NOTE}};
    config_init(&arguments->config);
    bool good = take_words(arguments, argv, err);
    log_setup(&arguments->log); /* also for the message of a failure */
    if (good && !arguments->help && arguments->count < command->operands_min)
        return err_set(err, EXIT_USAGE, "usage: %s", command->usage);
    return good && (arguments->help || check_mapping(arguments, err));
}

void arguments_release(struct arguments *arguments)
{
    config_release(&arguments->config);
    for (int i = 0; i < OWN_MAX; i++)
        free(arguments->own[i]);
}

/* The format goes first, wherever it stands: the others are its options. */
bool arguments_override(const struct arguments *arguments, struct spec *spec,
                        struct err *err)
{
    char word[OPTION_WORD_SIZE];
    for (int pass = 0; pass < 2; pass++)
        for (unsigned i = 0; i < arguments->override_count; i++) {
            const struct source_override *over = &arguments->overrides[i];
            bool first = strcmp(over->name, "format") == 0;
            if (first == (pass == 0) &&
                !spec_override(spec, over->name, over->text, err))
                return err_prefix(err, "%s", option_word(word, over->name));
        }
    return true;
}
