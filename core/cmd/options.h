/* options.h: the options that commands share, each found by its word, and a
 * command's help. Those of one command stand with it (cmd.h). */
#ifndef FASTSYNC_CMD_OPTIONS_H
#define FASTSYNC_CMD_OPTIONS_H

#include "base/log.h"
#include "cmd.h"
#include "config/config.h"
#include "decode/spec.h"

/* What the display options say. */
struct display {
    bool json, help;
    struct log_settings log;
};

/* One option, found. */
struct option {
    const char *name;
    const char *argument; /* NULL: a flag */
    int display, own;     /* index, or -1 */
    const struct setting *setting;
    const struct format_option *source;
};

/* The option that the command takes by this word, without its dashes. */
bool option_find_in(const struct command *command, const char *word, size_t len,
                    struct option *found);
/* "-q" and "--quiet" as "quiet"; NULL: it is no option. */
const char *option_long_name(const char *word);
/* Names in tables have '_' where options have '-'. */
void option_dashes(char *name);
/* Sets a display option. */
bool option_show(const struct option *option, struct display *display,
                 const char *text, struct err *err);

/* Prints the command's --help. */
void options_describe(const struct command *command);

#endif
