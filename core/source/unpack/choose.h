/* choose.h: the member of an archive that is meant. For unpack.h's files
 * alone. */
#ifndef FASTSYNC_SOURCE_UNPACK_CHOOSE_H
#define FASTSYNC_SOURCE_UNPACK_CHOOSE_H

#include "part.h"

struct archive_entry;

/* Takes the next member, which lives until the next call. */
typedef enum step unpack_next(struct unpacked *from,
                              struct archive_entry **entry, struct err *err);

/* Goes over the members of an archive just opened, and sets from->member and
 * from->name: the one that was said, or the one export. EXIT_INPUT: there is
 * none, or there are several, with their names. */
bool unpack_choose(struct unpacked *from, unpack_next *next, struct err *err);

#endif
