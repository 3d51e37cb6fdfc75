/* cmd.c: the commands by name. */
#include "cmd.h"

#include <string.h>

#include "base/nearest.h"

#define COMMAND_ROW(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_ROW) NULL};

const struct command *command_find(const char *name)
{
    for (const struct command *const *at = commands; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}

/* What has hyphens in front is one of the two options that stand alone. */
static const char *near_command(const char *word)
{
    struct nearest nearest;
    nearest_init(&nearest, word, strlen(word));
    for (const struct command *const *at = commands; *at && *word != '-'; at++)
        nearest_try(&nearest, (*at)->name);
    nearest_try(&nearest, "--help");
    nearest_try(&nearest, "--version");
    return nearest_end(&nearest);
}

/* Whoever names a mapping at once has left the command out. */
bool command_unknown(const char *word, struct err *err)
{
    const char *near = near_command(word);
    if (arguments_script(word))
        return err_set(err, EXIT_USAGE,
                       "%s: no such command; did you mean fastsync check %s?",
                       word, word);
    if (near != NULL)
        return err_set(err, EXIT_USAGE, "%s: no such command; did you mean %s?",
                       word, near);
    if (*word == '-')
        return err_set(err, EXIT_USAGE,
                       "%s: a command comes first, its options behind it; see "
                       "fastsync help",
                       word);
    return err_set(err, EXIT_USAGE, "%s: no such command; see fastsync help",
                   word);
}
