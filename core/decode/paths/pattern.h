/* pattern.h: a path that stands for files whose names are not known yet:
 * `exports/kh-*.csv`, or a folder, `exports`.
 *
 * `*`, `?` and `[…]` are what a shell takes them for, in the mapping's own part
 * of the path; a file of just that name goes first. Of a folder, what is called
 * like an export is meant, and not what is in folders in it. Names that begin
 * with a dot, folders, what programs keep beside a file at work (locks,
 * downloads that are not finished), and what fastsync wrote itself (rejects,
 * doubtful values, which may lie beside the exports) are not among the files. A
 * file or folder that the script may not read is EXIT_USAGE, also among others.
 * Pure but for looking. */
#ifndef FASTSYNC_DECODE_PATHS_PATTERN_H
#define FASTSYNC_DECODE_PATHS_PATTERN_H

#include "decode/spec.h"

struct path_list {
    char **all; /* in the order of their names (natural.h) */
    unsigned count;
};

struct paths {
    struct path_list files;
    struct path_list ours;   /* that were left out, for they are fastsync's */
    struct path_list others; /* or for their names */
    char *unread; /* a folder that could not be looked into, or NULL */
    int why;      /* its errno */
    bool folder;  /* it is one */
};

/* EXIT_INPUT also where a path is a pipe, a socket or a device: it would be
 * waited for. The files that the spec's path stands for, as its `pick` says:
 * all, or the one that was changed last (of several the last by name). A path
 * that is no pattern is one, there or not. EXIT_INPUT: none is there.
 * EXIT_SCRIPT: `pick` has nothing to pick from. Released in any case. */
bool pattern_paths(const struct spec *spec, struct paths *paths,
                   struct err *err);
void paths_release(struct paths *paths);
/* Notes what was left out of it. */
void pattern_tell(const char *path, const struct paths *paths);

#endif
