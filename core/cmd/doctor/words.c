/* words.c: files that were not read, and each setting: what counted, who said
 * it, and why what others said did not. What a later step shows by itself has
 * a line here only where somebody said something else. */
#include <string.h>

#include "config/words.h"
#include "doctor.h"

static void tell_unread(const struct config *config)
{
    struct buf line = {0};
    for (const char *at = config->unread; at != NULL;) {
        size_t len = strcspn(at, "\n");
        buf_clear(&line);
        buf_addf(&line, "%.*s", (int)len, at);
        doctor_line(FOUND_DOUBT, "not read", buf_text(&line));
        at = at[len] != '\0' ? at + len + 1 : NULL;
    }
    buf_release(&line);
}

static bool has_own_step(const struct setting *setting)
{
    static const char *const names[] = {
        "profile",          "config",        "state", "url",   "username",
        "password",         "password_file", "token", "proxy", "ca_file",
        "password_command", "client_cert"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], setting->name) == 0)
            return true;
    return false;
}

/* A command may hold a password. */
static void say(const struct word *word, struct buf *line)
{
    bool command = strcmp(word->setting->name, "password_command") == 0;
    buf_addf(line, "%s (%s)", command ? "a command" : word->shown,
             word->origin);
}

/* True: it is one that only trust is missing for. */
static bool say_other(const struct config *config, const struct word *word,
                      struct buf *line)
{
    bool withheld = words_withheld(config, word);
    buf_puts(line, line->len > 0 ? "; not " : "not ");
    say(word, line);
    if (withheld)
        buf_puts(line, config->changed
                           ? ": changed since it was trusted (fastsync trust)"
                           : ": not trusted (fastsync trust)");
    return withheld;
}

static void tell_setting(const struct config *config,
                         const struct setting *setting, struct buf *line)
{
    unsigned others = 0;
    bool doubt = false;
    buf_clear(line);
    for (size_t i = 0; i < config->word_count; i++)
        if (config->words[i].setting == setting &&
            words_counts(config, &config->words[i])) {
            buf_clear(line); /* an option may be given twice */
            say(&config->words[i], line);
        }
    for (size_t i = 0; i < config->word_count; i++) {
        const struct word *word = &config->words[i];
        if (word->setting != setting || words_counts(config, word))
            continue;
        doubt |= say_other(config, word, line);
        others++;
    }
    if (line->len > 0 && (others > 0 || !has_own_step(setting)))
        doctor_line(doubt ? FOUND_DOUBT : FOUND_GOOD, setting->name,
                    buf_text(line));
}

enum finding look_words(struct doctor *doctor)
{
    struct buf line = {0};
    tell_unread(doctor->config);
    for (const struct setting *at = settings; at->name != NULL; at++)
        tell_setting(doctor->config, at, &line);
    buf_release(&line);
    return FOUND_NOTHING;
}
