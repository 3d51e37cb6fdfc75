/* archive.h: an archive as libarchive sees it, member by member. For
 * unpack.h's files alone. */
#ifndef FASTSYNC_SOURCE_UNPACK_ARCHIVE_H
#define FASTSYNC_SOURCE_UNPACK_ARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#include "part.h"

struct opened;

/* Opens it in from->state; the packed source stands at its first byte. */
bool unpack_archive_open(struct unpacked *from, struct err *err);
void unpack_archive_close(struct unpacked *from);
/* The next member, which lives until the next call. */
enum step unpack_archive_next(struct unpacked *from,
                              struct archive_entry **entry, struct err *err);

#endif
