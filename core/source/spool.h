/* spool.h: a copy of what can be read forward only, in a file that has no name.
 *
 * Nobody else finds such a file, and it goes with the process. It lies where
 * TMPDIR says, or /tmp; where the confinement keeps us from there, beside the
 * journal (SQLITE_TMPDIR), or in memory, up to SPOOL_MEMORY bytes. One owner.
 */
#ifndef FASTSYNC_SOURCE_SPOOL_H
#define FASTSYNC_SOURCE_SPOOL_H

#include "source.h"

enum { SPOOL_MEMORY = 256 * 1024 * 1024 };

/* An empty one, to be written; messages name `path`. Where it lies in memory it
 * takes as much as there is. The descriptor, or -1 with err. */
int spool_open(const char *path, struct err *err);
/* Copies the head and all that comes after it; the source's size is known from
 * then on. The file's descriptor, or -1 with err. */
int spool_copy(struct source *source, struct err *err);

#endif
