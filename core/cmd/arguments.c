/* arguments.c: command lines, word by word. Everything after `--` is an
 * operand, and so is a single dash: standard input. */
#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "options.h"

static void set_own(struct arguments *arguments, int own, const char *text)
{
    char *before = arguments->own[own];
    arguments->own[own] =
        before ? mem_format("%s\n%s", before, text) : mem_text(text);
    free(before);
}

static bool set_setting(struct arguments *arguments,
                        const struct option *option, const char *text,
                        struct err *err)
{
    char where[64];
    snprintf(where, sizeof where, "--%s", option->name);
    option_dashes(where);
    return config_set(&arguments->config, option->name, text, RANK_OPTION,
                      where, err);
}

/* Tried at once, so that nonsense is told before anything is opened. */
static bool set_source(struct arguments *arguments, const struct option *option,
                       const char *text, struct err *err)
{
    struct spec tried;
    if (arguments->override_count == OVERRIDES_MAX)
        return err_set(err, EXIT_USAGE, "too many options");
    arguments->overrides[arguments->override_count++] =
        (struct source_override){option->source, text};
    spec_init(&tried);
    bool good = spec_override(&tried, option->source->name, text, err);
    spec_release(&tried);
    return good || err_prefix(err, "--%s", option->name);
}

static bool apply(struct arguments *arguments, struct display *display,
                  const struct option *option, const char *text,
                  struct err *err)
{
    if (option->display >= 0)
        return option_show(option, display, text, err);
    if (option->setting != NULL)
        return set_setting(arguments, option, text, err);
    if (option->source != NULL)
        return set_source(arguments, option, text, err);
    set_own(arguments, option->own, text);
    return true;
}

/* Takes one option and its value, moving *argv past them. */
static bool parse_option(struct arguments *arguments, struct display *display,
                         char *const **argv, struct err *err)
{
    const char *word = *(*argv)++;
    const char *name = option_long_name(word);
    size_t len = name ? strcspn(name, "=") : 0;
    struct option option;
    if (name == NULL || !option_find_in(arguments->command, name, len, &option))
        return err_set(err, EXIT_USAGE,
                       "%s: fastsync %s has no such option; see fastsync %s "
                       "--help",
                       word, arguments->command->name,
                       arguments->command->name);
    const char *text = name[len] == '=' ? name + len + 1 : NULL;
    if (option.argument == NULL && text != NULL)
        return err_set(err, EXIT_USAGE, "--%s takes no value", option.name);
    if (option.argument != NULL && text == NULL) {
        if (**argv == NULL)
            return err_set(err, EXIT_USAGE, "%s wants a value: %s", word,
                           option.argument);
        text = *(*argv)++;
    }
    return apply(arguments, display, &option, text ? text : "yes", err);
}

static bool add_operand(struct arguments *arguments, const char *word,
                        struct err *err)
{
    if (arguments->count == arguments->command->operands_max ||
        arguments->count == OPERANDS_MAX)
        return err_set(err, EXIT_USAGE, "%s: unexpected argument; usage: %s",
                       word, arguments->command->usage);
    arguments->operands[arguments->count++] = word;
    return true;
}

bool arguments_parse(struct arguments *arguments, const struct command *command,
                     char *const *argv, struct err *err)
{
    struct display display = {.log = {.level = LOG_NOTE}};
    bool options = true;
    bool good = true;
    *arguments = (struct arguments){.command = command};
    config_init(&arguments->config);
    while (good && *argv != NULL) {
        const char *word = *argv;
        if (options && strcmp(word, "--") == 0) {
            options = false;
            argv++;
        } else if (options && word[0] == '-' && word[1] != '\0') {
            good = parse_option(arguments, &display, &argv, err);
        } else {
            good = add_operand(arguments, *argv++, err);
        }
    }
    log_setup(&display.log);
    arguments->json = display.json;
    arguments->help = display.help;
    if (good && !arguments->help && arguments->count < command->operands_min)
        return err_set(err, EXIT_USAGE, "usage: %s", command->usage);
    return good;
}

void arguments_release(struct arguments *arguments)
{
    config_release(&arguments->config);
    for (int i = 0; i < OWN_MAX; i++)
        free(arguments->own[i]);
}

bool arguments_override(const struct arguments *arguments, struct spec *spec,
                        struct err *err)
{
    for (unsigned i = 0; i < arguments->override_count; i++) {
        const struct source_override *over = &arguments->overrides[i];
        if (!spec_override(spec, over->option->name, over->text, err))
            return err_prefix(err, "--%s", over->option->name);
    }
    return true;
}
