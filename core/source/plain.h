/* plain.h: files that somebody else may have put there: looked at before they
 * are used, and never waited for.
 *
 * A folder that another has packed may hold a pipe where a file should be, on
 * which reading waits for ever; a link, through which a file of the user's
 * would be written; a device. Where a path came from decides what it may be:
 *
 *   read, named by anyone     a file, /dev/null, a descriptor (plain_handed)
 *   a state folder's own      a file, no link (plain_own)
 *   written, named by anyone  what plain_output lets pass
 *
 * `*why` is then what is wrong, as it follows a name: "is a pipe". It lives as
 * long as the thread asks for no other. Any thread. */
#ifndef FASTSYNC_SOURCE_PLAIN_H
#define FASTSYNC_SOURCE_PLAIN_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>

/* Does the path name what the person handed us open (/dev/stdout, /dev/fd/3),
 * and no place in a folder? Such a link leads where they want it. */
bool plain_handed(const char *path);
/* What stands there, as "is a pipe"; NULL: a file. */
const char *plain_kind(const struct stat *status);

/* Is what stands there something to read? False: why. */
bool plain_reads(const char *path, const struct stat *status, const char **why);
/* Opens to read. -1, or NULL: errno (0 where it is no file), and why. */
int plain_open(const char *path, const char **why);
FILE *plain_stream(const char *path, const char **why);

/* Opens a file of our own in a folder that others may have filled. `flags` as
 * for open; what is made is for its owner alone. -1: errno (0: no file). */
int plain_own(const char *path, int flags, const char **why);

/* May a person's output go there? Nothing, a file, /dev/null and its like, a
 * terminal, what was handed to us; and with `pipe` a FIFO, which is then waited
 * for. False: why. No link to anything: what it leads to is not what was
 * named. */
bool plain_output(const char *path, bool pipe, const char **why);
/* Opens such an output, or what was handed to us once more: PLAIN_APPEND: at
 * its end, else empty; PLAIN_PIPE: also a FIFO; PLAIN_LATER: what is in a file
 * stays until plain_empty. -1: errno (0: it may not go there), and why. */
enum { PLAIN_APPEND = 1, PLAIN_PIPE = 2, PLAIN_LATER = 4 };

int plain_write(const char *path, unsigned how, const char **why);
/* Empties a file, and nothing else. False: errno. */
bool plain_empty(int fd);

#endif
