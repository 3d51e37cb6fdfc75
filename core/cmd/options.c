/* options.c: four tables seen as one.
 *
 * For each table there is a function that says what stands in its n-th row,
 * and one that sets such an option. */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "cmd.h"

const char *option_word(char word[OPTION_WORD_SIZE], const char *name)
{
    snprintf(word, OPTION_WORD_SIZE, "--%s", name);
    for (char *at = word; *at != '\0'; at++)
        if (*at == '_')
            *at = '-';
    return word;
}

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

/* The command's own. */

static bool set_own(const struct option *option, struct arguments *arguments,
                    const char *text, struct err *err)
{
    /* Given again, it is added: --fault may be given several times. */
    char *before = arguments->own[option->row];
    (void)err;
    arguments->own[option->row] =
        before ? mem_format("%s\n%s", before, text) : mem_text(text);
    free(before);
    return true;
}

static bool own_row(const struct command *command, unsigned row,
                    struct option *option)
{
    const struct own_option *own = command->own;
    if (own == NULL || own[row].name == NULL)
        return false;
    bool dry = strcmp(own[row].name, "dry-run") == 0;
    *option = (struct option){.name = own[row].name,
                              .shorthand = dry ? "-n" : NULL,
                              .argument = own[row].argument,
                              .help = own[row].help,
                              .group = "Options",
                              .taken = true,
                              .row = row,
                              .set = set_own};
    return true;
}

/* Settings. A secret is none: everyone sees a command line. */

static bool set_setting(const struct option *option,
                        struct arguments *arguments, const char *text,
                        struct err *err)
{
    char word[OPTION_WORD_SIZE];
    return config_set(&arguments->config, option->name, text, RANK_OPTION,
                      option_word(word, option->name), err);
}

/* The name in the table has "_", as files write it. */
static bool setting_row(const struct command *command, unsigned row,
                        struct option *option)
{
    const struct setting *setting = &settings[row];
    if (setting->name == NULL)
        return false;
    /* Who runs scripts bounds them, and may grant them more. */
    bool grouped =
        (reaches_server(setting->name) && listed(command, "server")) ||
        (setting->grant && listed(command, "max_memory"));
    *option =
        (struct option){.name = setting->name,
                        .shorthand = setting->shorthand,
                        .argument = setting->argument,
                        .help = setting->help,
                        .group = setting->group,
                        .standard = setting->standard,
                        .taken = !setting->secret &&
                                 (grouped || listed(command, setting->name)),
                        .row = row,
                        .set = set_setting};
    return true;
}

/* What may be said of an input. It is tried at once, so that a wrong value is
 * said even where no input is opened; the mapping's own source is overridden
 * later. */

static bool set_source(const struct option *option, struct arguments *arguments,
                       const char *text, struct err *err)
{
    char word[OPTION_WORD_SIZE];
    struct spec tried;
    if (arguments->override_count == OVERRIDES_MAX)
        return err_set(err, EXIT_USAGE, "too many options");
    arguments->overrides[arguments->override_count++] =
        (struct source_override){option->name, text};
    spec_init(&tried);
    bool good = spec_override(&tried, option->name, text, err);
    spec_release(&tried);
    return good || err_prefix(err, "%s", option_word(word, option->name));
}

static bool source_row(const struct command *command, unsigned row,
                       struct option *option)
{
    const struct format_option *source = spec_option_at(row, false);
    if (source == NULL)
        return false;
    *option = (struct option){.name = source->name,
                              .argument = source->argument,
                              .help = source->help,
                              .group = "The input, over what the mapping says",
                              .taken = listed(command, "source") ||
                                       listed(command, source->name),
                              .row = row,
                              .set = set_source};
    return true;
}

/* How a command speaks. */

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

static bool set_json(struct arguments *arguments, const char *text)
{
    (void)text;
    return arguments->json = true;
}

/* Twice: nothing at all, when all is well. */
static bool set_quiet(struct arguments *arguments, const char *text)
{
    (void)text;
    arguments->log.hold |= arguments->log.level == LOG_WARN;
    arguments->log.level = LOG_WARN;
    return true;
}

static bool set_cron(struct arguments *arguments, const char *text)
{
    set_quiet(arguments, text);
    return set_quiet(arguments, text);
}

static bool set_verbose(struct arguments *arguments, const char *text)
{
    (void)text;
    arguments->log.hold = false;
    arguments->log.level = LOG_DEBUG;
    return true;
}

static bool set_log_format(struct arguments *arguments, const char *text)
{
    arguments->log.json = strcmp(text, "json") == 0;
    return arguments->log.json || strcmp(text, "text") == 0;
}

static bool set_color(struct arguments *arguments, const char *text)
{
    return set_when(&arguments->log.color, text);
}

static bool set_progress(struct arguments *arguments, const char *text)
{
    return set_when(&arguments->log.progress, text);
}

static bool set_help(struct arguments *arguments, const char *text)
{
    (void)text;
    return arguments->help = true;
}

#define WHEN "auto, always or never"

/* Not settings: they say nothing about a run, and no file may set them. */
static const struct speech {
    const char *name, *shorthand, *argument, *help;
    const char *words; /* that the value may be */
    bool everywhere;   /* every command takes it */
    bool (*set)(struct arguments *arguments, const char *text);
} speeches[] = {
    /* clang-format off */
    {"json", NULL, NULL, "machine-readable result on standard output", NULL, false, set_json},
    {"quiet", "-q", NULL, "only warnings and errors; twice: as --cron", NULL, true, set_quiet},
    {"cron", NULL, NULL, "say nothing when all is well, and all of it when not", NULL, false, set_cron},
    {"verbose", "-v", NULL, "say more", NULL, true, set_verbose},
    {"log-format", NULL, "text|json", "how messages are written (text)", "text or json", true, set_log_format},
    {"color", NULL, "WHEN", WHEN " (auto)", WHEN, true, set_color},
    {"progress", NULL, "WHEN", WHEN " (auto)", WHEN, true, set_progress},
    {"help", "-h", NULL, "this help", NULL, true, set_help},
    /* clang-format on */
};

static bool set_speech(const struct option *option, struct arguments *arguments,
                       const char *text, struct err *err)
{
    const struct speech *speech = &speeches[option->row];
    return speech->set(arguments, text) ||
           err_set(err, EXIT_USAGE, "--%s: \"%s\" is not %s", speech->name,
                   text, speech->words);
}

static bool speech_row(const struct command *command, unsigned row,
                       struct option *option)
{
    if (row == sizeof speeches / sizeof *speeches)
        return false;
    const struct speech *speech = &speeches[row];
    *option = (struct option){.name = speech->name,
                              .shorthand = speech->shorthand,
                              .argument = speech->argument,
                              .help = speech->help,
                              .group = "Results and messages",
                              .taken = speech->everywhere ||
                                       listed(command, speech->name),
                              .row = row,
                              .set = set_speech};
    return true;
}

/* False: the table has no such row. */
static bool (*const tables[])(const struct command *command, unsigned row,
                              struct option *option) = {own_row, setting_row,
                                                        source_row, speech_row};

bool options_next(struct option_cursor *cursor, struct option *option)
{
    while (cursor->table < sizeof tables / sizeof *tables) {
        if (!tables[cursor->table](cursor->command, cursor->row++, option)) {
            cursor->table++;
            cursor->row = 0;
        } else if (option->taken) {
            return true;
        }
    }
    return false;
}

enum { NAMES_MAX = 96 };

/* The first other command that has it, or NULL. */
static const char *owner_of(const char *name, size_t len)
{
    char word[OPTION_WORD_SIZE];
    struct option option;
    for (const struct command *const *at = commands; *at; at++) {
        struct option_cursor all = {.command = *at};
        while (options_next(&all, &option)) {
            option_word(word, option.name);
            if (strlen(word + 2) == len && memcmp(word + 2, name, len) == 0)
                return (*at)->name;
        }
    }
    return NULL;
}

static const char *near_option(const struct command *command, const char *name,
                               size_t len, char words[][OPTION_WORD_SIZE])
{
    struct option_cursor all = {.command = command};
    struct option option;
    struct nearest nearest;
    nearest_init(&nearest, name, len);
    for (unsigned i = 0; i < NAMES_MAX && options_next(&all, &option); i++) {
        option_word(words[i], option.name);
        nearest_try(&nearest, words[i] + 2);
    }
    const char *near = nearest_end(&nearest);
    /* One letter is no name, and is near to many. */
    return len > 1 ? near : NULL;
}

bool options_unknown(const struct command *command, const char *word,
                     struct err *err)
{
    char words[NAMES_MAX][OPTION_WORD_SIZE];
    const char *name = word + strspn(word, "-");
    int len = (int)strcspn(word, "=");
    size_t name_len = strcspn(name, "=");
    const char *owner = owner_of(name, name_len);
    const char *near = near_option(command, name, name_len, words);
    err_set(err, EXIT_USAGE, "%.*s: fastsync %s has no such option", len, word,
            command->name);
    size_t said = strlen(err->text), room = sizeof err->text - said;
    if (owner != NULL && strncmp(word, "--", 2) == 0)
        snprintf(err->text + said, room, "; fastsync %s has it", owner);
    else if (near != NULL)
        snprintf(err->text + said, room, "; did you mean --%s?", near);
    else
        snprintf(err->text + said, room, "; see fastsync %s --help",
                 command->name);
    return false;
}
