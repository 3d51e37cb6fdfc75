/* options.h: all options that a command takes, whichever table they stand in:
 * its own, the settings, what may be said of an input, and how it speaks. */
#ifndef FASTSYNC_CMD_OPTIONS_H
#define FASTSYNC_CMD_OPTIONS_H

#include "arguments.h"
#include "command.h"

struct option {
    const char *name;      /* with '-' or '_'; on a command line with '-' */
    const char *shorthand; /* "-q", or NULL */
    const char *argument;  /* what --help calls its value; NULL: a flag */
    const char *help;
    const char *group;    /* the title it stands under in --help */
    const char *standard; /* the default, or NULL */
    bool taken;           /* by the command */
    unsigned row;         /* of its table */
    /* `text` is "yes" for a flag. False: EXIT_USAGE. */
    bool (*set)(const struct option *option, struct arguments *arguments,
                const char *text, struct err *err);
};

enum { OPTION_WORD_SIZE = 48 };

/* As a command line has it: "--max-cell" of "max_cell". Answers `word`. */
const char *option_word(char word[OPTION_WORD_SIZE], const char *name);

/* Where a walk over them is; the rest is zero at first. */
struct option_cursor {
    const struct command *command;
    unsigned table, row;
};

/* The next option that the command takes, in the order of its help. */
bool options_next(struct option_cursor *cursor, struct option *option);
/* For a word that is none of the command's options: which was meant. Answers
 * false. */
bool options_unknown(const struct command *command, const char *word,
                     struct err *err);

#endif
