/* cmd.h: the commands there are.
 *
 * To add a command: a file that defines `const struct command command_NAME`
 * (command.h), and one line in COMMANDS, in the order of the overview. */
#ifndef FASTSYNC_CMD_CMD_H
#define FASTSYNC_CMD_CMD_H

#include "command.h"

/* clang-format off */
#define COMMANDS(X)                                                            \
    X(run) X(check) X(preview) X(inspect) X(cat) X(resume) X(discard) X(status)   \
    X(explain) X(verify) X(forms) X(doctor) X(trust) X(sandbox) X(version) X(help)
/* clang-format on */

#define COMMAND_DECLARE(name) extern const struct command command_##name;
COMMANDS(COMMAND_DECLARE)
#undef COMMAND_DECLARE

extern const struct command *const commands[];        /* ends with NULL */
const struct command *command_find(const char *name); /* NULL: none */
/* For a word that is no command: what was meant. Answers false. */
bool command_unknown(const char *word, struct err *err);
void command_describe(const struct command *command); /* its --help */

#endif
