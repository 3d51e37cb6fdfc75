/* pattern.h: a path that stands for files whose names are not known yet:
 * `exports/kh-*.csv`.
 *
 * `*`, `?` and `[…]` are what a shell takes them for, in the mapping's own part
 * of the path; a file of just that name goes first. Names that begin with a
 * dot, folders, and what fastsync wrote itself (rejects, doubtful values, which
 * may lie beside the exports) are not among the files. A file or folder that
 * the script may not read is EXIT_USAGE, also among others. Pure but for
 * looking. */
#ifndef FASTSYNC_DECODE_PATTERN_H
#define FASTSYNC_DECODE_PATTERN_H

#include "spec.h"

struct path_list {
    char **all; /* in the order of their names */
    unsigned count;
};

struct paths {
    struct path_list files;
    struct path_list ours; /* that were left out, for they are fastsync's */
};

/* EXIT_INPUT also where a path is a pipe, a socket or a device: it would be
 * waited for. The files that the spec's path stands for, as its `pick` says:
 * all, or the one that was changed last (of several the last by name). A path
 * that is no pattern is one, there or not. EXIT_INPUT: none is there.
 * EXIT_SCRIPT: `pick` has nothing to pick from. */
bool pattern_paths(const struct spec *spec, struct paths *paths,
                   struct err *err);
void paths_release(struct paths *paths);

#endif
