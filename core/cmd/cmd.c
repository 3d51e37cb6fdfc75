/* cmd.c: the commands by name. */
#include "cmd.h"

#include <string.h>

#define COMMAND_ROW(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_ROW) NULL};

const struct command *command_find(const char *name)
{
    for (const struct command *const *at = commands; *at; at++)
        if (strcmp((*at)->name, name) == 0)
            return *at;
    return NULL;
}
