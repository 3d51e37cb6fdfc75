/* taken.h: the files that one command reads and keeps, so that none of them is
 * written over by another of its outputs.
 *
 * A file is known by device and number, so by every name and link it has, and
 * one that is not there yet by its folder and its name in it. What stands under
 * a path is looked at once for all outputs that are checked together, and anew
 * for each further input. The list is the process's, from one
 * taken_begin to the next. Any thread. */
#ifndef FASTSYNC_SOURCE_TAKEN_H
#define FASTSYNC_SOURCE_TAKEN_H

#include <stdbool.h>

#include "base/err.h"

enum taken_kind {
    TAKEN_INPUT, /* exports, lookups */
    TAKEN_KEPT,  /* mapping, modules, configuration, journal: never written */
};

void taken_begin(void);
/* Other outputs are checked from now on, or files were made since. */
void taken_look(void);
/* From now on the file is `what`: "an input", "the mapping". A name that was
 * given before keeps what it is. */
void taken_note(const char *path, enum taken_kind kind, const char *what);

/* An output: `who` is the option that named it ("--bodies"). Two with the same
 * `who` may be one file. `spares`: it is no matter that it is an input, as it
 * will find another name. False: EXIT_USAGE, which names the option, the file
 * and what it is. */
bool taken_write(const char *path, const char *who, bool spares,
                 struct err *err);
/* Something is to be read that was not known before: false, EXIT_USAGE, where
 * that is what an output goes to. It is noted as an input. */
bool taken_read(const char *path, struct err *err);
/* Was that refused of the output of this path? Then nothing is to be written
 * there: what it holds is somebody's. */
bool taken_wanted(const char *path);

#endif
