/* cmd.c: command lines. An option's name is looked up where options are: in
 * the display options below, the settings, the source options, and the
 * command's own; whether the command takes it stands in its list. */
#include "cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"

#define COMMAND_ROW(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_ROW) NULL};

/* Options that set what a command shows, not what it does. */

struct display {
    struct arguments *arguments;
    struct log_settings log;
};

static bool set_when(enum log_when *when, const char *text)
{
    static const char *const words[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++)
        if (strcmp(text, words[i]) == 0) {
            *when = (enum log_when)i;
            return true;
        }
    return false;
}

static bool set_json(struct display *d, const char *text)
{
    (void)text;
    return d->arguments->json = true;
}

static bool set_arrays(struct display *d, const char *text)
{
    (void)text;
    return d->arguments->arrays = true;
}

static bool set_sandbox(struct display *d, const char *text)
{
    (void)text;
    return d->arguments->sandbox = true;
}

static bool set_dry_run(struct display *d, const char *text)
{
    (void)text;
    return d->arguments->dry_run = true;
}

static bool set_help(struct display *d, const char *text)
{
    (void)text;
    return d->arguments->help = true;
}

static bool set_quiet(struct display *d, const char *text)
{
    (void)text;
    d->log.level = LOG_WARN;
    return true;
}

static bool set_verbose(struct display *d, const char *text)
{
    (void)text;
    d->log.level = LOG_DEBUG;
    return true;
}

static bool set_log_format(struct display *d, const char *text)
{
    d->log.json = strcmp(text, "json") == 0;
    return d->log.json || strcmp(text, "text") == 0;
}

static bool set_color(struct display *d, const char *text)
{
    return set_when(&d->log.color, text);
}

static bool set_progress(struct display *d, const char *text)
{
    return set_when(&d->log.progress, text);
}

#define WHEN "auto, always or never"

static const struct {
    const char *name, *shorthand, *argument, *help;
    const char *words; /* that the argument may be */
    bool everywhere;   /* every command takes it */
    bool (*set)(struct display *display, const char *text);
} displays[] = {
    /* clang-format off */
    {"json", NULL, NULL, "machine-readable result on standard output", NULL, false, set_json},
    {"arrays", NULL, NULL, "each row as a JSON array, header rows included", NULL, false, set_arrays},
    {"sandbox", NULL, NULL, "send to a private sandbox in this process", NULL, false, set_sandbox},
    {"dry-run", NULL, NULL, "the same as check: send nothing", NULL, false, set_dry_run},
    {"quiet", "-q", NULL, "only warnings and errors", NULL, true, set_quiet},
    {"verbose", "-v", NULL, "say more", NULL, true, set_verbose},
    {"log-format", NULL, "text|json", "how messages are written (text)", "text or json", true, set_log_format},
    {"color", NULL, "WHEN", WHEN " (auto)", WHEN, true, set_color},
    {"progress", NULL, "WHEN", WHEN " (auto)", WHEN, true, set_progress},
    {"help", "-h", NULL, "this help", NULL, true, set_help},
    /* clang-format on */
};

enum { DISPLAYS = sizeof displays / sizeof *displays };

/* Does the command list this option, by itself or by a group's name? */

static bool listed(const struct command *command, const char *name)
{
    for (const char *const *at = command->options; at && *at; at++)
        if (strcmp(*at, name) == 0)
            return true;
    return false;
}

static bool reaches_server(const char *name)
{
    static const char *const names[] = {"profile", "config", "url", "username",
                                        "password_file"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool takes_setting(const struct command *command,
                          const struct setting *setting)
{
    return !setting->secret &&
           (listed(command, setting->name) ||
            (reaches_server(setting->name) && listed(command, "server")));
}

static bool takes_source(const struct command *command, const char *name)
{
    return listed(command, "source") || listed(command, name);
}

/* One option, found. */
struct option {
    const char *name;
    const char *argument; /* NULL: a flag */
    int display, own;     /* index, or -1 */
    const struct setting *setting;
    const struct format_option *source;
};

/* Option words and table names differ by '-' and '_'. */
static void with_dashes(char *name)
{
    for (; *name != '\0'; name++)
        if (*name == '_')
            *name = '-';
}

static bool same_word(const char *option, size_t len, const char *name)
{
    if (strlen(name) != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (option[i] != name[i] && !(option[i] == '-' && name[i] == '_'))
            return false;
    return true;
}

static bool find_display(const struct command *command, const char *word,
                         size_t len, struct option *found)
{
    for (int i = 0; i < DISPLAYS; i++) {
        if (!same_word(word, len, displays[i].name) ||
            !(displays[i].everywhere || listed(command, displays[i].name)))
            continue;
        *found = (struct option){.name = displays[i].name,
                                 .argument = displays[i].argument,
                                 .display = i,
                                 .own = -1};
        return true;
    }
    return false;
}

static bool find_option(const struct command *command, const char *word,
                        size_t len, struct option *found)
{
    if (find_display(command, word, len, found))
        return true;
    *found = (struct option){.display = -1, .own = -1};
    for (int i = 0; command->own && command->own[i].name; i++)
        if (same_word(word, len, command->own[i].name)) {
            found->own = i;
            found->name = command->own[i].name;
            found->argument = command->own[i].argument;
            return true;
        }
    for (const struct setting *s = settings; s->name; s++)
        if (same_word(word, len, s->name) && takes_setting(command, s)) {
            found->setting = s;
            found->name = s->name;
            found->argument = s->argument;
            return true;
        }
    const struct format_option *s;
    for (unsigned i = 0; (s = spec_option_at(i, false)) != NULL; i++)
        if (same_word(word, len, s->name) && takes_source(command, s->name)) {
            found->source = s;
            found->name = s->name;
            found->argument = s->argument;
            return true;
        }
    return false;
}

static void set_own(struct arguments *arguments, int own, const char *text)
{
    char *before = arguments->own[own];
    arguments->own[own] =
        before ? mem_format("%s\n%s", before, text) : mem_text(text);
    free(before);
}

static bool apply(struct arguments *arguments, struct display *display,
                  const struct option *option, const char *text,
                  struct err *err)
{
    if (option->display >= 0)
        return displays[option->display].set(display, text) ||
               err_set(err, EXIT_USAGE, "--%s: \"%s\" is not %s", option->name,
                       text, displays[option->display].words);
    if (option->own >= 0) {
        set_own(arguments, option->own, text);
        return true;
    }
    if (option->setting != NULL) {
        char where[64];
        snprintf(where, sizeof where, "--%s", option->name);
        with_dashes(where);
        return config_set(&arguments->config, option->name, text, RANK_OPTION,
                          where, err);
    }
    if (arguments->override_count == OVERRIDES_MAX)
        return err_set(err, EXIT_USAGE, "too many options");
    arguments->overrides[arguments->override_count++] =
        (struct source_override){option->source, text};
    struct spec tried;
    spec_init(&tried);
    bool good = spec_override(&tried, option->source->name, text, err);
    spec_release(&tried);
    return good || err_prefix(err, "--%s", option->name);
}

static const char *long_name(const char *word)
{
    for (int i = 0; i < DISPLAYS; i++)
        if (displays[i].shorthand && strcmp(word, displays[i].shorthand) == 0)
            return displays[i].name;
    if (strcmp(word, "-o") == 0)
        return "bodies";
    return strncmp(word, "--", 2) == 0 ? word + 2 : NULL;
}

/* Takes one option and its value, moving *argv behind them. */
static bool parse_option(struct arguments *arguments, struct display *display,
                         char *const **argv, struct err *err)
{
    const char *word = *(*argv)++;
    const char *name = long_name(word);
    size_t len = name ? strcspn(name, "=") : 0;
    struct option option;
    if (name == NULL || !find_option(arguments->command, name, len, &option))
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
    if (arguments->count == arguments->command->operands_most ||
        arguments->count == OPERANDS_MAX)
        return err_set(err, EXIT_USAGE, "%s: one word too many; usage: %s",
                       word, arguments->command->usage);
    arguments->operands[arguments->count++] = word;
    return true;
}

bool arguments_parse(struct arguments *arguments, const struct command *command,
                     char *const *argv, struct err *err)
{
    struct display display = {arguments, {.level = LOG_NOTE}};
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
    if (good && !arguments->help && arguments->count < command->operands_least)
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

const struct command *command_find(const char *name)
{
    for (const struct command *const *at = commands; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}

/* Help, from the same tables. */

static void print_option(const char *name, const char *argument,
                         const char *shorthand, const char *help,
                         const char *standard)
{
    char word[80];
    snprintf(word, sizeof word, "%s%s--%s%s%s", shorthand ? shorthand : "",
             shorthand ? ", " : "", name, argument ? " " : "",
             argument ? argument : "");
    with_dashes(word);
    printf("  %-26s %s", word, help);
    if (standard != NULL && *standard != '\0')
        printf(" (%s)", standard);
    putchar('\n');
}

void command_describe(const struct command *command)
{
    printf("%s\n\n%s\n\nOptions\n", command->usage, command->help);
    for (int i = 0; command->own && command->own[i].name; i++)
        print_option(command->own[i].name, command->own[i].argument, NULL,
                     command->own[i].help, NULL);
    for (const struct setting *s = settings; s->name; s++)
        if (takes_setting(command, s))
            print_option(s->name, s->argument,
                         strcmp(s->name, "bodies") == 0 ? "-o" : NULL, s->help,
                         s->standard);
    const struct format_option *o;
    for (unsigned i = 0; (o = spec_option_at(i, false)) != NULL; i++)
        if (takes_source(command, o->name))
            print_option(o->name, o->argument, NULL, o->help, NULL);
    for (int i = 0; i < DISPLAYS; i++)
        if (displays[i].everywhere || listed(command, displays[i].name))
            print_option(displays[i].name, displays[i].argument,
                         displays[i].shorthand, displays[i].help, NULL);
    printf("\nExample\n  %s\n", command->example);
}
