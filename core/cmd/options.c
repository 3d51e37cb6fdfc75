/* options.c: the options that commands share. A name is looked up in the
 * display options below, the command's own, the settings and the formats'
 * options, in this order; whether the command takes it stands in its list. The
 * help of a command is printed from the same tables. */
#include "options.h"

#include <stdio.h>
#include <string.h>

/* Options that set how things are shown, for every command; --json, for those
 * that list it. */

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
    return d->json = true;
}

static bool set_help(struct display *d, const char *text)
{
    (void)text;
    return d->help = true;
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

static const struct display_option {
    const char *name, *shorthand, *argument, *help;
    const char *words; /* that the argument may be */
    bool everywhere;   /* every command takes it */
    bool (*set)(struct display *display, const char *text);
} displays[] = {
    /* clang-format off */
    {"json", NULL, NULL, "machine-readable result on standard output", NULL, false, set_json},
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

/* Option words and table names differ by '-' and '_'. */
void option_dashes(char *name)
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
        found->name = displays[i].name;
        found->argument = displays[i].argument;
        found->display = i;
        return true;
    }
    return false;
}

static bool find_own(const struct command *command, const char *word,
                     size_t len, struct option *found)
{
    for (int i = 0; command->own && command->own[i].name; i++) {
        const struct own_option *own = &command->own[i];
        if (!same_word(word, len, own->name))
            continue;
        found->own = i;
        found->name = own->name;
        found->argument = own->argument;
        return true;
    }
    return false;
}

static bool find_setting(const struct command *command, const char *word,
                         size_t len, struct option *found)
{
    for (const struct setting *s = settings; s->name; s++) {
        if (!same_word(word, len, s->name) || !takes_setting(command, s))
            continue;
        found->setting = s;
        found->name = s->name;
        found->argument = s->argument;
        return true;
    }
    return false;
}

static bool find_source(const struct command *command, const char *word,
                        size_t len, struct option *found)
{
    const struct format_option *s;
    for (unsigned i = 0; (s = spec_option_at(i, false)) != NULL; i++) {
        if (!same_word(word, len, s->name) || !takes_source(command, s->name))
            continue;
        found->source = s;
        found->name = s->name;
        found->argument = s->argument;
        return true;
    }
    return false;
}

/* A command's own options go before those of others with the same name. */
bool option_find_in(const struct command *command, const char *word, size_t len,
                    struct option *found)
{
    *found = (struct option){.display = -1, .own = -1};
    return find_display(command, word, len, found) ||
           find_own(command, word, len, found) ||
           find_setting(command, word, len, found) ||
           find_source(command, word, len, found);
}

bool option_show(const struct option *option, struct display *display,
                 const char *text, struct err *err)
{
    const struct display_option *shared = &displays[option->display];
    return shared->set(display, text) ||
           err_set(err, EXIT_USAGE, "--%s: \"%s\" is not %s", option->name,
                   text, shared->words);
}

const char *option_long_name(const char *word)
{
    for (int i = 0; i < DISPLAYS; i++)
        if (displays[i].shorthand && strcmp(word, displays[i].shorthand) == 0)
            return displays[i].name;
    if (strcmp(word, "-o") == 0)
        return "bodies";
    return strncmp(word, "--", 2) == 0 ? word + 2 : NULL;
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
    option_dashes(word);
    printf("  %-26s %s", word, help);
    if (standard != NULL && *standard != '\0')
        printf(" (%s)", standard);
    putchar('\n');
}

static void print_shared(const struct command *command)
{
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
}

void options_describe(const struct command *command)
{
    printf("%s\n\n%s\n\nOptions\n", command->usage, command->help);
    for (int i = 0; command->own && command->own[i].name; i++)
        print_option(command->own[i].name, command->own[i].argument, NULL,
                     command->own[i].help, NULL);
    print_shared(command);
    printf("\nExample\n  %s\n", command->example);
}
