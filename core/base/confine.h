/* confine.h: after set-up the process gives up what it needs no more.
 *
 * What is read then (scripts, exports, answers, journals) is somebody else's,
 * and a fault in what reads it shall reach no further than the work does: no
 * program is started any more, nothing is written but where the work writes,
 * nothing is read but what was granted and what the C library, TLS and the
 * resolver read. On Linux the kernel keeps that (Landlock for files, seccomp
 * for calls), whatever runs in the process; elsewhere, and where the kernel
 * refuses, nothing is given up, which is no error and is told by
 * confine_describe. Connections and sockets stay free. What is open stays
 * usable.
 *
 * Once in a process, on its main thread, before it has started others that
 * stay: files are kept from this thread and those that it starts later. */
#ifndef FASTSYNC_CONFINE_H
#define FASTSYNC_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

struct confine_paths {
    char **all; /* owned */
    size_t count;
};

/* Begins zeroed. What is not there, and NULL, is left out: nothing that is
 * made later is granted by its name. */
struct confine {
    struct confine_paths reads; /* files, and folders with all below them */
    struct confine_paths writes;
};

/* Copies the path. Links count for what they lead to. */
void confine_read(struct confine *confine, const char *path);
/* A file that is written in place, or a folder in which files and folders are
 * made, written, renamed and removed; these may be read as well. */
void confine_write(struct confine *confine, const char *path);

/* Gives up the rest. The paths are released. */
void confine_begin(struct confine *confine);
/* Instead of it: nothing is given up, as somebody said so. Of no effect where
 * it was before. */
void confine_never(struct confine *confine);

/* What is in force, in words: "Landlock 7 (reads, writes) and seccomp (no
 * programs)". True: all of it. */
bool confine_describe(struct buf *to);
/* To be asked after an open that has failed with EACCES: was it the
 * confinement, and not the rights of the file? Keeps errno. */
bool confine_refused(const char *path);
#define CONFINE_SAYS                                                           \
    "fastsync has confined itself to the files that it was granted, and "      \
    "--no-confine lifts that"

#endif
